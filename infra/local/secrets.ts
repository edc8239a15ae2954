import { randomInt } from 'node:crypto';
import { AwsError, type Operations } from './aws-error.ts';
import { type Model, onlyKnown, type Resource } from './model.ts';
import type { Store } from './store.ts';

const DEFAULT_LENGTH = 32;
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

type Generate = {
  PasswordLength?: number;
  ExcludeCharacters?: string;
  ExcludeLowercase?: boolean;
  ExcludeUppercase?: boolean;
  ExcludeNumbers?: boolean;
  ExcludePunctuation?: boolean;
  IncludeSpace?: boolean;
  SecretStringTemplate?: string;
  GenerateStringKey?: string;
};

/** Secrets Manager: each declared secret is made once, at the first start, and kept; functions may make others. */
export function makeSecrets(model: Model, store: Store): Operations {
  const secrets = model.ofType('AWS::SecretsManager::Secret');
  for (const secret of secrets) {
    const mark = `secret/${secret.arn}`;
    if (store.get(mark) === undefined) store.set(mark, initialValue(secret));
  }
  const arnOf = (name: string): string => `arn:aws:secretsmanager:${model.region}:${model.account}:secret:${name}`;
  /** By name or ARN. */
  const find = (id: unknown): { readonly mark: string; readonly ARN: string; readonly Name: string } => {
    const declared = secrets.find((one) => one.arn === id || one.name === id);
    const ARN = declared?.arn ?? (String(id).startsWith('arn:') ? String(id) : arnOf(String(id)));
    return { mark: `secret/${ARN}`, ARN, Name: declared?.name ?? ARN.slice(arnOf('').length) };
  };
  const known = (id: unknown): ReturnType<typeof find> & { readonly value: string } => {
    const found = find(id);
    const value = store.get(found.mark);
    if (value === undefined) {
      throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    }
    return { ...found, value };
  };
  const version = { VersionId: 'local', VersionStages: ['AWSCURRENT'] };
  return {
    GetSecretValue: ({ SecretId }) => {
      const { ARN, Name, value } = known(SecretId);
      return { ARN, Name, ...version, SecretString: value };
    },
    PutSecretValue: (input) => {
      onlyKnown(input, 'SecretId SecretString ClientRequestToken', 'PutSecretValue');
      const { mark, ARN, Name } = known(input.SecretId);
      store.set(mark, String(input.SecretString));
      return { ARN, Name, ...version };
    },
    CreateSecret: (input) => {
      onlyKnown(input, 'Name Description SecretString ClientRequestToken', 'CreateSecret');
      const { mark, ARN, Name } = find(input.Name);
      if (store.get(mark) !== undefined) {
        throw new AwsError('ResourceExistsException', `The secret ${Name} exists.`);
      }
      store.set(mark, String(input.SecretString));
      return { ARN, Name, VersionId: version.VersionId };
    },
  };
}

function initialValue(secret: Resource): string {
  if (typeof secret.properties.SecretString === 'string') return secret.properties.SecretString;
  const rules = (secret.properties.GenerateSecretString ?? {}) as Generate;
  const keys =
    'PasswordLength ExcludeCharacters ExcludeLowercase ExcludeUppercase ExcludeNumbers ExcludePunctuation IncludeSpace RequireEachIncludedType SecretStringTemplate GenerateStringKey';
  onlyKnown(rules, keys, `secret ${secret.logicalId}`);
  const alphabet = [
    rules.ExcludeLowercase ? '' : 'abcdefghijklmnopqrstuvwxyz',
    rules.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    rules.ExcludeNumbers ? '' : '0123456789',
    rules.ExcludePunctuation ? '' : PUNCTUATION,
    rules.IncludeSpace ? ' ' : '',
  ]
    .join('')
    .split('')
    .filter((character) => !rules.ExcludeCharacters?.includes(character));
  const length = rules.PasswordLength ?? DEFAULT_LENGTH;
  const password = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
  if (!rules.GenerateStringKey) return password;
  return JSON.stringify({ ...JSON.parse(rules.SecretStringTemplate ?? '{}'), [rules.GenerateStringKey]: password });
}
