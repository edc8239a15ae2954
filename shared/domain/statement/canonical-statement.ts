import type { Currency } from '../money/money.ts';
import type { Period } from '../time/instant.ts';
import type { Statement, StatementAmounts, StatementLine } from './statement.ts';

/**
 * The bytes that a statement's digest is taken of: one JSON array a row, fields in a fixed order, amounts as decimal
 * text. Rows can be hashed as they are made: header, lines in order, amounts. What only words an amount
 * (`calculation`) is left out, so that better wording never changes a digest.
 */

const FORMAT = 'tallystick/statement/v1';

export function canonicalHeader(statement: {
  readonly partnerId: string;
  readonly period: Period;
  readonly currency: Currency;
}): string {
  return `${JSON.stringify([FORMAT, statement.partnerId, statement.period, statement.currency])}\n`;
}

export function canonicalLine(line: StatementLine): string {
  return `${JSON.stringify([
    line.kind,
    line.componentId ?? null,
    line.planVersion ?? null,
    line.conversionId ?? null,
    line.refundId ?? null,
    line.adjustmentId ?? null,
    line.baseMinor?.toString() ?? null,
    line.rateBps ?? null,
    line.amountMinor.toString(),
  ])}\n`;
}

export function canonicalAmounts(amounts: StatementAmounts): string {
  const sums = [
    amounts.openingBalanceMinor,
    amounts.earnedMinor,
    amounts.clawbackMinor,
    amounts.adjustmentMinor,
    amounts.payableMinor,
    amounts.closingBalanceMinor,
  ];
  const { writtenOffMinor = 0n, unsentMinor = 0n } = amounts;
  const rare = ownRow('written_off', writtenOffMinor) + ownRow('unsent', unsentMinor);
  return `${JSON.stringify(['amounts', ...sums.map(String)])}\n${rare}`;
}

/** Only when there is such an amount: digests from before it was stated stay what they are. */
function ownRow(name: string, amountMinor: bigint): string {
  return amountMinor === 0n ? '' : `${JSON.stringify([name, String(amountMinor)])}\n`;
}

/** A whole statement's bytes: the rows above, one after the other. */
export function canonicalStatement(statement: Statement): string {
  return [canonicalHeader(statement), ...statement.lines.map(canonicalLine), canonicalAmounts(statement)].join('');
}
