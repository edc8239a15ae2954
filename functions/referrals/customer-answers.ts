import type { CustomerPartner } from '#shared/application/referrals/customers/customer-partner';
import type { RememberTouchesOutput } from '#shared/application/referrals/customers/remember-touches';
import { toInstant } from '#shared/domain/time/instant';

export function customerPartnerAnswer(customer: CustomerPartner): Record<string, unknown> {
  const { customerId, partnerId, since, until, orderId, bindings, changes } = customer;
  return {
    customerId,
    partnerId: partnerId ?? null,
    since,
    until,
    orderId,
    bindings: bindings.map((binding) => ({ ...binding, partnerId: binding.partnerId ?? null })),
    changes: changes.map(({ number, at, by, reason, before, after }) => {
      return { number, at, by, reason, before: before ?? null, after: after ?? null };
    }),
  };
}

export function rememberedAnswer({ customerId, touches, keptUntil }: RememberTouchesOutput): Record<string, unknown> {
  return {
    customerId,
    touches: touches.map(({ kind, reference, partnerId, at, rejected }) => ({
      kind,
      reference,
      partnerId,
      at: at === undefined ? undefined : toInstant(at),
      outcome: rejected === undefined ? 'remembered' : 'rejected',
      rejected,
    })),
    keptUntil,
  };
}
