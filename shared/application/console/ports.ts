import type { EpochMs } from '#shared/domain/time/instant';

/** A session as it is kept: what it holds is sealed under its own secret, which is kept nowhere. */
export type StoredSession = {
  /** SHA-256 of the secret, in hex. */
  readonly id: string;
  readonly sealed: string;
  /** Counts what was sealed: whoever read an older version writes nothing. */
  readonly version: number;
  /** When it ends whatever happens. */
  readonly endsAt: EpochMs;
  readonly lastSeenAt: EpochMs;
  /** Until then somebody is renewing its tokens. */
  readonly renewingUntil?: EpochMs | undefined;
};

/** When a person used the console, under a hash of its subject. */
export type Visits = {
  readonly lastSeenAt: EpochMs;
  /** The end of the visit before the one that `lastSeenAt` belongs to. */
  readonly previousVisitAt?: EpochMs | undefined;
};

export type SessionStore = {
  open(session: StoredSession): Promise<void>;
  /** As it is at this moment; `undefined` when it was closed or never was. What has ended may still be found. */
  find(id: string): Promise<StoredSession | undefined>;
  /** `false` when it was closed. */
  touch(id: string, at: EpochMs): Promise<boolean>;
  /** Takes the right to renew; `false` when another version is kept, or somebody else renews. */
  claimRenewal(session: StoredSession, now: EpochMs, until: EpochMs): Promise<boolean>;
  /** Keeps the renewed tokens as the next version; `false` when the session was closed meanwhile. */
  renew(session: StoredSession, sealed: string, now: EpochMs): Promise<boolean>;
  /** Gives the right to renew back. */
  releaseRenewal(session: StoredSession): Promise<void>;
  /** What was sealed is gone. Twice is as once. */
  close(id: string, at: EpochMs): Promise<void>;
  visits(subjectHash: string): Promise<Visits | undefined>;
  keepVisits(subjectHash: string, visits: Visits): Promise<void>;
};

/** What is derived from a session's secret, and nothing else. */
export type SessionSecrets = {
  /** 32 random bytes in base64url. */
  make(): string;
  /** `undefined` for what cannot be a secret. */
  idOf(secret: string): string | undefined;
  /** What forms send along: it tells nothing about the secret. */
  csrfTokenOf(secret: string): string;
  seal(secret: string, content: string): string;
  /** `undefined` when it was not sealed under this secret. */
  unseal(secret: string, sealed: string): string | undefined;
  hash(text: string): string;
};

/** What a provider gives for a code or a refresh token, its ID token verified. */
export type RenewedTokens = {
  readonly subject: string;
  readonly idToken: string;
  readonly idTokenExpiresAt: EpochMs;
  /** Absent when the one that was sent goes on. */
  readonly refreshToken?: string | undefined;
};

export type SessionProvider = {
  /** `refused` for ever; `unavailable` now. */
  refresh(refreshToken: string): Promise<RenewedTokens | 'refused' | 'unavailable'>;
  /** Resolves also when the provider does not answer: the token ends by itself. */
  revoke(refreshToken: string): Promise<void>;
};
