import { BASIS_POINTS } from './money.ts';
import type { StatementLine } from './statement.ts';

/** `base x rate / 10000` before rounding, with the four decimals that it can have, without trailing zeros. */
function exactShare(baseMinor: bigint, rateBps: number): string {
  const product = baseMinor * BigInt(rateBps);
  const decimals = (product % BASIS_POINTS).toString().padStart(4, '0').replace(/0+$/, '');
  const whole = (product / BASIS_POINTS).toString();
  return decimals === '' ? whole : `${whole}.${decimals}`;
}

/**
 * How a line's amount follows, for a reader with a calculator: minor units, rate and rounding. Shares are worded from
 * the line's own fields; the other kinds carry their text.
 */
export function calculationOf(line: StatementLine): string {
  if (line.calculation !== undefined) return line.calculation;
  if (line.kind === 'revenue_share' && line.baseMinor !== undefined && line.rateBps !== undefined) {
    const exact = exactShare(line.baseMinor, line.rateBps);
    return `${line.baseMinor} x ${line.rateBps} / ${BASIS_POINTS} = ${exact}, half to even: ${line.amountMinor}`;
  }
  if (line.kind === 'referral_fee') return "a fixed amount for the customer's first purchase";
  return 'as stated';
}
