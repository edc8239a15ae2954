/**
 * The seats of a limited code, counted in shards so that a rush does not queue for one item. Each shard may give away its own
 * places; the places add up to the limit, so no more can be given than that, whoever writes at the same moment.
 */
export type SeatShard = {
  readonly index: number;
  readonly taken: number;
  /** Absent: of a code from before there were shards, whose one counter holds all that was taken. */
  readonly places?: number | undefined;
};

/** Changing a limit writes all shards in one transaction of at most 100 items, and taking a seat reads them all. */
const MAX_SHARDS = 32;
/** Fewer would find full shards beside empty ones all the time. */
const MIN_SEATS_PER_SHARD = 8;

export function shardCount(limit: number): number {
  return Math.max(1, Math.min(MAX_SHARDS, Math.floor(limit / MIN_SEATS_PER_SHARD)));
}

/** A shard's part of a limit; the parts of all add up to it. */
export function shareOfShard(limit: number, index: number, shards: number): number {
  return Math.floor(limit / shards) + (index < limit % shards ? 1 : 0);
}

/** One with a free seat, more likely the more it has free; `undefined`: there is none. `chance` is below 1. */
export function pickShard(shards: readonly SeatShard[], chance: number): SeatShard | undefined {
  const free = shards.map(({ taken, places = 0 }) => Math.max(0, places - taken));
  let place = Math.floor(chance * free.reduce((sum, seats) => sum + seats, 0));
  return shards.find((_, position) => {
    const seats = free[position] ?? 0;
    place -= seats;
    return seats > 0 && place < 0;
  });
}

export function seatsTaken(shards: readonly SeatShard[]): number {
  return shards.reduce((sum, { taken }) => sum + taken, 0);
}

/**
 * The shards with places for a limit, whatever was taken. What is free is spread evenly. Where more is taken than the limit
 * allows, the places of each are below what its shard has taken by the whole excess: a seat is then given again only when as many came
 * back as there were too many.
 */
export function spreadLimit(
  limit: number,
  shards: readonly SeatShard[],
): readonly (SeatShard & { readonly places: number })[] {
  const free = limit - seatsTaken(shards);
  return shards.map((shard, position) => ({
    ...shard,
    places: Math.max(0, shard.taken + (free < 0 ? free : shareOfShard(free, position, shards.length))),
  }));
}
