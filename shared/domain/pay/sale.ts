import { makeStartedTermFinder, makeTermFinder, scheduleOf } from '../partner/terms.ts';
import type { AgreementTerm, Plan, Tier } from '../plan/plan.ts';
import type { MaturedConversion, NothingReason } from '../statement/statement.ts';
import { planOf, type StatementContext } from '../statement/statement-context.ts';
import type { Instant } from '../time/instant.ts';

/** A conversion with something left to earn on, and the terms in force when it happened. */
export type Sale = {
  readonly conversion: MaturedConversion;
  /** Above zero: the conversion after netting. */
  readonly baseMinor: bigint;
  readonly plan: Plan;
  readonly tier: Tier | undefined;
  /** True when the agreement has ended and is honoured: only shares with a window still pay (semantics 4a). */
  readonly afterEnd: boolean;
};

/** The agreement that pays a sale, and whether only because it is honoured after its end. */
export type PayingAgreement = { readonly agreement: AgreementTerm; readonly afterEnd: boolean };

/**
 * Finds the agreement that pays a sale: the one in force when it happened; else the last that had begun, if it was in
 * force at all, honours its customers after its end, and the customer's first purchase came before that end (semantics 4a).
 */
export function makeAgreementFinder(
  agreements: readonly AgreementTerm[],
): (sale: Pick<MaturedConversion, 'conversionId' | 'occurredAt' | 'firstPurchase'>) => PayingAgreement | undefined {
  const startedAt = makeStartedTermFinder<AgreementTerm>(scheduleOf(agreements));
  // Sales come in order of time, so that nearly each has the agreement of the one before.
  let inForce: PayingAgreement | undefined;
  return (sale) => {
    const agreement = startedAt(sale.occurredAt);
    if (agreement === undefined) return undefined;
    const { from, endsAt, afterEnd } = agreement;
    if (endsAt === undefined || sale.occurredAt < endsAt) {
      if (inForce?.agreement !== agreement) inForce = { agreement, afterEnd: false };
      return inForce;
    }
    const honours = afterEnd === 'honour_until_window_ends' && from < endsAt;
    return honours && firstPurchaseOf(sale).at < endsAt ? { agreement, afterEnd: true } : undefined;
  };
}

/** Reads the conversion's base and terms, or says why nothing can be earned on it (semantics 3 and 4). */
export function makeSaleReader(
  context: StatementContext,
): (conversion: MaturedConversion) => Sale | NothingReason | { readonly attribution: string } {
  const agreementOf = makeAgreementFinder(context.terms.agreements);
  const tierAt = makeTermFinder(scheduleOf(context.terms.tiers));
  return (conversion) => {
    const baseMinor = conversion.amountMinor - conversion.nettedMinor;
    if (baseMinor < 0n) throw new RangeError(`refunds of ${conversion.conversionId} are above the sale`);
    if (conversion.earnsNothing !== undefined) return { attribution: conversion.earnsNothing };
    if (conversion.amountMinor === 0n) return 'no_value';
    if (baseMinor === 0n) return 'refunded_before_the_statement';
    const paying = agreementOf(conversion);
    if (paying === undefined) return 'no_agreement';
    const tier = tierAt(conversion.occurredAt)?.tier;
    const plan = planOf(context, paying.agreement.planVersion);
    return { conversion, baseMinor, plan, tier, afterEnd: paying.afterEnd };
  };
}

/** Whoever sold something above zero has a first purchase; facts without it would be paid wrongly. */
export function firstPurchaseOf(conversion: Pick<MaturedConversion, 'conversionId' | 'firstPurchase'>): {
  readonly at: Instant;
  readonly conversionId?: string | undefined;
} {
  if (conversion.firstPurchase === undefined) {
    throw new Error(`conversion ${conversion.conversionId} is above zero but its customer has no first purchase`);
  }
  return conversion.firstPurchase;
}

/** Asserts plain order by time, then id, so that a statement's bytes do not depend on who read the facts. */
export function makeOrderGuard(what: string): (occurredAt: Instant, id: string) => void {
  let lastAt: Instant | undefined;
  let lastId = '';
  return (occurredAt, id) => {
    if (lastAt !== undefined && (occurredAt < lastAt || (occurredAt === lastAt && id <= lastId))) {
      throw new RangeError(
        `${what} must come by time, then id: ${id} at ${occurredAt} came after ${lastId} at ${lastAt}`,
      );
    }
    lastAt = occurredAt;
    lastId = id;
  };
}
