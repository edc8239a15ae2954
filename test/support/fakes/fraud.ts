import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { isHoldPosition } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import type { ReferralFacts } from '#shared/application/referral-facts';
import { holdOfSale } from '#shared/application/referrals/holds/hold-of-sale';
import type { Hold, HoldStore, RecentSale } from '#shared/application/referrals/holds/hold-ports';
import type { ConversionRecord } from '#shared/application/referrals/ports';
import type { FraudLooks } from '#shared/application/referrals/sales/check-sale';
import { compareText } from '#shared/domain/time/instant';

/** Looks at the sales of a fake store, and keeps devices in memory. */
export function makeFakeLooks(facts: Pick<ReferralFacts, 'conversions'>): FraudLooks {
  const devices = new Set<string>();
  return {
    recentSales: {
      between: async ({ programId, partnerId, period }, { from, to, limit }) => {
        const found: (RecentSale & { readonly at: string })[] = [];
        for await (const sale of facts.conversions(programId, partnerId, period)) {
          if (sale.occurredAt < from || sale.occurredAt > to) continue;
          const { orderId, customerId, occurredAt: at, deviceHash } = sale as typeof sale & RecentSale;
          found.unshift({ orderId, customerId, deviceHash, at });
        }
        return found.slice(0, limit).map(({ at: _, ...sale }) => sale);
      },
    },
    devices: {
      has: async (...key) => devices.has(key.join(' ')),
      remember: async (...key) => void devices.add(key.join(' ')),
    },
  };
}

/** Holds in memory, with the conditions of the table. */
export function makeFakeHolds(): HoldStore & {
  begin(sale: ConversionRecord): void;
  /** What a change of an order does with its hold; false when it is another by now. */
  change(before: Hold | undefined, after: Hold | undefined): boolean;
  known(programId: string, orderId: string): Hold | undefined;
} {
  const holds = new Map<string, Hold>();
  const keyOf = ({ programId, orderId }: Pick<Hold, 'programId' | 'orderId'>): string => `${programId} ${orderId}`;
  const rankOf = ({ deadline, orderId }: Hold): string => `${deadline}#${orderId}`;
  const byDeadline = (programId: string): Hold[] =>
    [...holds.values()]
      .filter((hold) => hold.programId === programId)
      .sort((a, b) => compareText(rankOf(a), rankOf(b)));
  return {
    begin: (sale) => {
      const hold = holdOfSale(sale);
      if (hold) holds.set(keyOf(hold), hold);
    },
    change: (before, after) => {
      if (!after) return true;
      if (holds.get(keyOf(after))?.status !== before?.status) return false;
      holds.set(keyOf(after), after);
      return true;
    },
    known: (programId, orderId) => holds.get(keyOf({ programId, orderId })),
    find: async (programId, orderId) => holds.get(keyOf({ programId, orderId })),
    list: async ({ programId, status, partnerId }, { cursor, limit }) => {
      const after = cursor === undefined ? '' : fromCursor(cursor, isHoldPosition);
      const rows = byDeadline(programId)
        .filter((hold) => hold.status === status && rankOf(hold) > after)
        .filter((hold) => partnerId === undefined || hold.partnerIds.includes(partnerId));
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return rows.length > limit && last ? { items, nextCursor: toCursor(rankOf(last)) } : { items };
    },
    overdue: async function* (programId, now) {
      yield* byDeadline(programId).filter(({ status, deadline }) => status === 'open' && deadline < now);
    },
    escalate: async (hold, at) => {
      const known = holds.get(keyOf(hold));
      if (known?.status !== 'open') return 'changed';
      holds.set(keyOf(hold), { ...known, status: 'escalated', escalatedAt: at });
      return 'done';
    },
  };
}
