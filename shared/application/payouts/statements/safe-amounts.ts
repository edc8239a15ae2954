import type { Balance } from '#shared/application/payouts/ledger/ledger-ports';
import type { StatementSummary } from '#shared/application/payouts/ports';
import { isSafeMinor } from '#shared/domain/money/money';
import type { RunTotal } from '#shared/domain/run/payout-run';
import type { StatementAmounts } from '#shared/domain/statement/statement';
import { AmountTooLarge } from '../runs/stop-run.ts';

const AMOUNTS = [
  'earnedMinor',
  'clawbackMinor',
  'adjustmentMinor',
  'openingBalanceMinor',
  'payableMinor',
  'closingBalanceMinor',
] as const satisfies readonly (keyof StatementAmounts)[];

const REMEDY = 'Amounts end at 9007199254740991 minor units: correct it with an adjustment and open the period again.';

/** Single amounts are safe at the border, their sums need not be: what no answer can state exactly is not stored. @throws AmountTooLarge */
export function assertSafeStatement(statement: StatementSummary): void {
  for (const name of AMOUNTS) {
    if (isSafeMinor(statement[name])) continue;
    const { partnerId, currency } = statement;
    throw new AmountTooLarge(`${name} of partner ${partnerId} in ${currency} would be ${statement[name]}. ${REMEDY}`);
  }
}

/** @throws AmountTooLarge when posting the statement would bring the partner's balance beyond the safe range */
export function assertSafePosting(statement: StatementSummary, balance: Balance | undefined): void {
  const { partnerId, currency, earnedMinor, clawbackMinor, adjustmentMinor } = statement;
  const payable = (balance?.payableMinor ?? 0n) + earnedMinor + clawbackMinor + adjustmentMinor;
  const reserved = (balance?.reservedMinor ?? 0n) + statement.payableMinor;
  if (isSafeMinor(payable) && isSafeMinor(reserved)) return;
  throw new AmountTooLarge(
    `The balance of partner ${partnerId} in ${currency} would be ${payable}, ${reserved} of it reserved. ${REMEDY}`,
  );
}

/** @throws AmountTooLarge */
export function assertSafeTotals(totals: readonly RunTotal[]): void {
  for (const total of totals) {
    const unsafe = [...AMOUNTS, 'earnedChangeMinor' as const, 'waitingMinor' as const].find(
      (name) => !isSafeMinor(total[name] ?? 0n),
    );
    if (unsafe) {
      throw new AmountTooLarge(`${unsafe} of all partners in ${total.currency} would be ${total[unsafe]}. ${REMEDY}`);
    }
  }
}
