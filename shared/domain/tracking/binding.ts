import { addCalendarMonths } from '../time/calendar.ts';
import { type Instant, toEpochMs } from '../time/instant.ts';
import type { TimeZone } from '../time/time-zone.ts';
import type { AttributionRules, Touch } from './attribution.ts';

/** That a customer belongs to a partner from an instant on, or to nobody. */
export type Binding = {
  /** 1, 2, 3 ... of the customer: who writes the next one must have seen this one. */
  readonly number: number;
  /** `undefined`: a manager unbound the customer. */
  readonly partnerId: string | undefined;
  readonly from: Instant;
  /** The sale that bound the customer; absent: a manager did. */
  readonly orderId?: string | undefined;
};

/** Kept with the customer; the oldest gives way. A manager's have records of their own, a sale's is the sale. */
export const MAX_BINDINGS_KEPT = 20;

/** The binding that stands at an instant: of those from then or before the last recorded. */
export function bindingAt(bindings: readonly Binding[], at: Instant): Binding | undefined {
  return bindings
    .filter(({ from }) => from <= at)
    .reduce<Binding | undefined>(
      (last, one) => (last === undefined || one.number > last.number ? one : last),
      undefined,
    );
}

/**
 * When a sale's binding ends, exclusive: `bindingMonths` calendar months after its sale, on the wall clock of the programme.
 * `undefined`: it does not end by itself, as no manager's does.
 */
export function bindingEnd({ from, orderId }: Binding, rules: AttributionRules, zone: TimeZone): number | undefined {
  const { bindingMonths } = rules;
  if (bindingMonths === undefined || orderId === undefined) return undefined;
  return addCalendarMonths(toEpochMs(from), bindingMonths, zone);
}

/**
 * The binding as a touch of a sale: rejected once it has ended. A manager's counts whatever `bindCustomers` says; one that
 * a sale made counts while sales bind.
 */
export function bindingTouch(
  bindings: readonly Binding[],
  soldAt: Instant,
  rules: AttributionRules,
  zone: TimeZone,
): Touch | undefined {
  const binding = bindingAt(bindings, soldAt);
  if (binding?.partnerId === undefined) return undefined;
  const { partnerId, from, orderId } = binding;
  if (orderId !== undefined && rules.bindCustomers !== 'first_sale') return undefined;
  const end = bindingEnd(binding, rules, zone);
  const hasEnded = end !== undefined && toEpochMs(soldAt) >= end;
  const touch: Touch = { kind: 'binding', reference: orderId, partnerId, at: toEpochMs(from) };
  return hasEnded ? { ...touch, rejected: 'binding_ended' } : touch;
}

/**
 * The binding that a sale makes: of the partner it was attributed to, if it earns at all and nobody has the customer then
 * or later. The first writer wins: a sale of before that is recorded later takes nobody away, and undoes no unbinding.
 */
export function bindingBy(
  sale: {
    readonly orderId: string;
    readonly partnerId: string | undefined;
    readonly occurredAt: Instant;
    readonly earnsNothing?: string | undefined;
  },
  bindings: readonly Binding[],
  rules: AttributionRules,
  zone: TimeZone,
): Binding | undefined {
  const { orderId, partnerId, occurredAt, earnsNothing } = sale;
  if (rules.bindCustomers !== 'first_sale' || partnerId === undefined || earnsNothing !== undefined) return undefined;
  const standing = bindingTouch(bindings, occurredAt, rules, zone);
  if (standing && standing.rejected === undefined) return undefined;
  if (bindings.some(({ from }) => from > occurredAt)) return undefined;
  return { number: nextNumber(bindings), partnerId, from: occurredAt, orderId };
}

export function nextNumber(bindings: readonly Binding[]): number {
  return bindings.reduce((last, { number }) => Math.max(last, number), 0) + 1;
}

/** With one more; what is beyond {@link MAX_BINDINGS_KEPT} gives way, the oldest first. */
export function withBinding(bindings: readonly Binding[], binding: Binding): readonly Binding[] {
  return [...bindings, binding].slice(-MAX_BINDINGS_KEPT);
}
