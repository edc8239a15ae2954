import { type ComputedStatement, computeStatement } from './compute-statement.ts';
import { earnedLinesOf } from './earned-lines.ts';
import {
  compareFirstPurchases,
  type FirstPurchaseCandidate,
  firstPurchase,
  isLate,
  periodOfConversion,
  periodOfRefundOrAdjustment,
  refundRefusal,
} from './facts.ts';
import { compareText, type Instant, type Period } from './instant.ts';
import type { Currency } from './money.ts';
import type { AgreementTerm, Plan, TierTerm } from './plan.ts';
import type { Adjustment, LateRefund, MaturedConversion, StatementLine } from './statement.ts';
import { effectiveInstant } from './terms.ts';
import type { TimeZone } from './time-zone.ts';

/** The last closed period when a fact was recorded; absent when nothing that matters to it was closed. */
type Recorded = { readonly closedThrough?: Period | undefined };

export type HistoryConversion = Recorded & {
  readonly conversionId: string;
  readonly customerId: string;
  readonly occurredAt: Instant;
  readonly amountMinor: bigint;
  /** The programme's currency if absent. */
  readonly currency?: Currency | undefined;
};

export type HistoryRefund = Recorded & {
  readonly refundId: string;
  readonly conversionId: string;
  readonly occurredAt: Instant;
  readonly amountMinor: bigint;
};

export type HistoryAdjustment = Recorded & Adjustment & { readonly currency?: Currency | undefined };

/** One partner's recorded facts, before any period, first purchase or netting was decided. */
export type History = {
  readonly partnerId: string;
  readonly zone: TimeZone;
  readonly holdDays: number;
  readonly programCurrency: Currency;
  /** The statements' currency; the programme's if absent. */
  readonly currency?: Currency | undefined;
  readonly minimumPayoutMinor: bigint;
  readonly plans: ReadonlyMap<number, Plan>;
  /** In the order recorded. */
  readonly agreements: readonly (Recorded & Omit<AgreementTerm, 'sequence'>)[];
  /** In the order recorded. */
  readonly tiers: readonly (Recorded & Omit<TierTerm, 'sequence'>)[];
  readonly conversions: readonly HistoryConversion[];
  /** In the order recorded: one that would refund more than is left of the sale is refused. */
  readonly refunds: readonly HistoryRefund[];
  readonly adjustments: readonly HistoryAdjustment[];
  /** The first purchase that the merchant supplied, by customer. */
  readonly suppliedFirstPurchases: ReadonlyMap<string, Instant>;
  readonly openingBalanceMinor: bigint;
  /** Consecutive, in order. */
  readonly periods: readonly Period[];
};

type Dated<T> = T & { readonly period: Period };

/** Agreements and tiers as they took effect (semantics 4). */
function termsOf(history: History): { agreements: readonly AgreementTerm[]; tiers: readonly TierTerm[] } {
  const shift = (instant: Instant, recorded: Recorded): Instant =>
    effectiveInstant(instant, recorded.closedThrough, history.zone);
  const agreements = history.agreements.map((term, sequence) => ({
    from: shift(term.from, term),
    endsAt: term.endsAt === undefined ? undefined : shift(term.endsAt, term),
    planVersion: term.planVersion,
    sequence,
  }));
  const tiers = history.tiers.map((term, sequence) => ({ from: shift(term.from, term), tier: term.tier, sequence }));
  return { agreements, tiers };
}

function datedConversions(history: History): readonly Dated<HistoryConversion>[] {
  return history.conversions.map((fact) => ({
    ...fact,
    period: periodOfConversion(fact.occurredAt, history.holdDays, fact.closedThrough, history.zone),
  }));
}

/** The refunds that are taken, in the order recorded (semantics 3). */
function takenRefunds(
  history: History,
  conversions: ReadonlyMap<string, Dated<HistoryConversion>>,
): readonly Dated<HistoryRefund>[] {
  const refunded = new Map<string, bigint>();
  return history.refunds.flatMap((fact) => {
    const sale = conversions.get(fact.conversionId);
    const before = refunded.get(fact.conversionId) ?? 0n;
    if (sale === undefined || refundRefusal(sale.amountMinor, before, fact.amountMinor) !== undefined) return [];
    refunded.set(fact.conversionId, before + fact.amountMinor);
    return { ...fact, period: periodOfRefundOrAdjustment(fact.occurredAt, fact.closedThrough, history.zone) };
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
      amountMinor: fact.amountMinor,
      nettedMinor: netted.get(conversionId) ?? 0n,
      firstPurchase: candidate === undefined ? undefined : firstPurchase(candidate, supplied),
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
 * Computes consecutive statements from recorded facts: decides periods, first purchases, netting and late refunds, and
 * carries the balance. Facts may come in any order, except that refunds are refused in the order recorded.
 */
export function computeHistory(history: History): readonly ComputedStatement[] {
  const currency = history.currency ?? history.programCurrency;
  const isStated = (fact: { readonly currency?: Currency | undefined }): boolean =>
    (fact.currency ?? history.programCurrency) === currency;
  const conversions = new Map(datedConversions(history).map((fact) => [fact.conversionId, fact]));
  const refunds = takenRefunds(history, conversions);
  const matured = maturedConversions(history, conversions, refunds);
  const stated = [...matured.values()].filter((fact) => isStated(conversions.get(fact.conversionId) ?? {}));
  const statedIds = new Set(stated.map((fact) => fact.conversionId));
  const lateRefunds = lateRefundsInOrder(refunds, matured).filter((refund) => statedIds.has(refund.conversionId));
  const adjustments = history.adjustments.filter(isStated).map((fact) => ({
    ...fact,
    period: periodOfRefundOrAdjustment(fact.occurredAt, fact.closedThrough, history.zone),
  }));
  const terms = { partnerId: history.partnerId, ...termsOf(history) };
  const earned = new Map<string, readonly StatementLine[]>();
  const statements: ComputedStatement[] = [];
  let openingBalanceMinor = history.openingBalanceMinor;
  for (const period of history.periods) {
    const computed = computeStatement({
      ...{ partnerId: history.partnerId, period, currency, programCurrency: history.programCurrency },
      ...{ zone: history.zone, minimumPayoutMinor: history.minimumPayoutMinor, terms, plans: history.plans },
      openingBalanceMinor,
      conversions: stated.filter((fact) => fact.period === period),
      lateRefunds: lateRefunds
        .filter((refund) => refund.period === period)
        .map((refund) => ({ ...refund, earnedLines: earned.get(refund.conversionId) ?? [] })),
      adjustments: adjustments.filter((fact) => fact.period === period),
    });
    for (const [conversionId, lines] of earnedLinesOf(computed.statement.lines)) earned.set(conversionId, lines);
    openingBalanceMinor = computed.statement.closingBalanceMinor;
    statements.push(computed);
  }
  return statements;
}
