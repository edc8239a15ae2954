import type {
  BindingChange,
  BindingStore,
  RememberedTouches,
  TouchStore,
} from '#shared/application/referrals/customers/customer-ports';
import type { ConversionStore, CustomerChange, CustomerRecord } from '#shared/application/referrals/ports';
import type { CustomerHistory } from '#shared/domain/facts/first-purchase';

export type FakeCustomers = {
  readonly bindings: BindingStore;
  readonly touches: TouchStore;
  readonly history: ConversionStore['history'];
  /** Changes by people of a programme, of any customer. */
  readonly changesOf: (programId: string) => readonly BindingChange[];
  /** What a sale changes; false, and nothing changed: another writer was faster. */
  readonly change: (programId: string, customerId: string, change: CustomerChange) => boolean;
};

/** Customers in memory, with the conditions of the table. */
export function makeFakeCustomers(customers: Map<string, CustomerRecord>): FakeCustomers {
  const remembered = new Map<string, RememberedTouches>();
  const records = new Map<string, readonly BindingChange[]>();
  const id = (programId: string, customerId: string): string => `${programId} ${customerId}`;
  return {
    history: async (programId, customerId) => {
      const touches = remembered.get(id(programId, customerId))?.touches;
      return { ...customers.get(id(programId, customerId)), ...(touches ? { touches } : {}) };
    },
    change: (programId, customerId, { standsOn, ...change }) => {
      const known = customers.get(id(programId, customerId)) ?? {};
      if (isBehind(known, change) || (standsOn && isAnother(known, standsOn))) return false;
      if (Object.keys(change).length > 0) customers.set(id(programId, customerId), { ...known, ...change });
      return true;
    },
    changesOf: (programId) =>
      [...records.entries()].filter(([key]) => key.startsWith(id(programId, ''))).flatMap(([, made]) => made),
    bindings: {
      save: async ({ programId, customerId }, bindings, change) => {
        const known = customers.get(id(programId, customerId)) ?? {};
        if (lastNumber(known) !== bindings.at(-2)?.number) return 'contended';
        customers.set(id(programId, customerId), { ...known, bindings });
        records.set(id(programId, customerId), [change, ...(records.get(id(programId, customerId)) ?? [])]);
        return 'saved';
      },
      changes: async ({ programId, customerId }, limit) =>
        (records.get(id(programId, customerId)) ?? []).slice(0, limit),
    },
    touches: {
      read: async ({ programId, customerId }) =>
        remembered.get(id(programId, customerId)) ?? { touches: [], revision: 0 },
      save: async ({ programId, customerId }, touches) => {
        if ((remembered.get(id(programId, customerId))?.revision ?? 0) !== touches.revision - 1) return 'contended';
        remembered.set(id(programId, customerId), touches);
        return 'saved';
      },
    },
  };
}

const lastNumber = ({ bindings }: CustomerRecord): number | undefined => bindings?.at(-1)?.number;

const rankOf = ({ first }: CustomerHistory): string | undefined =>
  first && `${first.period}#${first.occurredAt}#${first.conversionId}`;

/** Each member only ever moves to an earlier value. */
function isBehind(known: CustomerHistory, { first, suppliedAt }: CustomerHistory): boolean {
  const [before, after] = [rankOf(known), rankOf({ first })];
  if (before !== undefined && after !== undefined && before <= after) return true;
  return suppliedAt !== undefined && known.suppliedAt !== undefined && known.suppliedAt <= suppliedAt;
}

function isAnother(known: CustomerRecord, read: CustomerRecord): boolean {
  return (
    rankOf(known) !== rankOf(read) || known.suppliedAt !== read.suppliedAt || lastNumber(known) !== lastNumber(read)
  );
}
