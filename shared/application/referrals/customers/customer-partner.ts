import type { Program } from '#shared/application/programs';
import type { BindingChange, CustomerKey } from '#shared/application/referrals/customers/customer-ports';
import { type Instant, toInstant } from '#shared/domain/time/instant';
import type { TimeZone } from '#shared/domain/time/time-zone';
import { type Binding, bindingAt, bindingEnd, bindingTouch } from '#shared/domain/tracking/binding';

/** Changes by people that are shown of one customer, the newest; it is a decision a customer has once or twice. */
export const MAX_CHANGES_SHOWN = 100;

/** Whose a customer is, and how it came to that. */
export type CustomerPartner = {
  readonly customerId: string;
  /** Whom a sale made now without a better claim goes to; `undefined`: nobody. */
  readonly partnerId: string | undefined;
  readonly since?: Instant | undefined;
  /** Exclusive; absent: until somebody says otherwise. */
  readonly until?: Instant | undefined;
  /** The sale that bound the customer; absent: a person did. */
  readonly orderId?: string | undefined;
  /** In the order recorded; the oldest of very many are not kept here. */
  readonly bindings: readonly Binding[];
  /** By people, newest first. */
  readonly changes: readonly BindingChange[];
};

export function customerPartnerOf(
  { customerId }: CustomerKey,
  bindings: readonly Binding[],
  changes: readonly BindingChange[],
  { program, zone, at }: { readonly program: Program; readonly zone: TimeZone; readonly at: Instant },
): CustomerPartner {
  const rules = program.attribution;
  const touch = bindingTouch(bindings, at, rules, zone);
  const standing = touch && touch.rejected === undefined ? bindingAt(bindings, at) : undefined;
  if (!standing) return { customerId, partnerId: undefined, bindings, changes };
  const { partnerId, from: since, orderId } = standing;
  const end = bindingEnd(standing, rules, zone);
  const until = end === undefined ? undefined : toInstant(end);
  return { customerId, partnerId, since, until, orderId, bindings, changes };
}
