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

/** Secrets Manager: each declared secret is made once, at the first start, and kept. */
export function makeSecrets(model: Model, store: Store): Operations {
  const secrets = model.ofType('AWS::SecretsManager::Secret');
  for (const secret of secrets) {
    const mark = `secret/${secret.arn}`;
    if (store.get(mark) === undefined) store.set(mark, initialValue(secret));
  }
  return {
    GetSecretValue: (input) => {
      const secret = secrets.find((one) => one.arn === input.SecretId || one.name === input.SecretId);
      const value = secret && store.get(`secret/${secret.arn}`);
      if (!secret || value === undefined) {
        throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
      }
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: 'local',
        VersionStages: ['AWSCURRENT'],
        SecretString: value,
      };
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
