import type {
  ConversionFact,
  FirstPurchase,
  HasFacts,
  ReferralFacts,
  RefundFact,
  SaleFacts,
} from '#shared/application/referral-facts';
import { compareFirstPurchases, type FirstPurchaseCandidate, firstPurchase } from '#shared/domain/facts/facts';
import { isKnownAt } from '#shared/domain/ledger/liability';
import type { Instant, Period } from '#shared/domain/time/instant';

export type AsOf = {
  readonly programId: string;
  readonly at: Instant;
  /** Not before `at`: what was recorded later is left out. */
  readonly knownAt: Instant;
  /** The months that were not closed then, in order. */
  readonly periods: readonly Period[];
  /** Months, from the first open one, of all sales that were recorded before the last of `periods` was closed. */
  readonly salesIn: readonly Period[];
  /** Since when months took no more facts, of those whose run had been opened by `knownAt`. */
  readonly closings: ReadonlyMap<Period, Instant>;
  /** Every partner, for the first purchases of their customers. */
  readonly partnerIds: readonly string[];
};

/**
 * A partner's facts until an instant as they were known at it or later: what occurred after `at` or was recorded after
 * `knownAt` is left out, and of a sale's netted refunds what is left out is added back. `refunds` are the partner's of all
 * the months.
 */
export function factsOfPartnerAsOf(
  facts: ReferralFacts,
  { at, knownAt }: Pick<AsOf, 'at' | 'knownAt'>,
  refunds: readonly RefundFact[],
): Pick<ReferralFacts, 'conversions' | 'refunds' | 'order'> {
  const later = new Map<string, bigint>();
  for (const refund of refunds) {
    if (refund.late || isKnownAt(refund, at, knownAt)) continue;
    later.set(refund.orderId, (later.get(refund.orderId) ?? 0n) + refund.amountMinor);
  }
  const asOf = (fact: ConversionFact): ConversionFact => {
    const unknown = later.get(fact.orderId);
    return unknown === undefined ? fact : { ...fact, nettedMinor: fact.nettedMinor - unknown };
  };
  const saleAsOf = ({ conversion, refunds: all }: SaleFacts): SaleFacts => ({
    conversion: asOf(conversion),
    refunds: all.filter((refund) => isKnownAt(refund, at, knownAt)),
  });
  return {
    async *conversions(programId, partnerId, period) {
      for await (const fact of facts.conversions(programId, partnerId, period)) {
        // They come by when they occurred: a month long after the instant is not read to its end.
        if (fact.occurredAt > at) break;
        if (isKnownAt(fact, at, knownAt)) yield asOf(fact);
      }
    },
    async *refunds(_programId, _partnerId, period) {
      for (const refund of refunds) if (refund.period === period && isKnownAt(refund, at, knownAt)) yield refund;
    },
    async order(programId, orderId) {
      const order = await facts.order(programId, orderId);
      return (
        order && {
          ...saleAsOf(order),
          // Of a split sale only the partner's own part is looked at, which the partner's refunds are of.
          parts: order.parts?.map(saleAsOf),
        }
      );
    },
  };
}

/** The same facts without a read for a month that has none: books may be years behind, and most of those months are empty. */
export function withoutEmptyMonths(
  facts: ReferralFacts,
  hasFacts: HasFacts,
): ReferralFacts & { readonly has: HasFacts } {
  const known = new Map<string, Promise<boolean>>();
  const has: HasFacts = (programId, partnerId, period) => {
    const key = `${partnerId ?? ''}#${period}`;
    const asked = known.get(key) ?? hasFacts(programId, partnerId, period);
    known.set(key, asked);
    return asked;
  };
  return {
    has,
    async *conversions(programId, partnerId, period) {
      if (await has(programId, partnerId, period)) yield* facts.conversions(programId, partnerId, period);
    },
    async *refunds(programId, partnerId, period) {
      if (await has(programId, partnerId, period)) yield* facts.refunds(programId, partnerId, period);
    },
    firstPurchases: (programId, customerIds) => facts.firstPurchases(programId, customerIds),
    order: (programId, orderId) => facts.order(programId, orderId),
  };
}

type OpenSales = {
  readonly orders: ReadonlySet<string>;
  readonly supplied: ReadonlySet<string>;
  readonly customers: ReadonlyMap<string, Customer>;
};

/**
 * First purchases as they were known at an instant (design.md, Commission semantics 2). One that lies in a closed month never
 * moves and is answered as stored; one in an open month may have come to light later, so that those are found again among the
 * sales that were known. A date that a later sale names can still count until the purchase's month is closed, so that sales of
 * later months are looked at too; one that a sale of a closed month named is listed with the customer. Reads the open months'
 * sales once, when the first customer is asked for.
 */
export function firstPurchasesAsOf(
  facts: Pick<ReferralFacts, 'firstPurchases' | 'conversions'>,
  asOf: AsOf,
): ReferralFacts['firstPurchases'] {
  let sales: Promise<OpenSales> | undefined;
  return async (programId, customerIds) => {
    sales ??= readOpenSales(facts, asOf);
    const { orders, supplied, customers } = await sales;
    const stored = await facts.firstPurchases(programId, customerIds);
    const found = new Map<string, FirstPurchase>();
    for (const customerId of customerIds) {
      const first = stored.get(customerId);
      const orderId = first?.firstSale?.conversionId ?? first?.orderId;
      // Of a customer from before its first sale was told beside a supplied date, the date alone can say that it may be open.
      const isOpen = orderId === undefined ? supplied.has(`${customerId}#${first?.at}`) : orders.has(orderId);
      const known = isOpen ? purchaseAsOf(customers.get(customerId), first, asOf) : first;
      if (known) found.set(customerId, known);
    }
    return found;
  };
}

type Customer = { first?: FirstPurchaseCandidate; offers: { at: Instant; period: Period; recordedAt: Instant }[] };

async function readOpenSales(facts: Pick<ReferralFacts, 'conversions'>, asOf: AsOf): Promise<OpenSales> {
  const orders = new Set<string>();
  const supplied = new Set<string>();
  const customers = new Map<string, Customer>();
  for (const partnerId of [...asOf.partnerIds, undefined]) {
    for (const period of asOf.salesIn) {
      for await (const fact of facts.conversions(asOf.programId, partnerId, period)) {
        orders.add(fact.orderId);
        const { customerId, occurredAt, customerFirstPurchaseAt: offered, recordedAt = occurredAt } = fact;
        if (offered !== undefined) supplied.add(`${customerId}#${offered}`);
        if (occurredAt > asOf.at || recordedAt > asOf.knownAt) continue;
        const customer = customers.get(customerId) ?? { offers: [] };
        customers.set(customerId, customer);
        if (offered !== undefined) customer.offers.push({ at: offered, period, recordedAt });
        const candidate = {
          period: fact.firstPurchasePeriod ?? fact.period,
          occurredAt,
          conversionId: fact.orderId,
        };
        const isFirst = customer.first === undefined || compareFirstPurchases(candidate, customer.first) < 0;
        if (fact.amountMinor > 0n && isFirst) customer.first = candidate;
      }
    }
  }
  return { orders, supplied, customers };
}

/** From the sales that were known, and the dates that sales no longer looked at had named by then. */
function purchaseAsOf(
  customer: Customer | undefined,
  stored: FirstPurchase | undefined,
  asOf: AsOf,
): FirstPurchase | undefined {
  const { first, offers = [] } = customer ?? {};
  if (!first) return undefined;
  const listed = (stored?.suppliedDates ?? []).filter((date) => isKnownAt(date, asOf.at, asOf.knownAt));
  const counting = [...offers, ...listed].filter((offer) => counts(offer, first, asOf)).map((offer) => offer.at);
  const { at, conversionId } = firstPurchase(first, counting.sort()[0]);
  return { at, orderId: conversionId };
}

/** A date that was named after the first purchase's month was closed is ignored. */
function counts(
  offer: { readonly period: Period; readonly recordedAt: Instant },
  first: FirstPurchaseCandidate,
  { closings }: AsOf,
): boolean {
  const closingSince = closings.get(first.period);
  return closingSince === undefined || offer.period === first.period || offer.recordedAt < closingSince;
}
