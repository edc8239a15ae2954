import type { PayoutRail } from '../ledger/payout.ts';
import type { Currency } from '../money/money.ts';
import type { StatementAmounts } from '../statement/statement.ts';
import type { Instant } from '../time/instant.ts';

/** What becomes of a partner's money in one currency once the run is approved: `pay`, or why it is excluded. */
export const REVIEW_OUTCOMES = [
  'pay',
  'held',
  'payee_incomplete',
  'payee_cooling_down',
  'currency_unsupported',
  'amount_above_rail_limit',
  'rail_not_set_up',
  'negative_balance',
  'below_minimum',
  'nothing_due',
] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

export const RAIL_PROBLEMS = ['currency_unsupported', 'amount_above_rail_limit', 'rail_not_set_up'] as const;
export type RailProblem = (typeof RAIL_PROBLEMS)[number];

/** What an approver should look at in a row. */
export const REVIEW_FLAGS = [
  'new_payee',
  'payee_changed',
  'amount_changed',
  'negative_balance',
  'standing_hold',
  'open_dispute',
  'sales_held',
  'waiting_payouts',
  'changed_since_attempt',
] as const;
export type ReviewFlag = (typeof REVIEW_FLAGS)[number];

export type ReviewedAmounts = Omit<StatementAmounts, 'writtenOffMinor' | 'unsentMinor'>;

/** A row as the attempt before had it; of one that it did not have, nothing was due. */
export type AttemptBefore = {
  readonly outcome: ReviewOutcome;
  readonly earnedMinor: bigint;
  readonly dueMinor: bigint;
  readonly carriedMinor: bigint;
  readonly payeeId?: string | undefined;
};

/** What is known of one partner in one currency when a run is summarised. */
export type ReviewFacts = {
  readonly partnerId: string;
  readonly currency: Currency;
  /** Absent without a statement in this currency. */
  readonly statement?: ReviewedAmounts | undefined;
  /** Payouts of earlier runs that this run pays too. */
  readonly waitingPayouts: number;
  readonly waitingMinor: bigint;
  /** The payee that is approved with the row: another one is not paid by this run. */
  readonly payee?:
    | { readonly payeeId: string; readonly rail: PayoutRail; readonly usableFrom?: Instant | undefined }
    | undefined;
  /** Why the payee's rail cannot pay this. */
  readonly railProblem?: RailProblem | undefined;
  /** The last run of an earlier month that handed a payout of the partner over, and to which payee; its id is unknown of runs from before there were reviews. */
  readonly lastPaid?: { readonly runId: string; readonly payeeId?: string | undefined } | undefined;
  /** The month before; absent in a programme's first one. */
  readonly before?: { readonly earnedMinor: bigint; readonly payableMinor: bigint } | undefined;
  /** Ids of the holds on the partner's payouts that are in force. */
  readonly standingHolds: readonly string[];
  readonly openDisputes: number;
  /** Sales of the month that are held for review and so earn nothing in this run: how many, and their sum. */
  readonly heldSales: number;
  readonly heldSalesMinor: bigint;
  /** Only in a later attempt at the same month. */
  readonly attemptBefore?: AttemptBefore | undefined;
};

/** By what rows are judged: fixed for a review. */
export type ReviewRules = {
  /** When the facts were read. */
  readonly asOf: Instant;
  /** Earned against the month before: a larger change, in percent, is flagged. */
  readonly changeFlagPercent: number;
};

export type ReviewRow = ReviewFacts & { readonly outcome: ReviewOutcome; readonly flags: readonly ReviewFlag[] };

/** What is owed now: the statement's payable amount and what waits in earlier payouts. */
export function dueMinor({ statement, waitingMinor }: Pick<ReviewFacts, 'statement' | 'waitingMinor'>): bigint {
  return (statement?.payableMinor ?? 0n) + waitingMinor;
}

/** What the next month opens with: negative when the partner owes. */
export function carriedMinor({ statement }: Pick<ReviewFacts, 'statement'>): bigint {
  return statement?.closingBalanceMinor ?? 0n;
}

/** How many payouts a row stands for, its own and those that waited. */
export function payoutsOf({ statement, waitingPayouts }: Pick<ReviewFacts, 'statement' | 'waitingPayouts'>): number {
  return ((statement?.payableMinor ?? 0n) > 0n ? 1 : 0) + waitingPayouts;
}

/** A row with what follows from its facts. Of several reasons to exclude it the first of `REVIEW_OUTCOMES` is told. */
export function reviewRow(facts: ReviewFacts, rules: ReviewRules): ReviewRow {
  const outcome = outcomeOf(facts, rules);
  const is: Readonly<Record<ReviewFlag, boolean>> = {
    new_payee: dueMinor(facts) > 0n && facts.payee !== undefined && facts.lastPaid?.payeeId !== facts.payee.payeeId,
    payee_changed:
      dueMinor(facts) > 0n &&
      facts.payee !== undefined &&
      facts.lastPaid !== undefined &&
      facts.lastPaid.payeeId !== facts.payee.payeeId,
    amount_changed: isLargeChange(facts, rules.changeFlagPercent),
    negative_balance: carriedMinor(facts) < 0n,
    standing_hold: facts.standingHolds.length > 0,
    open_dispute: facts.openDisputes > 0,
    sales_held: facts.heldSales > 0,
    waiting_payouts: facts.waitingPayouts > 0,
    changed_since_attempt: facts.attemptBefore !== undefined && differs(facts, outcome, facts.attemptBefore),
  };
  return { ...facts, outcome, flags: REVIEW_FLAGS.filter((flag) => is[flag]) };
}

function outcomeOf(facts: ReviewFacts, { asOf }: ReviewRules): ReviewOutcome {
  const { payee, railProblem } = facts;
  if (dueMinor(facts) > 0n) {
    if (facts.standingHolds.length > 0) return 'held';
    if (!payee) return 'payee_incomplete';
    if (payee.usableFrom !== undefined && payee.usableFrom > asOf) return 'payee_cooling_down';
    return railProblem ?? 'pay';
  }
  const carried = carriedMinor(facts);
  if (carried < 0n) return 'negative_balance';
  return carried > 0n ? 'below_minimum' : 'nothing_due';
}

/** From nothing to something is more than any percentage. */
function isLargeChange({ statement, before }: ReviewFacts, percent: number): boolean {
  if (!before) return false;
  const change = (statement?.earnedMinor ?? 0n) - before.earnedMinor;
  return (change < 0n ? -change : change) * 100n > before.earnedMinor * BigInt(percent);
}

function differs(facts: ReviewFacts, outcome: ReviewOutcome, before: AttemptBefore): boolean {
  const now: AttemptBefore = attemptOf({ ...facts, outcome, flags: [] });
  return (['outcome', 'earnedMinor', 'dueMinor', 'carriedMinor', 'payeeId'] as const).some(
    (name) => now[name] !== before[name],
  );
}

/** What a later attempt remembers of a row. */
export function attemptOf(row: ReviewRow): AttemptBefore {
  return {
    outcome: row.outcome,
    earnedMinor: row.statement?.earnedMinor ?? 0n,
    dueMinor: dueMinor(row),
    carriedMinor: carriedMinor(row),
    ...(row.payee ? { payeeId: row.payee.payeeId } : {}),
  };
}

/** Of a partner and currency that the attempt before did not have. */
export const NOTHING_BEFORE: AttemptBefore = {
  outcome: 'nothing_due',
  earnedMinor: 0n,
  dueMinor: 0n,
  carriedMinor: 0n,
};
