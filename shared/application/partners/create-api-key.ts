import { Failure } from '#shared/application/failure';
import type { ApiKey, ApiKeyStore } from '#shared/application/partners/ports';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { toInstant } from '#shared/domain/time/instant';

/** Marks a bearer token as an API key, for the authorizer and for scanners of leaked secrets. */
export const API_KEY_PREFIX = 'tsk_';

/** Who may administer what: programme ids, or `*` for the whole installation. */
export type Administrator = {
  readonly id: string;
  /** The person behind an API key. */
  readonly onBehalfOf?: string | undefined;
  readonly adminOf: readonly string[];
};

export type CreateApiKey = {
  /** The same for a repeat of the same request. */
  readonly keyId: string;
  readonly name: string;
  readonly role: 'admin' | 'merchant';
  readonly programId?: string | undefined;
  readonly by: Administrator;
};

type Dependencies = {
  apiKeys: ApiKeyStore;
  programs: Pick<ProgramReader, 'get'>;
  /** At least 256 random bits, safe in a header. */
  randomSecret: () => string;
  clock: Clock;
  digest: Digest;
};

/**
 * Makes an API key and answers its secret, which is kept nowhere: a plain hash is enough for 256 random bits.
 * Nobody makes a key that reaches further than their own rights.
 * @throws Failure forbidden, unknown_program, already_exists (a repeat: the secret cannot be shown again),
 * idempotency_key_reused (the same id for another key)
 */
export function makeCreateApiKey({ apiKeys, programs, randomSecret, clock, digest }: Dependencies) {
  return async (input: CreateApiKey): Promise<{ key: ApiKey; secret: string }> => {
    if (!administers(input.by, input.programId)) {
      throw new Failure('forbidden', 'Name a programme that you administer.', {
        errors: [{ pointer: '/programId', rule: 'must be a programme that you administer' }],
      });
    }
    if (input.programId !== undefined) await programs.get(input.programId);
    const key: ApiKey = {
      keyId: input.keyId,
      name: input.name,
      role: input.role,
      programId: input.programId,
      requestHash: digest(JSON.stringify([input.name, input.role, input.programId ?? null])),
      createdAt: toInstant(clock()),
      createdBy: input.by.id,
      ...(input.by.onBehalfOf === undefined ? {} : { onBehalfOf: input.by.onBehalfOf }),
    };
    const secret = `${API_KEY_PREFIX}${randomSecret()}`;
    if ((await apiKeys.create(key, digest(secret))) === 'created') return { key, secret };
    const first = await apiKeys.byId(input.keyId);
    if (first?.requestHash !== undefined && first.requestHash !== key.requestHash) {
      throw new Failure('idempotency_key_reused', 'Use a new Idempotency-Key for a new request.', {
        errors: [{ pointer: 'header:Idempotency-Key', rule: 'was used before with another body' }],
      });
    }
    throw new Failure(
      'already_exists',
      'This key was made before and cannot be shown again. Revoke it, make another.',
      {
        extra: { keyId: input.keyId },
      },
    );
  };
}

/** Whether somebody administers a programme, or for `undefined` the whole installation. */
export function administers(who: Administrator, programId: string | undefined): boolean {
  return who.adminOf.includes('*') || (programId !== undefined && who.adminOf.includes(programId));
}
