import { randomUUID } from 'node:crypto';
import { type AwsEnvironment, makeAwsJson } from '#shared/adapters/aws-json';
import { Failure } from '#shared/application/failure';

/** Secrets in Secrets Manager that are made when they are first set. */
export type SecretItems = {
  /** `undefined` for one that was never set. @throws Failure temporarily_unavailable */
  read(name: string): Promise<string | undefined>;
  /** @throws Failure temporarily_unavailable */
  write(name: string, value: string, description: string): Promise<void>;
};

export function makeSecretItems(deps: {
  /** Before every name; no other secret's name begins with it. */
  readonly prefix: string;
  readonly environment: AwsEnvironment;
  readonly fetcher?: typeof fetch | undefined;
  /** What a reader is told while Secrets Manager cannot be reached. */
  readonly unavailable: string;
}): SecretItems {
  const service = {
    name: 'secretsmanager',
    version: '1.1',
    endpointVariable: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
  } as const;
  const call = makeAwsJson(service, deps.environment, deps.fetcher);
  const nameOf = (name: string): string => `${deps.prefix}${name.replaceAll(':', '=')}`;
  const send = async (operation: string, request: Record<string, unknown>): Promise<Record<string, unknown>> => {
    try {
      return await call(`secretsmanager.${operation}`, request);
    } catch (error) {
      const message = error instanceof Error ? error.message : '';
      if (message.includes('ResourceNotFoundException')) return { missing: true };
      if (message.includes('ResourceExistsException')) return { exists: true };
      throw new Failure('temporarily_unavailable', deps.unavailable);
    }
  };
  return {
    read: async (name) => {
      const { SecretString } = await send('GetSecretValue', { SecretId: nameOf(name) });
      return typeof SecretString === 'string' ? SecretString : undefined;
    },
    write: async (name, value, Description) => {
      // The service asks for a token so that a call that was sent twice makes one version.
      const version = { SecretString: value, ClientRequestToken: randomUUID() };
      const put = { SecretId: nameOf(name), ...version };
      if (!('missing' in (await send('PutSecretValue', put)))) return;
      const created = await send('CreateSecret', { Name: nameOf(name), Description, ...version });
      if ('exists' in created) await send('PutSecretValue', put);
    },
  };
}
