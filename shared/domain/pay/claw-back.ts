import { divideHalfEven } from '../money/money.ts';
import type { LateRefund, StatementLine } from '../statement/statement.ts';

/**
 * Reverses each earned line of a conversion in proportion to the base that was paid, at the rate that was earned, so
 * that a full refund reverses exactly what was earned however it is split (semantics 10). A line of 0 is left out.
 */
export function clawBack(refund: LateRefund): readonly StatementLine[] {
  const before = refund.lateRefundedBeforeMinor;
  const soFar = before + refund.amountMinor;
  if (refund.amountMinor <= 0n || before < 0n || soFar > refund.paidBaseMinor) {
    throw new RangeError(
      `late refund ${refund.refundId}: ${before} + ${refund.amountMinor} of ${refund.paidBaseMinor}`,
    );
  }
  return refund.earnedLines.flatMap((line) => {
    const reversedSoFar = divideHalfEven(line.amountMinor * soFar, refund.paidBaseMinor);
    const reversedBefore = divideHalfEven(line.amountMinor * before, refund.paidBaseMinor);
    if (reversedSoFar === reversedBefore) return [];
    return {
      kind: 'clawback',
      amountMinor: reversedBefore - reversedSoFar,
      componentId: line.componentId,
      planVersion: line.planVersion,
      conversionId: refund.conversionId,
      refundId: refund.refundId,
      calculation:
        `-(${line.amountMinor} x ${soFar} / ${refund.paidBaseMinor} - ` +
        `${line.amountMinor} x ${before} / ${refund.paidBaseMinor}), each half to even: ` +
        `-(${reversedSoFar} - ${reversedBefore})`,
    };
  });
}
