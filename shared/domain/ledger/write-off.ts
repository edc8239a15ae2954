import type { Adjustment, StatementLine } from '../statement/statement.ts';

/** A write-off gives up what a partner owes: an adjustment whose amount is the most that it may take. */
export function isWriteOff(adjustment: Pick<Adjustment, 'reasonCode'>): boolean {
  return adjustment.reasonCode === 'write_off';
}

/**
 * What a partner owes at a balance of its ledger account; 0 when we owe the partner. Minor units. What waits in payouts that
 * were not sent is still in the account: taking it out would make a debt of money that nobody was paid.
 */
export function debtOf(balanceMinor: bigint): bigint {
  return balanceMinor < 0n ? -balanceMinor : 0n;
}

/**
 * The part of a write-off that a statement books: never more than is still owed once everything else is counted, so that it
 * cannot pay money out, and never more than what was owed when the month began, because that debt and no later one is what two
 * people looked at. Both balances are the account's, as above; earlier write-offs of the statement have used up their part.
 */
export function writtenOff(
  amountMinor: bigint,
  balances: { readonly openingMinor: bigint; readonly nowMinor: bigint; readonly writtenOffMinor: bigint },
): bigint {
  const stillOwed = debtOf(balances.nowMinor);
  const leftOfOpening = debtOf(balances.openingMinor) - balances.writtenOffMinor;
  return [stillOwed, leftOfOpening].reduce((least, minor) => (minor < least ? minor : least), amountMinor);
}

/** Also a line of 0, which says that nothing was owed any more. */
export function writeOffLine(adjustment: Adjustment, writtenOffMinor: bigint): StatementLine {
  const clipped =
    writtenOffMinor === adjustment.amountMinor
      ? 'written off as recorded'
      : `${adjustment.amountMinor} recorded to be written off, ${writtenOffMinor} of it still owed from before this month`;
  return {
    kind: 'adjustment',
    amountMinor: writtenOffMinor,
    adjustmentId: adjustment.adjustmentId,
    calculation: adjustment.reason === undefined ? clipped : `${clipped}: ${adjustment.reason}`,
  };
}
