import type { Redemption, RedemptionStore, Seat } from '#shared/application/referrals/redemptions/redemption-ports';
import { type EpochMs, toInstant } from '#shared/domain/time/instant';
import { pickShard, seatsTaken } from '#shared/domain/tracking/seats';

/** Of the reservations that have lapsed, whoever finds no seat takes back one of so many, so that a crowd does not all try the same. */
const MAX_LAPSED = 25;

type Seats = Pick<RedemptionStore, 'shards' | 'rebalance' | 'lapsed' | 'release'>;
type LimitedCode = { readonly programId: string; readonly canonical: string; readonly limit: number };

/**
 * A seat that looks free, or `none`. Only reads, unless there is something to mend: places that no longer fit the limit, or a
 * lapsed reservation to take back. Then `contended`: look again.
 * `none` is sure: all seats were held by reservations that hold or are confirmed.
 */
export async function findSeat(
  deps: { readonly redemptions: Seats; readonly random: () => number },
  { programId, canonical, limit }: LimitedCode,
  now: EpochMs,
): Promise<Seat | 'none' | 'contended'> {
  const shards = await deps.redemptions.shards(programId, canonical, limit);
  const hasPlaces = shards.every(({ places }) => places !== undefined);
  const shard = hasPlaces ? pickShard(shards, deps.random()) : undefined;
  if (shard) return { index: shard.index, places: shard.places ?? 0 };
  if (!hasPlaces || seatsTaken(shards) < limit) {
    await deps.redemptions.rebalance(programId, canonical, limit, shards);
    return 'contended';
  }
  const lapsed = await deps.redemptions.lapsed(programId, canonical, toInstant(now), MAX_LAPSED);
  const one = lapsed[Math.floor(deps.random() * lapsed.length)];
  if (!one) return 'none';
  await deps.redemptions.release(one);
  return 'contended';
}

/** Whether a limited code has a seat, without mending anything: for showing it. */
export async function hasSeat(
  redemptions: Pick<Seats, 'shards' | 'lapsed'>,
  { programId, canonical, limit }: LimitedCode,
  now: EpochMs,
): Promise<boolean> {
  if (seatsTaken(await redemptions.shards(programId, canonical, limit)) < limit) return true;
  return (await redemptions.lapsed(programId, canonical, toInstant(now), 1)).length > 0;
}

/**
 * Which of a customer's redemptions of a code comes next, and what is stored there; `undefined`: all are used.
 * They are used in order, so that the confirmed ones come first and at most one is open: the first that is not confirmed is
 * found by doubling, then halving.
 */
export async function nextRedemption(
  find: (number: number) => Promise<Redemption | undefined>,
  maxPerCustomer: number,
): Promise<{ readonly number: number; readonly known: Redemption | undefined } | undefined> {
  let from = 1;
  let to = 1;
  let known = await find(to);
  while (known?.status === 'confirmed') {
    from = to + 1;
    if (from > maxPerCustomer) return undefined;
    to = Math.min(maxPerCustomer, to * 2);
    known = await find(to);
  }
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const one = await find(middle);
    if (one?.status === 'confirmed') from = middle + 1;
    else {
      to = middle;
      known = one;
    }
  }
  return { number: to, known };
}
