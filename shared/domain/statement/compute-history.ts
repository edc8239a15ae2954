import type { History, Recorded } from '../facts/history.ts';
import { matureFacts } from '../facts/mature-facts.ts';
import { effectiveInstant } from '../partner/terms.ts';
import { earnedLinesOf } from '../pay/earned-lines.ts';
import type { PartnerTerms } from '../plan/plan.ts';
import type { Instant } from '../time/instant.ts';
import { type ComputedStatement, computeStatement } from './compute-statement.ts';
import type { StatementLine } from './statement.ts';

/** Agreements and tiers as they took effect (semantics 4). */
function termsOf(history: History): PartnerTerms {
  const shift = (instant: Instant, recorded: Recorded): Instant =>
    effectiveInstant(instant, recorded.closedThrough, history.zone);
  const agreements = history.agreements.map((term, sequence) => ({
    from: shift(term.from, term),
    endsAt: term.endsAt === undefined ? undefined : shift(term.endsAt, term),
    planVersion: term.planVersion,
    afterEnd: term.afterEnd,
    sequence,
  }));
  const tiers = history.tiers.map((term, sequence) => ({ from: shift(term.from, term), tier: term.tier, sequence }));
  return { partnerId: history.partnerId, agreements, tiers };
}

/**
 * Computes consecutive statements from recorded facts and carries the balance from one to the next. Facts may come in
 * any order, except that refunds are refused in the order recorded.
 */
export function computeHistory(history: History): readonly ComputedStatement[] {
  const { partnerId, zone, minimumPayoutMinor, plans, programCurrency } = history;
  const facts = matureFacts(history);
  const terms = termsOf(history);
  const currency = history.currency ?? programCurrency;
  const earned = new Map<string, readonly StatementLine[]>();
  let openingBalanceMinor = history.openingBalanceMinor;
  return history.periods.map((period) => {
    const isOfPeriod = (fact: { readonly period: string }): boolean => fact.period === period;
    const lateRefunds = facts.lateRefunds.filter(isOfPeriod).map((refund) => ({
      ...refund,
      earnedLines: earned.get(refund.conversionId) ?? [],
    }));
    const conversions = facts.conversions.filter(isOfPeriod);
    const adjustments = facts.adjustments.filter(isOfPeriod);
    const context = { partnerId, period, currency, programCurrency, zone, minimumPayoutMinor, terms, plans };
    const computed = computeStatement({ ...context, openingBalanceMinor, conversions, lateRefunds, adjustments });
    for (const [conversionId, lines] of earnedLinesOf(computed.statement.lines)) earned.set(conversionId, lines);
    openingBalanceMinor = computed.statement.closingBalanceMinor;
    return computed;
  });
}
