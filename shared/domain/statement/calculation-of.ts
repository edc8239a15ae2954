import { BASIS_POINTS } from '../money/money.ts';
import type { CutLine, StatementLine } from './statement.ts';

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
  const cut = line.cut === undefined ? '' : cutWords(line.cut, line.amountMinor);
  if (line.kind === 'revenue_share' && line.baseMinor !== undefined && line.rateBps !== undefined) {
    const rounded = line.cut?.fromMinor ?? line.amountMinor;
    const exact = exactShare(line.baseMinor, line.rateBps);
    const rule = line.rateRule === undefined ? '' : ` (rate of ${line.rateRule})`;
    return `${line.baseMinor} x ${line.rateBps} / ${BASIS_POINTS}${rule} = ${exact}, half to even: ${rounded}${cut}`;
  }
  if (line.kind === 'referral_fee') {
    const from = line.cut === undefined ? '' : `: ${line.cut.fromMinor}`;
    return `a fixed amount for the customer's first purchase${splitWords(line)}${from}${cut}`;
  }
  return 'as stated';
}

function splitWords({ split }: StatementLine): string {
  return split === undefined ? '' : `, the part of ${split.shareBps} / ${BASIS_POINTS} of ${split.wholeMinor}`;
}

function cutWords({ per, limitMinor }: CutLine, leftMinor: bigint): string {
  const what = per === 'customer' ? `${limitMinor} per customer` : `${limitMinor} per period`;
  return `, cut to the cap of ${what}: ${leftMinor} was left`;
}

/** The line as it is kept and shown: which rule set its rate, what a cap cut and what it is a part of are in its calculation. */
export function wordedLine(line: StatementLine): StatementLine {
  if (line.rateRule === undefined && line.cut === undefined && line.split === undefined) return line;
  const { rateRule: _rule, cut: _cut, split: _split, ...rest } = line;
  return { ...rest, calculation: calculationOf(line) };
}

/** The rule that set the rate of a line, read back from one that is worded already; `undefined`: the component's own rate. */
export function rateRuleOf({ rateRule, calculation }: StatementLine): string | undefined {
  return rateRule ?? (calculation && / \(rate of (.+)\) = -?[\d.]+, half to even: /.exec(calculation)?.[1]);
}

/** Whether a cap cut the line; also of one that is worded already. */
export function isCut({ cut, calculation }: StatementLine): boolean {
  return cut !== undefined || (calculation?.includes(', cut to the cap of ') ?? false);
}
