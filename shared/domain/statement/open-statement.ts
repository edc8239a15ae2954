import { writeOffLine, writtenOff } from '../ledger/write-off.ts';
import { clawBack } from '../pay/claw-back.ts';
import { makeConversionTill, type PaidConversion } from '../pay/pay-conversion.ts';
import { periodLines } from '../pay/period-lines.ts';
import { makeOrderGuard } from '../pay/sale.ts';
import type { Adjustment, LateRefund, MaturedConversion, StatementAmounts, StatementLine } from './statement.ts';
import type { StatementContext } from './statement-context.ts';

/** A statement in the making. It keeps sums and bracket counts, never facts or lines: memory is flat in their number. */
export type OpenStatement = {
  /** In order of time, then id. */
  readonly conversion: (conversion: MaturedConversion) => PaidConversion;
  /** After the last conversion: the fixed fees, then the top-up to the guarantee. */
  readonly endConversions: () => readonly StatementLine[];
  /** In order of the refunds' time, then id. */
  readonly clawback: (refund: LateRefund) => readonly StatementLine[];
  /** In order of time, then id. */
  readonly adjustment: (adjustment: Adjustment) => StatementLine;
  /** After every adjustment, in order of time, then id: each takes at most what is still owed of the opening debt. */
  readonly writeOff: (adjustment: Adjustment) => StatementLine;
  readonly close: () => StatementAmounts;
};

type Stage = 'conversions' | 'reversals' | 'write_offs' | 'closed';

type Sums = Pick<StatementAmounts, 'openingBalanceMinor' | 'earnedMinor' | 'clawbackMinor' | 'adjustmentMinor'>;

function balanceOf({ openingBalanceMinor, earnedMinor, clawbackMinor, adjustmentMinor }: Sums): bigint {
  return openingBalanceMinor + earnedMinor + clawbackMinor + adjustmentMinor;
}

/** Absent rather than 0, so that statements without it read as they always did. */
function unlessZero<N extends 'writtenOffMinor' | 'unsentMinor'>(
  name: N,
  amountMinor: bigint,
): Partial<Record<N, bigint>> {
  return amountMinor === 0n ? {} : ({ [name]: amountMinor } as Record<N, bigint>);
}

/** Payable if positive and at least the minimum; otherwise, and when negative, carried (semantics 11). */
export function settleBalance(sums: Sums, minimumPayoutMinor: bigint): StatementAmounts {
  const { earnedMinor, clawbackMinor, adjustmentMinor, openingBalanceMinor } = sums;
  const balance = balanceOf(sums);
  const payableMinor = balance > 0n && balance >= minimumPayoutMinor ? balance : 0n;
  const closingBalanceMinor = balance - payableMinor;
  return { earnedMinor, clawbackMinor, adjustmentMinor, openingBalanceMinor, payableMinor, closingBalanceMinor };
}

function adjustmentLine(adjustment: Adjustment): StatementLine {
  const { reason, reasonCode = 'other' } = adjustment;
  const recorded = reasonCode === 'other' ? 'as recorded' : `as recorded (${reasonCode})`;
  const calculation = reason === undefined ? recorded : `${recorded}: ${reason}`;
  return {
    kind: 'adjustment',
    amountMinor: adjustment.amountMinor,
    adjustmentId: adjustment.adjustmentId,
    calculation,
  };
}

function sumOf(lines: readonly StatementLine[]): bigint {
  let sum = 0n;
  for (const line of lines) sum += line.amountMinor;
  return sum;
}

/**
 * Opens the statement of one partner, period and currency. Facts are pushed in order: conversions, `endConversions`,
 * late refunds, adjustments, write-offs, `close`. The same facts give the same lines, for ever (design.md, Commission semantics).
 * @throws RangeError when facts come out of order, or Error when they do not fit together
 */
export function openStatement(context: StatementContext): OpenStatement {
  const till = makeConversionTill(context);
  const assertConversionOrder = makeOrderGuard('conversions');
  const assertRefundOrder = makeOrderGuard('late refunds');
  const assertAdjustmentOrder = makeOrderGuard('adjustments');
  const assertWriteOffOrder = makeOrderGuard('write-offs');
  let stage: Stage = 'conversions';
  let earnedMinor = 0n;
  let clawbackMinor = 0n;
  let adjustmentMinor = 0n;
  let writtenOffMinor = 0n;
  const { unsentMinor = 0n } = context;
  const assertStage = (expected: Stage): void => {
    if (stage !== expected) throw new Error(`the statement takes ${stage} now, not ${expected}`);
  };
  const sums = (): Sums => ({
    earnedMinor,
    clawbackMinor,
    adjustmentMinor,
    openingBalanceMinor: context.openingBalanceMinor,
  });
  return {
    conversion: (conversion) => {
      assertStage('conversions');
      assertConversionOrder(conversion.occurredAt, conversion.conversionId);
      const paid = till.pay(conversion);
      earnedMinor += sumOf(paid.lines);
      return paid;
    },
    endConversions: () => {
      assertStage('conversions');
      stage = 'reversals';
      till.assertWeighed();
      const lines = periodLines(context, earnedMinor);
      earnedMinor += sumOf(lines);
      return lines;
    },
    clawback: (refund) => {
      assertStage('reversals');
      assertRefundOrder(refund.occurredAt, refund.refundId);
      const lines = clawBack(refund);
      clawbackMinor += sumOf(lines);
      return lines;
    },
    adjustment: (adjustment) => {
      assertStage('reversals');
      assertAdjustmentOrder(adjustment.occurredAt, adjustment.adjustmentId);
      adjustmentMinor += adjustment.amountMinor;
      return adjustmentLine(adjustment);
    },
    writeOff: (adjustment) => {
      if (stage === 'reversals') stage = 'write_offs';
      assertStage('write_offs');
      assertWriteOffOrder(adjustment.occurredAt, adjustment.adjustmentId);
      const partMinor = writtenOff(adjustment.amountMinor, {
        openingMinor: context.openingBalanceMinor + unsentMinor,
        nowMinor: balanceOf(sums()) + unsentMinor,
        writtenOffMinor,
      });
      adjustmentMinor += partMinor;
      writtenOffMinor += partMinor;
      return writeOffLine(adjustment, partMinor);
    },
    close: () => {
      if (stage !== 'write_offs') assertStage('reversals');
      stage = 'closed';
      return {
        ...settleBalance(sums(), context.minimumPayoutMinor),
        ...unlessZero('writtenOffMinor', writtenOffMinor),
        ...unlessZero('unsentMinor', unsentMinor),
      };
    },
  };
}
