import type { Currency } from '#shared/domain/money/money';
import type { Period } from '#shared/domain/time/instant';

/** A sale that waits for a decision on its hold, as payouts may know it. */
export type HeldSale = {
  readonly partnerIds: readonly string[];
  readonly currency: Currency;
  readonly amountMinor: bigint;
  /** Codes of its signals. */
  readonly reasons: readonly string[];
};

/** What payouts may read of holds: what a run leaves out, so that its approvers know. */
export type HeldSalesReader = {
  /** Sales of `period` that wait, at most some thousands. From an index, so a moment late. */
  inPeriod(programId: string, period: Period): Promise<readonly HeldSale[]>;
};
