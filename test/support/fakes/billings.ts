import type { Billing } from '#shared/application/billing';
import type { BillingStore } from '#shared/application/partners/set-billing';

/** Billing data in memory: the last one counts. */
export function makeFakeBillings(): BillingStore {
  const billings = new Map<string, Billing>();
  return {
    billing: async (programId, partnerId) => billings.get(`${programId}#${partnerId}`),
    save: async (programId, partnerId, { changedAt: _, changedBy: __, onBehalfOf: ___, ...billing }) => {
      billings.set(`${programId}#${partnerId}`, billing);
    },
  };
}
