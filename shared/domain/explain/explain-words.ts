import type { ConvertedFrom } from '../money/convert-money.ts';
import { toDecimal } from '../money/minor-units.ts';
import { type Currency, shareOf } from '../money/money.ts';
import { type Credit, partOf, shareBpsOf } from '../money/split-credit.ts';
import { type Component, hasCap, isPaidByThePeriod } from '../plan/plan.ts';
import type { StatementLine } from '../statement/statement.ts';
import type { Instant } from '../time/instant.ts';
import type { AttributionReason, TouchRejection, WeighedTouch } from '../tracking/attribution.ts';
import type { ComponentDecision } from './explain-decisions.ts';
import type { ExplainedPeriod } from './explain-period.ts';

/** Sentences for people about what the rules decided: no term that is not on their statement. */

export function money(minor: bigint, currency: Currency): string {
  return `${toDecimal(minor, currency)} ${currency}`;
}

const REJECTIONS: Readonly<Record<TouchRejection, string>> = {
  token_not_genuine: 'its click token is not genuine',
  other_program: 'it belongs to another programme',
  unknown_code: 'no such code was given out',
  code_disabled: 'the code was disabled',
  code_not_valid_then: 'the code was not valid at the time of the sale',
  outside_window: 'it is older than the programme looks back',
  after_the_sale: 'it came after the sale',
  binding_ended: 'the months for which the sale bound the customer were over',
};

export function touchSentence(touch: WeighedTouch, named: string): string {
  if (touch.outcome === 'won') return `${named} won.`;
  if (touch.outcome === 'outweighed') return `${named} counted but was outweighed.`;
  return `${named} did not count: ${touch.rejected ? REJECTIONS[touch.rejected] : 'it leads to no partner'}.`;
}

const ATTRIBUTION: Readonly<Record<AttributionReason, string>> = {
  named_by_merchant: 'the merchant named the partner, which outranks codes and links',
  only_touch: 'it is the only touch that counts',
  code_beats_link: 'in this programme a code outranks a link',
  link_beats_code: 'in this programme a link outranks a code',
  last_touch: 'of several codes or clicks the last one wins',
  first_touch: 'of several codes or clicks the first one wins',
  bound_customer: 'the customer is bound to the partner, and no code or click counts',
  binding_beats_touches: 'the customer is bound to the partner, which in this programme outranks codes and links',
  touches_beat_binding: 'in this programme codes and links outrank the partner that the customer is bound to',
  no_touch: 'it came with no partner, code or click',
  no_valid_touch: 'nothing that it came with leads to a partner',
};

export function attributionSentence(why: AttributionReason, partnerId: string | undefined): string {
  if (partnerId !== undefined) return `The sale belongs to partner ${partnerId}: ${ATTRIBUTION[why]}.`;
  return `Nobody can claim this sale: ${ATTRIBUTION[why]}. It is kept, so that a partner can still dispute it.`;
}

export function periodSentence(explained: ExplainedPeriod, recordedAt: Instant): string {
  const { period, reason, holdDays, zone, maturesOn, naturalPeriod } = explained;
  const hold = `${holdDays} ${holdDays === 1 ? 'day' : 'days'}`;
  if (reason === 'month_of_sale') return `It happened on ${maturesOn} in ${zone}, so it belongs to ${period}.`;
  if (reason === 'month_after_hold') {
    return `With the hold of ${hold} it matures on ${maturesOn} in ${zone}, so it belongs to ${period}.`;
  }
  if (reason === 'reattributed') {
    return `It counts from ${period} on: that was the first open month when it was decided on again.`;
  }
  const due = holdDays === 0 ? `It happened on ${maturesOn}` : `With the hold of ${hold} it matures on ${maturesOn}`;
  return `${due} in ${zone}, but ${naturalPeriod} was closed when it was recorded at ${recordedAt}: it belongs to the first open month, ${period}.`;
}

export function nettingSentence(
  sale: { readonly amountMinor: bigint; readonly nettedMinor: bigint; readonly currency: Currency },
  count: number,
): string {
  const { amountMinor, nettedMinor, currency } = sale;
  if (nettedMinor === 0n) return `No refund came in time to reduce it: it counts with ${money(amountMinor, currency)}.`;
  const refunds = count === 1 ? 'A refund' : `${count} refunds`;
  const base = money(amountMinor - nettedMinor, currency);
  return `${refunds} of ${money(nettedMinor, currency)} came no later than its month: ${base} of ${money(amountMinor, currency)} is left to earn on.`;
}

/** What is known of a component's own rule, to say why it paid nothing. */
export type ReasonFacts = {
  readonly tier?: string | undefined;
  readonly currency: Currency;
  readonly programCurrency: Currency;
  readonly firstPurchaseAt?: Instant | undefined;
  readonly windowMonths?: number | undefined;
  /** End of the component's window: the first instant that is outside. */
  readonly windowEndsAt?: Instant | undefined;
  /** The one currency that the component pays in; the programme's if absent. */
  readonly paysIn?: Currency | undefined;
  /** The component's rule that sets the sale's rate. */
  readonly rateRule?: string | undefined;
  /** What is left of the sale to earn on. */
  readonly baseMinor?: bigint | undefined;
  /** Which part of a split sale it is; absent: all of it. */
  readonly credit?: Credit | undefined;
  /** End of the agreement that is honoured after it. */
  readonly agreementEndedAt?: Instant | undefined;
};

/** `at most 50.00 EUR for one customer and 200.00 EUR in all in a statement`; `undefined` for a component without caps. */
export function capWords(component: Component, currency: Currency): string | undefined {
  if (isPaidByThePeriod(component)) return undefined;
  const { capPerCustomerMinor, capPerPeriodMinor } = component;
  const each = capPerCustomerMinor === undefined ? [] : [`${money(capPerCustomerMinor, currency)} for one customer`];
  const all = capPerPeriodMinor === undefined ? [] : [`${money(capPerPeriodMinor, currency)} in all`];
  const caps = [...each, ...all];
  return caps.length === 0 ? undefined : `at most ${caps.join(' and ')} in a statement`;
}

/** Completes "earned nothing because ...". */
export function reasonWords(reason: string | undefined, facts: ReasonFacts, component?: Component | undefined): string {
  const { tier, currency, programCurrency, firstPurchaseAt, windowMonths, windowEndsAt } = facts;
  const caps = component && capWords(component, facts.paysIn ?? currency);
  const words: Readonly<Record<string, string>> = {
    existing_customer: 'in this programme only new customers pay, and the customer had bought before',
    self_referral: 'the partner is the customer: a self-referral never earns',
    fraud_hold: 'it is under review: it counts as soon as the programme accepts it',
    fraud_void: 'the programme looked at it and did not accept it',
    no_agreement: 'the partner had no agreement in force when it happened',
    no_value: 'the sale has no value',
    refunded_before_the_statement: 'all of it was refunded before its month was stated',
    plan_pays_no_conversions: 'the plan in force pays nothing for single sales',
    no_tier: 'the partner had no programme tier when it happened',
    tier_not_named: `it names no rate for the tier ${tier ?? ''}`.trim(),
    outside_window: `it pays for ${windowMonths ?? 0} months from the customer's first purchase, which ended at ${windowEndsAt ?? ''}`,
    not_the_first_purchase: `the customer's first purchase was another one, at ${firstPurchaseAt ?? ''}`,
    other_currency: `it pays in ${facts.paysIn ?? programCurrency} only and the sale is in ${currency}`,
    cap_reached: `earlier sales of the month had reached its cap: it pays ${caps ?? 'no more than that'}`,
    after_agreement_ended: `the agreement ended at ${facts.agreementEndedAt ?? ''} and since then only shares with a window go on`,
    not_stated: 'the statement has no line of it',
  };
  return words[reason ?? ''] ?? `the attribution decided ${reason ?? 'so'}`;
}

const KINDS: Readonly<Record<ComponentDecision['component']['kind'], string>> = {
  revenue_share: 'revenue share',
  referral_fee: 'referral fee',
  fixed_fee: 'fixed fee',
  minimum_commitment: 'minimum commitment',
};

const BPS_A_PERCENT = 100;

function sumOf(lines: readonly StatementLine[]): bigint {
  return lines.reduce((sum, line) => sum + line.amountMinor, 0n);
}

/** `12.5 % of 100.00 GBP`; nothing for a fee. */
function sharePart({ baseMinor, rateBps }: StatementLine, currency: Currency): string | undefined {
  if (baseMinor === undefined || rateBps === undefined) return undefined;
  return `${rateBps / BPS_A_PERCENT} % of ${money(baseMinor, currency)}`;
}

export function decisionSentence(decision: ComponentDecision, facts: ReasonFacts, isEstimate: boolean): string {
  const { component, outcome, lines, reason } = decision;
  const named = `The ${KINDS[component.kind]} "${component.id}"`;
  if (outcome === 'by_the_period') return `${named} pays by the month, not for a single sale.`;
  if (outcome === 'not_counted') {
    return `${named} pays by bracket or cap; this month has too many sales to say before its statement what is left of it.`;
  }
  if (outcome === 'nothing')
    return `${named} ${isEstimate ? 'earns' : 'earned'} nothing because ${reasonWords(reason, facts, component)}.`;
  const parts = lines.flatMap((line) => sharePart(line, facts.currency) ?? []).join(' and ');
  const total = money(sumOf(lines), facts.currency);
  const rule = facts.rateRule === undefined ? '' : `, by its ${facts.rateRule}`;
  const caps = isCut(decision, facts) ? `, cut to its cap: ${capWords(component, facts.currency)}` : '';
  const fee = component.kind === 'referral_fee' ? feePart(component.amountMinor, facts) : '';
  return `${named} ${isEstimate ? 'would earn' : 'earned'} ${total}${parts === '' ? '' : `: ${parts}`}${fee}${rule}${caps}.`;
}

/** `: its part, 33.33 %, of 5.00 EUR`; nothing where the sale is not split. */
function feePart(amountMinor: bigint, { credit, currency }: ReasonFacts): string {
  return credit ? `: its part, ${shareBpsOf(credit) / BPS_A_PERCENT} %, of ${money(amountMinor, currency)}` : '';
}

/** Whether the lines pay less than the component's rule says: less on a line, or on less than what was left of the sale. */
function isCut({ component, lines }: ComponentDecision, { baseMinor = 0n, credit }: ReasonFacts): boolean {
  if (!hasCap(component)) return false;
  if (component.kind === 'referral_fee') return sumOf(lines) < partOf(component.amountMinor, credit);
  const paidOn = lines.reduce((sum, line) => sum + (line.baseMinor ?? 0n), 0n);
  return (
    paidOn < baseMinor || lines.some((line) => line.amountMinor < shareOf(line.baseMinor ?? 0n, line.rateBps ?? 0))
  );
}

/** What the money was before it was converted, and how it was. */
export function conversionSentence(from: ConvertedFrom, amountMinor: bigint, currency: Currency): string {
  const rate = `${from.rate} ${currency} for one ${from.currency}, as ${from.source} stated at ${from.at}`;
  return `It was made in ${money(from.minor, from.currency)} and converted at ${rate}: ${money(amountMinor, currency)}.`;
}

export function clawbackSentence(
  refund: { readonly refundId: string; readonly kind: string; readonly period: string; readonly amountMinor: bigint },
  lines: readonly StatementLine[],
  currency: Currency,
  isEstimate: boolean,
): string {
  const { refundId, kind, period, amountMinor } = refund;
  const what = `The ${kind} ${refundId} of ${money(amountMinor, currency)} belongs to ${period}, after the month of the sale`;
  if (lines.length === 0) return `${what}: it takes nothing back.`;
  return `${what}: it ${isEstimate ? 'would take' : 'took'} back ${money(-sumOf(lines), currency)}.`;
}
