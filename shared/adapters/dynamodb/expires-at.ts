import { type Instant, toEpochMs } from '#shared/domain/time/instant';

const MS_PER_SECOND = 1_000;
const SECONDS_A_DAY = 86_400;

/** When DynamoDB may remove an item that is kept for some days since an instant: seconds since 1970, as its TTL has them. */
export function expiresAfter(since: Instant, keptDays = 0): number {
  return Math.floor(toEpochMs(since) / MS_PER_SECOND) + keptDays * SECONDS_A_DAY;
}
