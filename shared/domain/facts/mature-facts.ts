import type { Currency } from '../money/money.ts';
import { partOf } from '../money/split-credit.ts';
import type { LateRefund, MaturedConversion } from '../statement/statement.ts';
import { compareText, type Period } from '../time/instant.ts';
import {
  compareFirstPurchases,
  type FirstPurchaseCandidate,
  firstPurchase,
  isLate,
  periodOfConversion,
  periodOfRefundOrAdjustment,
  refundRefusal,
} from './facts.ts';
import type { History, HistoryAdjustment, HistoryConversion, HistoryRefund } from './history.ts';

type Dated<T> = T & { readonly period: Period };

/** The facts of one partner and currency as the engine takes them, each with the period of its statement. */
export type MaturedFacts = {
  readonly conversions: readonly Dated<MaturedConversion>[];
  /** In their order over all periods, without the lines that they reverse. */
  readonly lateRefunds: readonly Dated<Omit<LateRefund, 'earnedLines'>>[];
  readonly adjustments: readonly Dated<HistoryAdjustment>[];
  /** All refunds that are taken, in the order recorded, each with the partner's part of it. */
  readonly refunds: readonly Dated<HistoryRefund>[];
};

/** Conversions by id, each with the period of its statement (semantics 1). */
function datedConversions(history: History): ReadonlyMap<string, Dated<HistoryConversion>> {
  const { holdDays, zone } = history;
  return new Map(
    history.conversions.map((fact) => {
      const period = periodOfConversion(fact.occurredAt, holdDays, fact.closedThrough, zone);
      return [fact.conversionId, { ...fact, period }];
    }),
  );
}

/** The refunds that are taken, in the order recorded (semantics 3), each with the partner's part of it (rule 14). */
function takenRefunds(
  history: History,
  conversions: ReadonlyMap<string, Dated<HistoryConversion>>,
): readonly Dated<HistoryRefund>[] {
  const refunded = new Map<string, bigint>();
  return history.refunds.flatMap((fact) => {
    const sale = conversions.get(fact.conversionId);
    const before = refunded.get(fact.conversionId) ?? 0n;
    if (sale === undefined || refundRefusal(sale.amountMinor, before, fact.amountMinor) !== undefined) return [];
    const soFar = before + fact.amountMinor;
    refunded.set(fact.conversionId, soFar);
    const amountMinor = partOf(soFar, sale.credit) - partOf(before, sale.credit);
    if (amountMinor === 0n) return [];
    return {
      ...fact,
      amountMinor,
      period: periodOfRefundOrAdjustment(fact.occurredAt, fact.closedThrough, history.zone),
    };
  });
}

/** The conversion that stands for each customer's first purchase, over all currencies (semantics 2). */
function firstCandidates(conversions: Iterable<Dated<HistoryConversion>>): ReadonlyMap<string, FirstPurchaseCandidate> {
  const first = new Map<string, FirstPurchaseCandidate>();
  for (const conversion of conversions) {
    if (conversion.amountMinor <= 0n) continue;
    const known = first.get(conversion.customerId);
    if (known === undefined || compareFirstPurchases(conversion, known) < 0)
      first.set(conversion.customerId, conversion);
  }
  return first;
}

/** Conversions as the engine takes them: netted and with their customer's first purchase. */
function maturedConversions(
  history: History,
  conversions: ReadonlyMap<string, Dated<HistoryConversion>>,
  refunds: readonly Dated<HistoryRefund>[],
): ReadonlyMap<string, Dated<MaturedConversion>> {
  const netted = new Map<string, bigint>();
  for (const refund of refunds) {
    const sale = conversions.get(refund.conversionId);
    if (sale === undefined || isLate(refund.period, sale.period)) continue;
    netted.set(refund.conversionId, (netted.get(refund.conversionId) ?? 0n) + refund.amountMinor);
  }
  const candidates = firstCandidates(conversions.values());
  const matured = new Map<string, Dated<MaturedConversion>>();
  for (const [conversionId, fact] of conversions) {
    const candidate = candidates.get(fact.customerId);
    const supplied = history.suppliedFirstPurchases.get(fact.customerId);
    matured.set(conversionId, {
      conversionId,
      customerId: fact.customerId,
      occurredAt: fact.occurredAt,
      amountMinor: partOf(fact.amountMinor, fact.credit),
      credit: fact.credit,
      nettedMinor: netted.get(conversionId) ?? 0n,
      firstPurchase: candidate === undefined ? undefined : firstPurchase(candidate, supplied),
      category: fact.category,
      country: fact.country,
      period: fact.period,
    });
  }
  return matured;
}

/** Late refunds by their order over all periods, each knowing what was refunded late before it (semantics 10). */
function lateRefundsInOrder(
  refunds: readonly Dated<HistoryRefund>[],
  matured: ReadonlyMap<string, Dated<MaturedConversion>>,
): readonly Dated<Omit<LateRefund, 'earnedLines'>>[] {
  const ordered = [...refunds].sort(
    (a, b) =>
      compareText(a.period, b.period) || compareText(a.occurredAt, b.occurredAt) || compareText(a.refundId, b.refundId),
  );
  const refundedLate = new Map<string, bigint>();
  return ordered.flatMap((refund) => {
    const sale = matured.get(refund.conversionId);
    if (sale === undefined || !isLate(refund.period, sale.period)) return [];
    const lateRefundedBeforeMinor = refundedLate.get(refund.conversionId) ?? 0n;
    refundedLate.set(refund.conversionId, lateRefundedBeforeMinor + refund.amountMinor);
    return { ...refund, lateRefundedBeforeMinor, paidBaseMinor: sale.amountMinor - sale.nettedMinor };
  });
}

/**
 * Decides periods, first purchases, netting and which refunds come late, over all of a partner's recorded facts; then
 * leaves out what belongs to statements in another currency (design.md, Commission semantics 1 to 3, 10 and 12).
 */
export function matureFacts(history: History): MaturedFacts {
  const { programCurrency, currency = programCurrency, zone } = history;
  const isStated = (fact: { readonly currency?: Currency | undefined } | undefined): boolean =>
    fact !== undefined && (fact.currency ?? programCurrency) === currency;
  const conversions = datedConversions(history);
  const refunds = takenRefunds(history, conversions);
  const matured = maturedConversions(history, conversions, refunds);
  const isOfStatedSale = (fact: { readonly conversionId: string }): boolean =>
    isStated(conversions.get(fact.conversionId));
  return {
    conversions: [...matured.values()].filter(isOfStatedSale),
    lateRefunds: lateRefundsInOrder(refunds, matured).filter(isOfStatedSale),
    refunds: refunds.filter(isOfStatedSale),
    adjustments: history.adjustments.filter(isStated).map((fact) => ({
      ...fact,
      period: periodOfRefundOrAdjustment(fact.occurredAt, fact.closedThrough, zone),
    })),
  };
}
