import type { StatementLine } from '../statement/statement.ts';

/** Whether a line was earned by a conversion, and so is reversed when the conversion is refunded late. */
export function isEarnedByConversion(line: StatementLine): line is StatementLine & { readonly conversionId: string } {
  return (line.kind === 'revenue_share' || line.kind === 'referral_fee') && line.conversionId !== undefined;
}

/** The earned lines of each conversion, in their order: what a later clawback reverses (semantics 10). */
export function earnedLinesOf(lines: Iterable<StatementLine>): ReadonlyMap<string, readonly StatementLine[]> {
  const byConversion = new Map<string, StatementLine[]>();
  for (const line of lines) {
    if (!isEarnedByConversion(line)) continue;
    const known = byConversion.get(line.conversionId);
    if (known === undefined) byConversion.set(line.conversionId, [line]);
    else known.push(line);
  }
  return byConversion;
}
