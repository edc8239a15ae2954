import type { BillingStore, RecordedBilling } from '#shared/application/partners/set-billing';

/** Billing data in memory: every change is kept, as in the table. */
export function makeFakeBillings(): BillingStore {
  const billings = new Map<string, RecordedBilling[]>();
  return {
    billing: async (programId, partnerId, asOf) => {
      const all = billings.get(`${programId}#${partnerId}`) ?? [];
      const then = asOf === undefined ? all : all.filter(({ changedAt }) => changedAt <= asOf);
      const found = then.at(-1) ?? all[0];
      if (!found) return undefined;
      const { changedAt: _, changedBy: __, onBehalfOf: ___, ...billing } = found;
      return billing;
    },
    save: async (programId, partnerId, billing) => {
      const key = `${programId}#${partnerId}`;
      billings.set(key, [...(billings.get(key) ?? []), billing]);
    },
  };
}
