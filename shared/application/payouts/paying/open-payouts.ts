import type { Payout } from '#shared/domain/ledger/payout';
import type { Instant } from '#shared/domain/time/instant';

/** Payouts that a rail has, or may have, and whose end is not known. From an index, so a moment late. */
export type OpenPayouts = {
  /** By partner, then id: those that a rail gave no answer for. */
  pending(programId: string): AsyncIterable<Payout>;
  /** Accepted by Stripe or PayPal and neither settled nor come back; by id, behind `after` if given. */
  accepted(programId: string, after?: string): AsyncIterable<Payout>;
  /** The last accepted payout that was looked at; the next look goes on behind it. */
  cursor(programId: string): Promise<string | undefined>;
  keepCursor(programId: string, after: string | undefined): Promise<void>;
  /** Until when it was asked what came back of payouts that were settled. */
  lookedBackUntil(programId: string): Promise<Instant | undefined>;
  keepLookedBack(programId: string, until: Instant): Promise<void>;
};
