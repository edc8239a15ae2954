import type { Instant } from '#shared/domain/time/instant';

/** Who made an API key, how far it reaches and how long it could be used; nothing of its secret. */
export type ApiKeyMaker = {
  readonly keyId: string;
  /** Absent: it reaches every programme. */
  readonly programId?: string | undefined;
  readonly createdBy: string;
  /** The person behind the API key that made it. */
  readonly onBehalfOf?: string | undefined;
  readonly createdAt: Instant;
  readonly revokedAt?: Instant | undefined;
};

/** What payouts may read of API keys: who made one may be kept from approving what it brought. */
export type ApiKeyMakers = {
  /** All of the installation; read consistently. */
  all(): Promise<readonly ApiKeyMaker[]>;
};
