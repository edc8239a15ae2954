import { hashEmail } from '#shared/application/email-hash';
import { API_KEY_PREFIX } from '#shared/application/partners/create-api-key';
import type { ApiKeyStore, PeopleReader, PersonGrant } from '#shared/application/partners/ports';
import type { Clock, Digest } from '#shared/application/ports';
import { STAFF_ROLES, type StaffRole } from '#shared/domain/people/roles';
import type { EpochMs } from '#shared/domain/time/instant';

/** What an identity provider vouches for in a valid token. */
export type Identity = {
  readonly subject: string;
  /** Only an address that the provider has verified. */
  readonly verifiedEmail?: string | undefined;
  /** As the person calls itself there. Neither goes into the principal: it reaches every function. */
  readonly name?: string | undefined;
  readonly groups: readonly string[];
  /** When the person proved who they are (OpenID Connect Core, `auth_time`); a renewed token keeps it. */
  readonly signedInAt?: EpochMs | undefined;
};

/** `undefined` for a token that is malformed, expired, for somebody else or signed by somebody else; throws when it cannot tell. */
export type IdentityVerifier = (token: string) => Promise<Identity | undefined>;

export type Grant = {
  readonly programId: string;
  readonly role: StaffRole | 'partner' | 'merchant';
  readonly partnerId?: string | undefined;
};

export type Caller = {
  readonly kind: 'person' | 'api_key';
  readonly id: string;
  /** Who made the API key: what the key does counts as done by that person too. */
  readonly createdBy?: string | undefined;
  readonly signedInAt?: EpochMs | undefined;
  /** Of the verified address of a person with a staff role, somewhere or everywhere. */
  readonly emailHash?: string | undefined;
  readonly grants: readonly Grant[];
};

type Remembered = Pick<Caller, 'id' | 'createdBy' | 'grants'>;

/** How long a revoked key or role or an ended enrolment may still be let in. */
export const CALLER_CACHE_MS = 30_000;
/** A few hundred bytes each. */
const MAX_CACHED = 1_000;

type Dependencies = {
  apiKeys: Pick<ApiKeyStore, 'byHash'>;
  people: Pick<PeopleReader, 'grantsByEmailHash'>;
  verifyIdentity: IdentityVerifier;
  clock: Clock;
  digest: Digest;
};

/**
 * Decides who calls, from an `Authorization` header; `undefined` is nobody. API keys are found by their hash, so that a
 * comparison tells nothing about a secret; known callers are remembered for `CALLER_CACHE_MS`, unknown ones never.
 * Rejects when a store or the provider's keys cannot be reached: an outage lets nobody in, and never passes for a bad token.
 */
export function makeAuthorizeRequest({ apiKeys, people, verifyIdentity, clock, digest }: Dependencies) {
  const cache = new Map<string, Remembered & { until: number }>();
  const remembered = async (
    key: string,
    find: () => Promise<Remembered | undefined>,
  ): Promise<Remembered | undefined> => {
    const known = cache.get(key);
    if (known && known.until > clock()) return known;
    const found = await find();
    cache.delete(key);
    if (!found) return undefined;
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(key, { ...found, until: clock() + CALLER_CACHE_MS });
    return found;
  };

  const apiKey = async (token: string): Promise<Caller | undefined> => {
    const hash = digest(token);
    const found = await remembered(`key:${hash}`, async () => {
      const key = await apiKeys.byHash(hash);
      if (!key || key.revokedAt !== undefined) return undefined;
      return {
        id: `key:${key.keyId}`,
        createdBy: key.onBehalfOf ?? key.createdBy,
        grants: [{ programId: key.programId ?? '*', role: key.role }],
      };
    });
    return found && { kind: 'api_key', id: found.id, createdBy: found.createdBy, grants: found.grants };
  };

  const person = async (token: string): Promise<Caller | undefined> => {
    const identity = await verifyIdentity(token);
    if (!identity) return undefined;
    // Groups of the identity provider are roles in every programme; others are given in one, by the verified address.
    const staff = STAFF_ROLES.filter((role) => identity.groups.includes(role));
    const emailHash = identity.verifiedEmail ? hashEmail(digest, identity.verifiedEmail) : undefined;
    const own = emailHash ? await grantsOf(emailHash) : [];
    const grants = [...staff.map((role) => ({ programId: '*', role })), ...own];
    const isStaff = grants.some(({ role }) => role !== 'partner');
    const id = `person:${identity.subject}`;
    const { signedInAt } = identity;
    return {
      kind: 'person',
      id,
      ...(signedInAt === undefined ? {} : { signedInAt }),
      ...(emailHash !== undefined && isStaff ? { emailHash } : {}),
      grants,
    };
  };

  const grantsOf = async (emailHash: string): Promise<readonly Grant[]> => {
    const found = await remembered(`email:${emailHash}`, async () => {
      const grants = await people.grantsByEmailHash(emailHash);
      if (grants.length === 0) return undefined;
      return { id: emailHash, grants: grants.flatMap(grantsOfPerson) };
    });
    return found?.grants ?? [];
  };

  return async (authorization: string | undefined): Promise<Caller | undefined> => {
    const token = /^Bearer +([\w~+/.=-]{1,8192}) *$/i.exec(authorization ?? '')?.[1];
    if (!token) return undefined;
    return token.startsWith(API_KEY_PREFIX) ? apiKey(token) : person(token);
  };
}

function grantsOfPerson(grant: PersonGrant): readonly Grant[] {
  if ('partnerId' in grant) return [{ ...grant, role: 'partner' }];
  return grant.roles.map((role) => ({ programId: grant.programId, role }));
}
