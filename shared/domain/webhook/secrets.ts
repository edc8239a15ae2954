import { type EpochMs, type Instant, toEpochMs, toInstant } from '../time/instant.ts';

/** A receiver has this long to take over a new secret, unless whoever rotates says less. */
export const KEEP_OLD_HOURS = 24;
/** Each signs every message: more at once come from a script gone wrong. */
export const MAX_LIVE_SECRETS = 5;
const HOUR_MS = 3_600_000;

type Expiring = { readonly expiresAt?: Instant | undefined };

/** The secrets that sign at an instant, the newest first, as they are kept. */
export function liveSecrets<S extends Expiring>(secrets: readonly S[], nowMs: EpochMs): readonly S[] {
  return secrets.filter(({ expiresAt }) => expiresAt === undefined || toEpochMs(expiresAt) > nowMs);
}

/**
 * A new secret in front of those that still live, which end after `keepHours` or when they would have ended anyway.
 * `undefined` when there are too many.
 */
export function rotateSecrets<S extends Expiring>(
  secrets: readonly S[],
  fresh: S,
  { nowMs, keepHours }: { readonly nowMs: EpochMs; readonly keepHours: number },
): readonly S[] | undefined {
  const endMs = nowMs + keepHours * HOUR_MS;
  const older = liveSecrets(secrets, nowMs).map((secret) => ({
    ...secret,
    expiresAt: toInstant(Math.min(endMs, secret.expiresAt === undefined ? endMs : toEpochMs(secret.expiresAt))),
  }));
  const kept = [fresh, ...liveSecrets(older, nowMs)];
  return kept.length > MAX_LIVE_SECRETS ? undefined : kept;
}
