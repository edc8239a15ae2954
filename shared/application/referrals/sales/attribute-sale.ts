import type { Program } from '#shared/application/programs';
import type { CustomerChange, CustomerRecord, RecordedAttribution } from '#shared/application/referrals/ports';
import { improveHistory } from '#shared/domain/facts/first-purchase';
import type { Instant, Period } from '#shared/domain/time/instant';
import { toEpochMs } from '#shared/domain/time/instant';
import type { TimeZone } from '#shared/domain/time/time-zone';
import { type AttributionRules, attribute, type Touch } from '#shared/domain/tracking/attribution';
import { bindingBy, bindingTouch, withBinding } from '#shared/domain/tracking/binding';
import { boughtBefore, EXISTING_CUSTOMER, isExistingCustomer } from '#shared/domain/tracking/new-customer';

/** What a decision stands on beside the sale itself. */
export type KnownOfCustomer = {
  readonly customer: CustomerRecord;
  readonly program: Program;
  readonly zone: TimeZone;
};

/**
 * Weighs what came with a sale together with what is known of its customer: clicks and codes remembered from before, and
 * the partner it is bound to. Keeps the rules that decided.
 */
export function weighTouches(
  sent: readonly Touch[],
  occurredAt: Instant,
  { customer, program, zone }: KnownOfCustomer,
): {
  readonly partnerId: string | undefined;
  readonly attribution: RecordedAttribution;
  readonly binding: Touch | undefined;
} {
  const rules = rulesOf(program);
  const binding = bindingTouch(customer.bindings ?? [], occurredAt, rules, zone);
  const touches = [...sent, ...(customer.touches ?? []), ...(binding ? [binding] : [])];
  const { partnerId, ...decided } = attribute(touches, toEpochMs(occurredAt), rules);
  return { partnerId, attribution: { ...decided, rules, settingsVersion: program.settingsVersion }, binding };
}

/** Of all attribution settings those that decide, so that a setting of something else is in no decision. */
function rulesOf({ attribution }: Program): AttributionRules {
  const { model, windowDays, codeBeatsLink, newCustomersOnly, bindCustomers } = attribution;
  const { bindingBeatsTouches, bindingMonths } = attribution;
  const months = bindingMonths === undefined ? {} : { bindingMonths };
  return { model, windowDays, codeBeatsLink, newCustomersOnly, bindCustomers, bindingBeatsTouches, ...months };
}

type Sale = {
  readonly occurredAt: Instant;
  readonly customerFirstPurchaseAt?: Instant | undefined;
  readonly isNewCustomer?: boolean | undefined;
};

/** `existing_customer` where only new customers pay and this one is none; else nothing. */
export function nothingForExistingCustomer(
  sale: Sale,
  partnerId: string,
  binding: Touch | undefined,
  { customer, program }: KnownOfCustomer,
): string | undefined {
  const isExisting = isExistingCustomer(rulesOf(program), boughtBefore(customer, sale), partnerId, binding);
  return isExisting ? EXISTING_CUSTOMER : undefined;
}

/**
 * What a decided sale changes of its customer: its first purchase, and the binding it makes. Where that or the decision
 * stands on what was read, nobody else may have changed it meanwhile: of two first sales at once the second decides anew.
 */
export function changeOfCustomer(
  customer: CustomerRecord,
  sale: Sale & {
    readonly conversionId: string;
    readonly orderId: string;
    readonly partnerId: string | undefined;
    readonly period: Period;
    readonly amountMinor: bigint;
    readonly earnsNothing?: string | undefined;
    readonly suppliedAt?: Instant | undefined;
  },
  program: Program,
  zone: TimeZone,
): CustomerChange {
  const rules = rulesOf(program);
  const history = improveHistory(customer, sale, program.closedThrough);
  const known = customer.bindings ?? [];
  const binding = bindingBy(sale, known, rules, zone);
  const isDecidedAsNew = rules.newCustomersOnly === true && history.first !== undefined;
  return {
    ...history,
    ...(binding ? { bindings: withBinding(known, binding) } : {}),
    ...(binding || isDecidedAsNew ? { standsOn: customer } : {}),
  };
}
