import type { PayeeOnRecord } from '#shared/application/partner-terms';
import { BLOCKED_REASONS, type BlockedReason, type Payout } from '#shared/domain/ledger/payout';
import type { Currency } from '#shared/domain/money/money';
import type { ReviewOutcome } from '#shared/domain/run/review';
import type { ApprovedRun } from '../runs/approved-run.ts';
import type { RunReviews } from '../runs/review/review-ports.ts';

/** What was approved of a partner in one currency: whether it is paid, what its statement pays, and to which payee. */
export type ApprovedRow = {
  readonly outcome: ReviewOutcome;
  readonly payableMinor: bigint;
  readonly payeeId: string | undefined;
};

/** The approved rows of a run, or of one of its shards. */
export type ApprovedRows = { of(row: { readonly partnerId: string; readonly currency: Currency }): ApprovedRow };

/** `undefined` for a run that was approved before there were reviews. `isAsked`: others need not be held in memory. */
export async function approvedRows(
  reviews: Pick<RunReviews, 'pages'>,
  programId: string,
  { runId, reviewedAt }: ApprovedRun,
  shard?: string,
  isAsked: (row: { readonly partnerId: string; readonly currency: Currency }) => boolean = () => true,
): Promise<ApprovedRows | undefined> {
  if (reviewedAt === undefined) return undefined;
  const rows = new Map<string, ApprovedRow>();
  for await (const page of reviews.pages({ programId, runId, asOf: reviewedAt }, { shard })) {
    for (const { partnerId, currency, outcome, statement, payee } of page.rows.filter(isAsked)) {
      const payableMinor = statement?.payableMinor ?? 0n;
      rows.set(`${partnerId}#${currency}`, { outcome, payableMinor, payeeId: payee?.payeeId });
    }
  }
  return {
    of({ partnerId, currency }) {
      const row = rows.get(`${partnerId}#${currency}`);
      if (row) return row;
      throw new Error(`the review of run ${runId} has no row of partner ${partnerId} in ${currency}`);
    },
  };
}

/** Why a row is not paid; `undefined` when it is. */
export function exclusionOfRow({ outcome }: ApprovedRow): BlockedReason | undefined {
  return BLOCKED_REASONS.find((reason) => reason === outcome);
}

/**
 * Why a payout must wait although its run was approved; `undefined` when it is exactly what was approved. Only the payee of the
 * row is paid: one that was changed since, or came only then, waits for approvers who see it. What was excluded stays so in this
 * run, also when the reason has passed since. What was handed over for one payee is never offered again for another, as its rail may
 * have it. A run from before there were reviews asks when the payee was changed.
 * @throws Error when the row pays another amount: then what is stored is not what was approved
 */
export function whyKeptBack(
  run: ApprovedRun,
  rows: ApprovedRows | undefined,
  payout: Payout,
  payee: Pick<PayeeOnRecord, 'payeeId' | 'changedAt'>,
): BlockedReason | undefined {
  if (payout.payeeId !== undefined && payout.payeeId !== payee.payeeId) return 'payee_changed';
  if (!rows) return payee.changedAt > run.summarisedAt ? 'payee_changed' : undefined;
  const row = rows.of(payout);
  if (payout.runId === run.runId && payout.amountMinor !== row.payableMinor) {
    throw new Error(`payout ${payout.payoutId} is not the ${row.payableMinor} that run ${run.runId} was approved with`);
  }
  const excluded = exclusionOfRow(row);
  if (excluded !== undefined) return excluded === 'payee_incomplete' ? 'payee_changed' : excluded;
  if (row.outcome !== 'pay') throw new Error(`run ${run.runId} was approved to pay nothing of ${payout.payoutId}`);
  return payee.payeeId === row.payeeId ? undefined : 'payee_changed';
}
