import type { DecidedSale } from '#shared/application/payouts/explain/explain-decision';
import type { ExplainedOrder } from '#shared/application/payouts/explain/explain-ports';
import { firstAttributionSentence } from '#shared/application/payouts/explain/explain-reattribution';
import type {
  ExplainedDecision,
  ExplainedRefund,
  ExplainedTouch,
  Explanation,
  SuppliedFirstPurchase,
} from '#shared/application/payouts/explain/explanation';
import type { Program } from '#shared/application/programs';
import type { FirstPurchase } from '#shared/application/referral-facts';
import { bracketSentence } from '#shared/domain/explain/explain-bracket-words';
import type { ComponentDecision } from '#shared/domain/explain/explain-decisions';
import { explainPeriod } from '#shared/domain/explain/explain-period';
import { refundsInOrder } from '#shared/domain/explain/explain-refunds';
import {
  agreementSentence,
  firstPurchaseSentence,
  nettedRefundSentence,
  suppliedSentence,
} from '#shared/domain/explain/explain-sale-words';
import {
  conversionSentence,
  decisionSentence,
  nettingSentence,
  periodSentence,
  type ReasonFacts,
  reasonWords,
  touchSentence,
} from '#shared/domain/explain/explain-words';
import { currencyOf } from '#shared/domain/pay/component-currency';
import { makeRateFinder } from '#shared/domain/pay/rate-rules';
import type { Component } from '#shared/domain/plan/plan';
import { calculationOf, wordedLine } from '#shared/domain/statement/calculation-of';
import type { MaturedConversion, StatementLine } from '#shared/domain/statement/statement';
import { addCalendarMonths } from '#shared/domain/time/calendar';
import { type Instant, toEpochMs, toInstant } from '#shared/domain/time/instant';
import type { TimeZone } from '#shared/domain/time/time-zone';
import type { WeighedTouch } from '#shared/domain/tracking/attribution';

/** The parts of an explanation, each from what decided it. No reads. */

export function attributionPart(
  order: ExplainedOrder,
  program: Program,
  onlyPartners: readonly string[] | undefined,
): Explanation['attribution'] {
  const { why, touches, rules = program.attribution } = order.conversion.attribution;
  const shown = touches.map((touch) => explainTouch(touch, onlyPartners));
  return { why, rules, touches: shown, sentence: firstAttributionSentence(order, onlyPartners) };
}

function explainTouch(touch: WeighedTouch, onlyPartners: readonly string[] | undefined): ExplainedTouch {
  const { kind, outcome, rejected } = touch;
  const isVisible = !onlyPartners || (touch.partnerId !== undefined && onlyPartners.includes(touch.partnerId));
  if (!isVisible) return { kind, outcome, rejected, sentence: touchSentence(touch, `Another ${kind}`) };
  const { at, flags, ...rest } = touch;
  return {
    ...rest,
    // What gave a click away as no person's would teach its partner to hide it.
    ...(onlyPartners || flags === undefined ? {} : { flags }),
    at: at === undefined ? undefined : toInstant(at),
    sentence: touchSentence(touch, namedTouch(touch)),
  };
}

function namedTouch({ kind, reference }: WeighedTouch): string {
  if (kind !== 'binding') return `The ${kind} ${reference ?? 'that could not be read'}`;
  return reference === undefined ? "A person's binding of the customer" : `The binding of the customer by ${reference}`;
}

export function periodPart({ conversion }: ExplainedOrder, program: Program, zone: TimeZone): Explanation['period'] {
  const explained = explainPeriod(conversion, program.holdDays, zone);
  return { ...explained, sentence: periodSentence(explained, conversion.recordedAt) };
}

export function refundPart(refund: ExplainedOrder['refunds'][number]): ExplainedRefund {
  const { refundId, kind, occurredAt, recordedAt, period, amountMinor } = refund;
  return { refundId, kind, occurredAt, recordedAt, period, amountMinor };
}

export function nettingPart({ conversion, refunds }: ExplainedOrder): Explanation['netting'] {
  const { amountMinor, nettedMinor, currency } = conversion;
  let leftMinor = amountMinor;
  const netted = refundsInOrder(refunds.filter(({ late }) => !late)).map((refund) => {
    leftMinor -= refund.amountMinor;
    return { ...refundPart(refund), leftMinor, sentence: nettedRefundSentence(refund, leftMinor, currency) };
  });
  return {
    nettedMinor,
    baseMinor: amountMinor - nettedMinor,
    refunds: netted,
    sentence: nettingSentence(conversion, netted.length),
  };
}

export function firstPurchasePart(
  { conversion }: ExplainedOrder,
  first: FirstPurchase | undefined,
  isPartner: boolean,
): Explanation['firstPurchase'] {
  const supplied = suppliedPart(conversion.customerFirstPurchaseAt, first);
  if (!first) return { isThisSale: false, suppliedByMerchant: false, supplied, sentence: firstPurchaseSentence() };
  const isThisSale = first.orderId === conversion.orderId;
  const suppliedByMerchant = first.orderId === undefined;
  const found = { isThisSale, at: first.at, orderId: isPartner && !isThisSale ? undefined : first.orderId };
  return { ...found, suppliedByMerchant, supplied, sentence: firstPurchaseSentence({ ...first, isThisSale }) };
}

/** The date that came with this sale, whether or not it took the place of the first purchase (semantics 2). */
function suppliedPart(at: Instant | undefined, first: FirstPurchase | undefined): SuppliedFirstPurchase | undefined {
  if (at === undefined) return undefined;
  const counts = first?.orderId === undefined && first?.at === at;
  return { at, counts, sentence: suppliedSentence({ at, counts }, first) };
}

export function agreementPart({ agreement, agreementUntil, afterEnd }: DecidedSale): Explanation['agreement'] {
  if (!agreement) return undefined;
  const { agreementId, planVersion, from, endsAt, components } = agreement;
  const ownTerms = components !== undefined;
  const sentence = agreementSentence({ ...agreement, until: agreementUntil, afterEnd, ownTerms });
  return { agreementId, planVersion, ownTerms, from, until: agreementUntil, endsAt, sentence };
}

export function tierPart({ tier, tierUntil }: DecidedSale): Explanation['tier'] {
  if (!tier) return undefined;
  const until = tierUntil === undefined ? '' : ` until ${tierUntil}`;
  const sentence = `The partner's tier then was ${tier.tier}, since ${tier.from}${until}.`;
  return { tier: tier.tier, from: tier.from, until: tierUntil, sentence };
}

/** A line as readers see it: with its calculation in words. */
export function worded(lines: readonly StatementLine[]): readonly StatementLine[] {
  return lines.map((line) => ({ ...wordedLine(line), calculation: calculationOf(line) }));
}

export function nothingPart(
  decided: DecidedSale,
  program: Program,
  currency: string,
  estimate: boolean,
): Explanation['nothingBecause'] {
  const { reason } = decided.decision;
  if (reason === undefined) return undefined;
  const words = reasonWords(reason, { currency, programCurrency: program.currency });
  return { reason, estimate, sentence: `It ${estimate ? 'earns' : 'earned'} nothing because ${words}.` };
}

export function decisionParts(
  decided: DecidedSale,
  program: Program,
  zone: TimeZone,
  sale: { readonly currency: string; readonly estimate: boolean },
): readonly ExplainedDecision[] {
  return decided.decision.components.map((decision) => ({
    componentId: decision.component.id,
    kind: decision.component.kind,
    outcome: decision.outcome,
    reason: decision.reason,
    amountMinor: decision.lines.reduce((sum, line) => sum + line.amountMinor, 0n),
    lines: worded(decision.lines),
    estimate: sale.estimate,
    position: positionPart(decision, sale.currency),
    sentence: decisionSentence(decision, reasonFacts(decision, decided, program, zone, sale.currency), sale.estimate),
  }));
}

function positionPart({ component, position }: ComponentDecision, currency: string): ExplainedDecision['position'] {
  return position && { ...position, sentence: bracketSentence(component.id, position, currency) };
}

function reasonFacts(
  { component }: ComponentDecision,
  { sale, tier, agreement }: DecidedSale,
  program: Program,
  zone: TimeZone,
  currency: string,
): ReasonFacts {
  const windowMonths = component.kind === 'revenue_share' ? component.windowMonths : undefined;
  const firstPurchaseAt = sale.firstPurchase?.at;
  const windowEndsAt =
    windowMonths !== undefined && firstPurchaseAt !== undefined
      ? toInstant(addCalendarMonths(toEpochMs(firstPurchaseAt), windowMonths, zone))
      : undefined;
  const known = { tier: tier?.tier, firstPurchaseAt, windowMonths, windowEndsAt, agreementEndedAt: agreement?.endsAt };
  const rateRule = rateRuleOf(component, sale, tier?.tier);
  const paysIn = currencyOf(component, program.currency);
  const baseMinor = sale.amountMinor - sale.nettedMinor;
  const { credit } = sale;
  return { ...known, currency, programCurrency: program.currency, rateRule, paysIn, baseMinor, credit };
}

function rateRuleOf(component: Component, sale: MaturedConversion, tier: string | undefined): string | undefined {
  if (component.kind !== 'revenue_share') return undefined;
  const tiers = 'ratesByTier' in component ? component.ratesByTier : undefined;
  return makeRateFinder(component.rates, tiers)({ conversion: sale, tier })?.words;
}

export function convertedPart({ conversion }: ExplainedOrder): Explanation['convertedFrom'] {
  const { convertedFrom, amountMinor, currency } = conversion;
  return convertedFrom && { ...convertedFrom, sentence: conversionSentence(convertedFrom, amountMinor, currency) };
}
