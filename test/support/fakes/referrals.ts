import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { isConversionPosition } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { recordsOfOrder } from '#shared/adapters/dynamodb/referrals/sales/reattributions';
import type { ReattributorsReader } from '#shared/application/reattributors';
import { purchaseFact, type ReferralFacts } from '#shared/application/referral-facts';
import type { BindingStore, TouchStore } from '#shared/application/referrals/customers/customer-ports';
import type { HoldStore } from '#shared/application/referrals/holds/hold-ports';
import type {
  ConversionPages,
  ConversionRecord,
  ConversionStore,
  CustomerRecord,
  ReattributionRecord,
  ReattributionStore,
  RefundRecord,
  RefundStore,
} from '#shared/application/referrals/ports';
import type { FraudLooks } from '#shared/application/referrals/sales/check-sale';
import { type CustomerHistory, firstPurchaseOf } from '#shared/domain/facts/first-purchase';
import { compareText, type Period } from '#shared/domain/time/instant';
import { makeFakeCustomers } from '#test/support/fakes/customers';
import { makeFakeHolds, makeFakeLooks } from '#test/support/fakes/fraud';
import { makeFakeParts } from '#test/support/fakes/split-sales';

export type FakeReferrals = {
  readonly conversions: ConversionStore;
  readonly refunds: RefundStore;
  readonly reattributions: ReattributionStore;
  readonly facts: ReferralFacts;
  readonly reattributors: ReattributorsReader;
};

/** Conversions, refunds and customers in memory, with the conditions of the table. */
export function makeFakeReferrals(): FakeReferrals & {
  readonly sales: ConversionPages;
  readonly bindings: BindingStore;
  readonly touches: TouchStore;
  readonly holds: HoldStore;
  readonly looks: FraudLooks;
} {
  const sales = new Map<string, ConversionRecord>();
  const gaveBack = new Map<string, RefundRecord>();
  const customers = new Map<string, CustomerRecord>();
  const house = makeFakeCustomers(customers);
  const parts = makeFakeParts();
  const holds = makeFakeHolds();
  const records = new Map<string, readonly ReattributionRecord[]>();
  /** What closed months have read and keep. */
  const former: { sales: ConversionRecord[]; refunds: RefundRecord[] } = { sales: [], refunds: [] };
  const id = (...parts: string[]): string => parts.join(' ');

  const refundsOf = (programId: string, orderId: string): RefundRecord[] =>
    [...gaveBack.values()]
      .filter((refund) => refund.programId === programId && refund.orderId === orderId)
      .sort((a, b) => compareText(a.refundId, b.refundId));
  const conversions: ConversionStore = {
    history: house.history,
    add: async (conversion, improvement, split = []) => {
      const { programId, orderId, customerId } = conversion;
      if (sales.has(id(programId, orderId))) return 'exists';
      if (!house.change(programId, customerId, improvement)) return 'contended';
      sales.set(id(programId, orderId), conversion);
      parts.add(conversion, split);
      holds.begin(conversion);
      return 'recorded';
    },
    find: async (programId, orderId) => sales.get(id(programId, orderId)),
    findOrder: async (programId, orderId) => {
      const conversion = sales.get(id(programId, orderId));
      const hold = holds.known(programId, orderId);
      return (
        conversion && {
          conversion,
          refunds: refundsOf(programId, orderId),
          ...recordsOfOrder(records.get(id(programId, orderId)) ?? []),
          ...parts.of(programId, orderId),
          ...(hold ? { hold } : {}),
        }
      );
    },
  };
  const refunds: RefundStore = {
    add: async (refund, saleMinor, reattributions = 0, split = undefined) => {
      const { programId, refundId, orderId, amountMinor, late } = refund;
      if (gaveBack.has(id(programId, refundId))) return 'exists';
      const sale = sales.get(id(programId, orderId));
      if (sale && (sale.reattributions ?? 0) !== reattributions) return 'contended';
      if (sale && split && sale.refundedMinor !== split.refundedBeforeMinor) return 'contended';
      if (!sale || sale.refundedMinor > saleMinor - amountMinor) return 'exceeds';
      gaveBack.set(id(programId, refundId), refund);
      sales.set(id(programId, orderId), {
        ...sale,
        refundedMinor: sale.refundedMinor + amountMinor,
        nettedMinor: sale.nettedMinor + (late ? 0n : amountMinor),
      });
      parts.refund(refund, split);
      return 'recorded';
    },
    find: async (programId, refundId) => gaveBack.get(id(programId, refundId)),
  };
  const reattributions: ReattributionStore = {
    save: async ({ conversion: read, hold }, change) => {
      const { programId, orderId } = read;
      const sale = sales.get(id(programId, orderId));
      const isSame =
        sale?.refundedMinor === read.refundedMinor && (sale.reattributions ?? 0) === (read.reattributions ?? 0);
      if (!isSame || !holds.change(hold, change.hold)) return 'contended';
      sales.set(id(programId, orderId), change.conversion);
      for (const refund of change.refunds) gaveBack.set(id(programId, refund.refundId), refund);
      parts.set(change.conversion, change.parts ?? []);
      for (const { former: kept } of [change, ...(change.parts ?? [])]) {
        if (kept.conversion) former.sales.push(kept.conversion);
        former.refunds.push(...kept.refunds);
      }
      records.set(id(programId, orderId), [...(records.get(id(programId, orderId)) ?? []), change.record]);
      return 'saved';
    },
  };
  const facts = factsOf(
    () => [...parts.counted(sales.values()), ...former.sales],
    () => [...parts.countedRefunds(gaveBack.values()), ...former.refunds],
    customers,
  );
  const reattributors: ReattributorsReader = {
    inPeriod: async (programId, period) => {
      const moved = [...records.entries()]
        .filter(([key]) => key.startsWith(id(programId, '')))
        .flatMap(([, made]) => made)
        .filter(({ after, kind }) => after.period === period && kind !== 'hold' && kind !== 'void')
        .map((record) => ({ ...record, kind: record.kind === 'release' ? ('release' as const) : undefined }));
      const bound = house
        .changesOf(programId)
        .filter((change) => change.period === period)
        .map((change) => ({ ...change, kind: 'binding' as const }));
      return [...moved, ...bound]
        .sort((a, b) => compareText(a.at, b.at))
        .map(({ by, onBehalfOf, at, kind }) => ({
          by,
          ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
          at,
          ...(kind === undefined ? {} : { kind }),
        }));
    },
  };
  return {
    conversions,
    refunds,
    reattributions,
    facts: { ...facts, order: conversions.findOrder },
    reattributors,
    bindings: house.bindings,
    touches: house.touches,
    holds,
    looks: makeFakeLooks(facts),
    sales: pagesOf(
      () => parts.counted(sales.values()),
      () => former.sales,
    ),
  };
}

function pagesOf(now: () => Iterable<ConversionRecord>, former: () => readonly ConversionRecord[]): ConversionPages {
  const positionOf = ({ occurredAt, orderId }: ConversionRecord): string => `C#${occurredAt}#${orderId}`;
  return {
    ofMonth: async (of, { cursor, limit }) => {
      const after = cursor === undefined ? '' : fromCursor(cursor, isConversionPosition);
      const rows = [
        ...[...now()].map((conversion) => ({ conversion, isFormer: false })),
        ...former().map((conversion) => ({ conversion, isFormer: true })),
      ]
        .filter(({ conversion }) => conversion.programId === of.programId && conversion.partnerId === of.partnerId)
        .filter(({ conversion }) => conversion.period === of.period && positionOf(conversion) > after)
        .sort((a, b) => compareText(positionOf(a.conversion), positionOf(b.conversion)));
      const items = rows.slice(0, limit);
      const last = items.at(-1)?.conversion;
      return rows.length > limit && last ? { items, nextCursor: toCursor(positionOf(last)) } : { items };
    },
  };
}

type Fact = { readonly programId: string; readonly partnerId: string | undefined; readonly period: Period };

function factsOf(
  sales: () => Iterable<ConversionRecord>,
  gaveBack: () => Iterable<RefundRecord>,
  customers: ReadonlyMap<string, CustomerHistory>,
): Omit<ReferralFacts, 'order'> {
  const matching = <T extends Fact & { readonly occurredAt: string }>(
    facts: Iterable<T>,
    wanted: Fact,
    idOf: (fact: T) => string,
  ): T[] =>
    [...facts]
      .filter((fact) => fact.programId === wanted.programId && fact.partnerId === wanted.partnerId)
      .filter((fact) => fact.period === wanted.period)
      .sort((a, b) => compareText(a.occurredAt, b.occurredAt) || compareText(idOf(a), idOf(b)));
  return {
    conversions: async function* (programId, partnerId, period) {
      yield* matching(sales(), { programId, partnerId, period }, (sale) => sale.orderId);
    },
    refunds: async function* (programId, partnerId, period) {
      yield* matching(gaveBack(), { programId, partnerId, period }, (refund) => refund.refundId);
    },
    firstPurchases: async (programId, customerIds) =>
      new Map(
        customerIds.flatMap((customerId) => {
          const history = customers.get(`${programId} ${customerId}`) ?? {};
          const first = firstPurchaseOf(history);
          return first ? [[customerId, purchaseFact(first, history)] as const] : [];
        }),
      ),
  };
}
