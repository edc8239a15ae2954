import { hash } from 'node:crypto';
import { type AwsEnvironment, makeAwsJson } from '#shared/adapters/aws-json';
import { type Hmac, makeHmac } from '#shared/adapters/hmac';
import { isKeyRing, type KeyRing, MAX_KEYS, parseKeyRing, signingRoot } from '#shared/adapters/key-ring';
import { Failure } from '#shared/application/failure';
import type { Clock } from '#shared/application/ports';
import { KEY_ID_BYTES } from '#shared/domain/tracking/click-token';

/** What a key is for: each purpose has its own key, derived from the root by HMAC. */
export type KeyPurpose = 'click-token/v1' | 'visitor/v1' | 'webhook-secret/v1' | 'unsubscribe/v1' | 'application/v1';

export type SigningKey = { readonly keyId: Uint8Array; readonly hmac: Hmac };

export type SigningKeys = {
  /** `undefined` while the secret cannot be read. */
  current(purpose: KeyPurpose): Promise<SigningKey | undefined>;
  /** Any key that is kept, by hex id. @throws Failure temporarily_unavailable while the secret cannot be read */
  byId(purpose: KeyPurpose, keyId: string): Promise<SigningKey | undefined>;
};

type Stage = 'AWSCURRENT' | 'AWSPREVIOUS';

/** The secret's text, a ring of keys. `undefined`: there is none of that stage. Rejects when it cannot be read just now. */
export type RootKeySource = (stage: Stage) => Promise<string | undefined>;

/** A key id not known here may belong to a rotation since the last read; but forged tokens must not hammer the secret. */
const LOOK_AGAIN_MS = 30_000;
/** After a failed read: short, because sales wait for it; not zero, because redirects do not. */
const RETRY_FAILED_MS = 1_000;

/** The installation's keys, read from Secrets Manager once a function instance. */
export function makeSigningKeys(deps: {
  readonly secretArn: string;
  readonly environment: AwsEnvironment;
  readonly clock: Clock;
}): SigningKeys {
  return makeSigningKeysFrom(secretsManagerSource(deps.secretArn, deps.environment), deps.clock);
}

/** `isRing`: it says all keys that are live, so that one it leaves out is revoked. A bare text says only itself. */
type Secret = { readonly ring: KeyRing; readonly isRing: boolean };

/**
 * Derives keys from the root keys of the ring. A token signed with a key unknown here asks once for a newer secret. Where that
 * is a bare text, put by hand over the ring, its previous version counts too, so that nothing is lost at once; where it is a
 * ring, the previous version is only what was before a rotation, or a revocation.
 */
export function makeSigningKeysFrom(source: RootKeySource, clock: Clock): SigningKeys {
  const roots = new Map<Stage, { readonly secret: Promise<Secret | undefined>; readonly until: number }>();
  const read = async (stage: Stage, isNewerWanted: boolean): Promise<Secret | undefined> => {
    const known = roots.get(stage);
    if (known && !(isNewerWanted && known.until <= clock())) return known.secret;
    const secret = source(stage).then((text) =>
      text === undefined ? undefined : { ring: parseKeyRing(text), isRing: isKeyRing(text) },
    );
    const entry = { secret, until: clock() + LOOK_AGAIN_MS };
    roots.set(stage, entry);
    secret.catch(() => {
      if (roots.get(stage) === entry) roots.set(stage, { secret, until: clock() + RETRY_FAILED_MS });
    });
    return secret;
  };
  const readOrRetry = (stage: Stage, isNewerWanted: boolean): Promise<Secret | undefined> =>
    read(stage, isNewerWanted).catch(() => read(stage, true));
  return {
    current: async (purpose) => {
      const secret = await readOrRetry('AWSCURRENT', false).catch(() => undefined);
      const root = secret && signingRoot(secret.ring, clock());
      return root === undefined ? undefined : derive(root, purpose);
    },
    byId: async (purpose, keyId) => {
      let isAllSaid = false;
      for (const [stage, isNewerWanted] of STEPS) {
        if (stage === 'AWSPREVIOUS' && isAllSaid) continue;
        const secret = await readOrRetry(stage, isNewerWanted).catch(() => {
          throw new Failure('temporarily_unavailable', 'The signing key cannot be read just now. Repeat in a second.');
        });
        if (stage === 'AWSCURRENT') isAllSaid = secret?.isRing ?? false;
        const key = secret?.ring.map(({ root }) => derive(root, purpose)).find((one) => idOf(one) === keyId);
        if (key) return key;
      }
      return undefined;
    },
  };
}

const STEPS = [
  ['AWSCURRENT', false],
  ['AWSPREVIOUS', false],
  ['AWSCURRENT', true],
  ['AWSPREVIOUS', true],
] as const;

const derived = new Map<string, SigningKey>();
/** The rings of both stages with every purpose; a bound only against misuse. */
const MAX_DERIVED = 5 * MAX_KEYS;

function idOf({ keyId }: SigningKey): string {
  return Buffer.from(keyId).toString('hex');
}

/** By which tokens name the key of a root: what an operator sees of it. */
export function keyIdOf(root: string): string {
  return idOf(derive(root, 'click-token/v1'));
}

function derive(root: string, purpose: KeyPurpose): SigningKey {
  const name = `${purpose} ${root}`;
  const known = derived.get(name);
  if (known) return known;
  const secret = Buffer.from(makeHmac(root)(purpose), 'base64url');
  const key = { keyId: hash('sha256', secret, 'buffer').subarray(0, KEY_ID_BYTES), hmac: makeHmac(secret) };
  if (derived.size >= MAX_DERIVED) derived.clear();
  derived.set(name, key);
  return key;
}

function secretsManagerSource(secretArn: string, environment: AwsEnvironment): RootKeySource {
  const call = makeAwsJson(
    { name: 'secretsmanager', version: '1.1', endpointVariable: 'AWS_ENDPOINT_URL_SECRETS_MANAGER' },
    environment,
  );
  return async (stage) => {
    const request = { SecretId: secretArn, VersionStage: stage };
    const answer = await call('secretsmanager.GetSecretValue', request).catch((error: unknown) => {
      if (error instanceof Error && error.message.includes('ResourceNotFoundException')) return {};
      throw error;
    });
    return 'SecretString' in answer && typeof answer.SecretString === 'string' ? answer.SecretString : undefined;
  };
}
