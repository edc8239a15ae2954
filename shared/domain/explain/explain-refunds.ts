import { clawBack } from '../pay/claw-back.ts';
import type { StatementLine } from '../statement/statement.ts';
import { compareText, type Instant, type Period } from '../time/instant.ts';

export type RefundToExplain = {
  readonly refundId: string;
  readonly kind: 'refund' | 'chargeback';
  readonly occurredAt: Instant;
  readonly period: Period;
  readonly amountMinor: bigint;
  /** True when its period is later than its conversion's. */
  readonly late: boolean;
};

/** Refunds in the order in which they count: by period, then time, then id (design.md, Commission semantics 10). */
export function refundsInOrder<T extends RefundToExplain>(refunds: readonly T[]): readonly T[] {
  return [...refunds].sort(
    (a, b) =>
      compareText(a.period, b.period) || compareText(a.occurredAt, b.occurredAt) || compareText(a.refundId, b.refundId),
  );
}

/**
 * What each late refund takes back of the lines that the sale earned, by refund id: the clawback lines that its own
 * month will state or has stated. `paidBaseMinor` is the sale after netting.
 */
export function clawbacksOf(
  orderId: string,
  refunds: readonly RefundToExplain[],
  earnedLines: readonly StatementLine[],
  paidBaseMinor: bigint,
): ReadonlyMap<string, readonly StatementLine[]> {
  const clawbacks = new Map<string, readonly StatementLine[]>();
  let lateRefundedBeforeMinor = 0n;
  for (const { refundId, occurredAt, amountMinor } of refundsInOrder(refunds).filter(({ late }) => late)) {
    const refund = { refundId, conversionId: orderId, occurredAt, amountMinor };
    clawbacks.set(refundId, clawBack({ ...refund, lateRefundedBeforeMinor, paidBaseMinor, earnedLines }));
    lateRefundedBeforeMinor += amountMinor;
  }
  return clawbacks;
}
