import type { Currency } from '../../money/money.ts';
import { compareText, type Instant } from '../../time/instant.ts';

/** What is counted of a sale, or of one partner's part of a split one. */
export type CountedSale = {
  readonly occurredAt: Instant;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  /** Of it, until now. */
  readonly refundedMinor: bigint;
  /** Held for review: it may count later. */
  readonly isHeld: boolean;
  /** Counts for its partner: nothing keeps it from earning. */
  readonly counts: boolean;
  /** A part of a split sale behind its first: over all partners no sale more. */
  readonly isFurtherPart: boolean;
};

/** Sales of a span of time in one currency. */
export type SalesSums = {
  readonly currency: Currency;
  /** Sales that count; of a split one each part. */
  readonly conversions: number;
  /** Among them, parts behind the first of a sale: over all partners these are no sales more. */
  readonly furtherParts: number;
  readonly amountMinor: bigint;
  readonly refundedMinor: bigint;
  readonly refundedConversions: number;
  readonly heldConversions: number;
  readonly heldMinor: bigint;
  /** After refunds, of sales that count for no partner: held ones, voided ones and a partner's own among them. */
  readonly otherMinor: bigint;
};

/** From the first instant inclusive to the last exclusive. */
export type Span = { readonly id: string; readonly from: Instant; readonly to: Instant };

export type SalesTally = {
  add(sale: CountedSale): void;
  /** By currency; empty without a sale in that span. */
  of(spanId: string): readonly SalesSums[];
  /** Of the sales that count. */
  lastSaleAt(): Instant | undefined;
};

type Mutable = { -readonly [K in keyof SalesSums]: SalesSums[K] };

/** Adds up sales by span and currency, one at a time. Spans may overlap. */
export function makeSalesTally(spans: readonly Span[]): SalesTally {
  const sums = new Map(spans.map(({ id }) => [id, new Map<Currency, Mutable>()]));
  let last: Instant | undefined;
  return {
    add: (sale) => {
      if (sale.counts && (last === undefined || sale.occurredAt > last)) last = sale.occurredAt;
      for (const { id, from, to } of spans) {
        if (sale.occurredAt < from || sale.occurredAt >= to) continue;
        const ofSpan = sums.get(id);
        if (!ofSpan) continue;
        const of = ofSpan.get(sale.currency) ?? { ...noSales(sale.currency) };
        ofSpan.set(sale.currency, of);
        addTo(of, sale);
      }
    },
    of: (spanId) => [...(sums.get(spanId)?.values() ?? [])].sort((a, b) => compareText(a.currency, b.currency)),
    lastSaleAt: () => last,
  };
}

function addTo(of: Mutable, sale: CountedSale): void {
  if (!sale.counts) {
    of.otherMinor += sale.amountMinor - sale.refundedMinor;
    if (!sale.isHeld) return;
    of.heldConversions += 1;
    of.heldMinor += sale.amountMinor - sale.refundedMinor;
    return;
  }
  of.conversions += 1;
  if (sale.isFurtherPart) of.furtherParts += 1;
  of.amountMinor += sale.amountMinor;
  of.refundedMinor += sale.refundedMinor;
  if (sale.refundedMinor > 0n) of.refundedConversions += 1;
}

export function noSales(currency: Currency): SalesSums {
  return {
    currency,
    conversions: 0,
    furtherParts: 0,
    amountMinor: 0n,
    refundedMinor: 0n,
    refundedConversions: 0,
    heldConversions: 0,
    heldMinor: 0n,
    otherMinor: 0n,
  };
}

/** Several lists added up by currency. */
export function addSales(...lists: readonly (readonly SalesSums[])[]): readonly SalesSums[] {
  const total = new Map<Currency, Mutable>();
  for (const one of lists.flat()) {
    const of = total.get(one.currency) ?? { ...noSales(one.currency) };
    total.set(one.currency, of);
    of.conversions += one.conversions;
    of.furtherParts += one.furtherParts;
    of.amountMinor += one.amountMinor;
    of.refundedMinor += one.refundedMinor;
    of.refundedConversions += one.refundedConversions;
    of.heldConversions += one.heldConversions;
    of.heldMinor += one.heldMinor;
    of.otherMinor += one.otherMinor;
  }
  return [...total.values()].sort((a, b) => compareText(a.currency, b.currency));
}

/** What sales brought after refunds. */
export function revenueOf({ amountMinor, refundedMinor }: SalesSums): bigint {
  return amountMinor - refundedMinor;
}

const BPS = 10_000n;

/** A part of a whole in basis points, towards zero; `undefined` where there is no whole. */
export function shareBps(part: bigint, whole: bigint): number | undefined {
  return whole <= 0n ? undefined : Number((part * BPS) / whole);
}

/** By how much a value changed in basis points of what it was, towards zero; `undefined` where it was nothing. */
export function changeBps(now: bigint, before: bigint): number | undefined {
  return before <= 0n ? undefined : Number(((now - before) * BPS) / before);
}
