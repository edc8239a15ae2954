import { isWriteOff } from '../ledger/write-off.ts';
import { needsWeighing, weighStatement } from '../pay/weigh-statement.ts';
import { compareText, type Instant } from '../time/instant.ts';
import { openStatement } from './open-statement.ts';
import type {
  Adjustment,
  LateRefund,
  MaturedConversion,
  NothingEarned,
  Statement,
  StatementLine,
} from './statement.ts';
import type { StatementContext, VolumeTotals } from './statement-context.ts';

/** All the facts of one statement, in any order. */
export type StatementFacts = Omit<StatementContext, 'volumeTotals'> & {
  readonly conversions: readonly MaturedConversion[];
  readonly lateRefunds: readonly LateRefund[];
  readonly adjustments: readonly Adjustment[];
};

export type ComputedStatement = { readonly statement: Statement; readonly nothing: readonly NothingEarned[] };

type Fact = { readonly occurredAt: Instant };

function inOrder<T extends Fact>(facts: readonly T[], idOf: (fact: T) => string): readonly T[] {
  return [...facts].sort((a, b) => compareText(a.occurredAt, b.occurredAt) || compareText(idOf(a), idOf(b)));
}

function weigh(context: StatementContext, conversions: readonly MaturedConversion[]): VolumeTotals | undefined {
  if (!needsWeighing(context)) return undefined;
  const scale = weighStatement(context);
  for (const conversion of conversions) scale.conversion(conversion);
  return scale.totals();
}

/**
 * A whole statement in memory: a pure function of its facts, whatever their order. Close a month with `openStatement`,
 * which streams; this is for the month so far, simulations and tests.
 */
export function computeStatement(facts: StatementFacts): ComputedStatement {
  const conversions = inOrder(facts.conversions, (fact) => fact.conversionId);
  const open = openStatement({ ...facts, volumeTotals: weigh(facts, conversions) });
  const lines: StatementLine[] = [];
  const nothing: NothingEarned[] = [];
  for (const conversion of conversions) {
    const paid = open.conversion(conversion);
    lines.push(...paid.lines);
    nothing.push(...paid.nothing);
  }
  lines.push(...open.endConversions());
  for (const refund of inOrder(facts.lateRefunds, (fact) => fact.refundId)) lines.push(...open.clawback(refund));
  const adjustments = inOrder(facts.adjustments, (fact) => fact.adjustmentId);
  for (const adjustment of adjustments) if (!isWriteOff(adjustment)) lines.push(open.adjustment(adjustment));
  for (const adjustment of adjustments) if (isWriteOff(adjustment)) lines.push(open.writeOff(adjustment));
  const { partnerId, period, currency } = facts;
  return { statement: { partnerId, period, currency, ...open.close(), lines }, nothing };
}
