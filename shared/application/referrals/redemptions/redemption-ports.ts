import type { Money } from '#shared/domain/money/money';
import type { Instant } from '#shared/domain/time/instant';
import type { OfferTerms } from '#shared/domain/tracking/discount';
import type { SeatShard } from '#shared/domain/tracking/seats';

export type Redemption = {
  readonly redemptionId: string;
  readonly programId: string;
  /** Canonical: what seats and look-ups go by. */
  readonly code: string;
  /** As customers know it; absent of one from before it was kept. */
  readonly codeAsMade?: string | undefined;
  readonly customerId: string;
  readonly partnerId: string;
  readonly status: 'reserved' | 'confirmed' | 'released';
  /** Until when a reservation holds. */
  readonly reservedUntil: Instant;
  /** Whether it counts against a limit of its code. */
  readonly limited: boolean;
  /** Whose seat it holds; absent of a limited one from before there were shards. */
  readonly shard?: number | undefined;
  /** What the code offered when it was reserved, whatever becomes of the code. */
  readonly terms?: OfferTerms | undefined;
  /** The basket it was last asked for. */
  readonly spend?: Money | undefined;
  /** The order that confirmed it, where the merchant said. */
  readonly orderId?: string | undefined;
};

/** A seat to take: of a shard with its places, which count unless the shard has its own by now. */
export type Seat = Pick<SeatShard, 'index'> & { readonly places: number };

export type SeatStore = {
  /** The shards of a limited code, also those nobody has taken from. Consistent. */
  shards(programId: string, code: string, limit: number): Promise<readonly SeatShard[]>;
  /** Spreads what is free under `limit` anew; `contended`: seats or the limit changed meanwhile. */
  rebalance(
    programId: string,
    code: string,
    limit: number,
    shards: readonly SeatShard[],
  ): Promise<'done' | 'contended'>;
};

export type RedemptionStore = SeatStore & {
  find(programId: string, redemptionId: string): Promise<Redemption | undefined>;
  /**
   * Stores a reservation unless it is held or confirmed, and takes `seat` where there is one, both or neither.
   * A released or lapsed reservation is replaced; a lapsed one with a seat must be released first.
   * `exists`: it is held or confirmed by now. `contended`: another writer was faster at the seat.
   */
  reserve(redemption: Redemption, now: Instant, seat?: Seat): Promise<'reserved' | 'exists' | 'contended'>;
  /** Keeps another basket in an open reservation. */
  reprice(redemption: Redemption): Promise<'done' | 'changed'>;
  /** From `reserved` to `confirmed`, with the order; also of a confirmed one that names none yet. `changed`: it is no longer the one that was read. */
  confirm(redemption: Redemption): Promise<'done' | 'changed'>;
  /** From `reserved` to `released`, giving the seat back. */
  release(redemption: Redemption): Promise<'done' | 'changed'>;
  /** Reservations of a limited code that lapsed before `now`, oldest first, at most `limit`; may lag behind a moment. */
  lapsed(programId: string, code: string, now: Instant, limit: number): Promise<readonly Redemption[]>;
};
