import type { MonthPage, MonthRefund, MonthSale, TierMemo } from '#shared/application/partners/tiers/tier-facts';
import type { TierSale } from '#shared/domain/partner/tiers/qualify-sales';
import { laterPeriod, nextPeriod } from '#shared/domain/time/calendar';
import type { Instant, Period } from '#shared/domain/time/instant';

/**
 * First purchases that are remembered, and read of one month: more than tiers ask for as a rule. Where one asks for more, all
 * are read.
 */
export const MAX_REMEMBERED = 500;

/** What is to be read: sales that occurred after a time and may count in the months `from` to `to`. */
export type SalesWanted = {
  readonly programId: string;
  readonly currency: string;
  readonly from: Period;
  readonly to: Period;
  /** The last month in which such a sale may lie: later ones hold at most refunds of it. */
  readonly lastSale: Period;
  /** `firsts` is enough where nothing asks for revenue or retention. */
  readonly holds: 'firsts' | 'all';
  /** Facts that were recorded later are left out. */
  readonly knownAt: Instant;
  /** The last month that can change no more; absent: none is known. */
  readonly finalThrough?: Period | undefined;
};

/** `cutAt`: sales from before it may be missing, because so many are there. */
export type PartnerSales = { readonly sales: readonly TierSale[]; readonly cutAt?: Instant | undefined };

type ReadSale = MonthSale & { readonly period: Period; isFirst?: boolean };

/** What is read of one partner, and what follows from it: the sales that count, and what to remember of them. */
export class SalesReading {
  isUnfinished = false;
  private cutAt: Instant | undefined;
  private readonly sales: ReadSale[] = [];
  private readonly refunds: (MonthRefund & { readonly period: Period })[] = [];
  /** Read and not yet looked up: a partner may have a million others. */
  private unlearned: ReadSale[] = [];
  private readonly firsts = new Map<Period, number>();
  private readonly next = new Map<Period, string>();
  private stoppedBefore: Period | undefined;

  readonly partnerId: string;
  private readonly wanted: SalesWanted;
  private readonly known: TierMemo | undefined;

  constructor(wanted: SalesWanted, partnerId: string, known: TierMemo | undefined) {
    this.wanted = wanted;
    this.partnerId = partnerId;
    this.known = known;
    this.cutAt = known?.cutAt;
  }

  /** Those that no memo answers and that may hold sales. */
  saleMonths(): readonly Period[] {
    return this.periods().filter((period) => period <= this.wanted.lastSale);
  }

  /** Those after them. */
  refundMonths(): readonly Period[] {
    return this.periods().filter((period) => period > this.wanted.lastSale);
  }

  /** Whether a sale has refunds that were not read. */
  lacksRefunds(): boolean {
    const refunded = this.refundedBy(() => true);
    return this.sales.some((sale) => sale.refundedMinor !== (refunded.get(sale.orderId) ?? 0n));
  }

  /** Orders of sales that were not read, but remembered: whether more of one was refunded is not known. */
  rememberedOrders(): readonly string[] {
    return (this.known?.sales ?? []).map(({ orderId }) => orderId);
  }

  /** Those that no memo answers. */
  periods(): readonly Period[] {
    const { from, to } = this.wanted;
    const first = this.known ? laterPeriod(nextPeriod(this.known.through), from) : from;
    const periods: Period[] = [];
    for (let period = first; period <= to; period = nextPeriod(period)) periods.push(period);
    return periods;
  }

  take(period: Period, page: MonthPage): void {
    for (const sale of page.sales) {
      const read: ReadSale = { ...sale, period };
      this.sales.push(read);
      this.unlearned.push(read);
    }
    for (const refund of page.refunds) this.refunds.push({ ...refund, period });
    if (page.next === undefined) this.next.delete(period);
    else this.next.set(period, page.next);
  }

  nextOf(period: Period): string | undefined {
    return this.next.get(period);
  }

  firstsOf(period: Period): number {
    return this.firsts.get(period) ?? 0;
  }

  /** The rest of a month is left unread: it is older than what was read of it. */
  cut(period: Period): void {
    this.next.delete(period);
    const oldest = this.sales.findLast((sale) => sale.period === period)?.occurredAt;
    if (oldest !== undefined && (this.cutAt === undefined || oldest > this.cutAt)) this.cutAt = oldest;
  }

  stopBefore(period: Period): void {
    this.isUnfinished = true;
    this.stoppedBefore = period;
  }

  unknownCustomers(): readonly string[] {
    return this.unlearned.filter(mayCount).map((sale) => sale.customerId);
  }

  learnFirsts(orderOf: (customerId: string) => string | undefined): void {
    for (const sale of this.unlearned.filter(mayCount)) {
      sale.isFirst = orderOf(sale.customerId) === sale.orderId;
      if (sale.isFirst) this.firsts.set(sale.period, this.firstsOf(sale.period) + 1);
    }
    this.unlearned = [];
  }

  changedLater(): readonly ReadSale[] {
    return this.sales.filter(({ changedAt }) => changedAt !== undefined && changedAt > this.wanted.knownAt);
  }

  settle(sale: ReadSale, isOwn: boolean, earnsNothing: string | undefined): void {
    const index = this.sales.indexOf(sale);
    if (!isOwn) {
      this.sales.splice(index, 1);
      return;
    }
    const settled = { ...sale, earnsNothing };
    this.sales[index] = settled;
    if (settled.isFirst === undefined) this.unlearned.push(settled);
  }

  answer(): PartnerSales {
    const refunded = this.refundedBy(({ recordedAt }) => recordedAt > this.wanted.knownAt);
    const late = this.refundedBy(({ recordedAt }) => recordedAt <= this.wanted.knownAt);
    const remembered = (this.known?.sales ?? []).map((sale) => ({
      ...sale,
      leftMinor: sale.leftMinor - (late.get(sale.orderId) ?? 0n),
    }));
    const read = this.sales
      .filter((sale) => sale.recordedAt <= this.wanted.knownAt)
      .map((sale) => this.counted(sale, refunded));
    const sales = [...remembered, ...read].filter(
      (sale): sale is TierSale => sale !== undefined && sale.leftMinor > 0n,
    );
    return { sales, ...(this.cutAt === undefined ? {} : { cutAt: this.cutAt }) };
  }

  /** What to remember now; `undefined` when there is nothing new, too much, or what does not fit together. */
  memo(): TierMemo | undefined {
    const { programId, holds, finalThrough, from } = this.wanted;
    const through = this.readThrough(finalThrough);
    if (through === undefined || (this.known && through <= this.known.through)) return undefined;
    if (!this.agrees(through)) return undefined;
    const later = this.refundedBy(({ period }) => period > through);
    const early = this.refundedBy(({ period }) => period <= through);
    const before = (this.known?.sales ?? []).map((sale) => ({
      ...sale,
      leftMinor: sale.leftMinor - (early.get(sale.orderId) ?? 0n),
    }));
    const read = this.sales.filter(({ period }) => period <= through).map((sale) => this.counted(sale, later));
    const all = [...before, ...read]
      .filter((sale): sale is TierSale => sale !== undefined && sale.leftMinor > 0n)
      .filter((sale) => holds === 'all' || sale.isFirst)
      .sort((a, b) => (a.occurredAt < b.occurredAt ? 1 : -1));
    if (holds === 'all' && (all.length > MAX_REMEMBERED || this.cutAt !== undefined)) return undefined;
    const dropped = all[MAX_REMEMBERED]?.occurredAt;
    const cutAt = dropped !== undefined && (this.cutAt === undefined || dropped > this.cutAt) ? dropped : this.cutAt;
    const sales = all.slice(0, MAX_REMEMBERED);
    const { partnerId } = this;
    return { programId, partnerId, from, through, holds, sales, ...(cutAt === undefined ? {} : { cutAt }) };
  }

  /**
   * Whether sales and their refunds say the same: an index may show one of the two a moment before the other, and what is
   * remembered is not read again. A sale from before the first month counts no more, and its refunds may lie there too.
   */
  private agrees(through: Period): boolean {
    const refunded = this.refundedBy(() => true);
    return this.sales.every(
      (sale) =>
        sale.period > through ||
        !mayCount(sale) ||
        sale.refundedMinor === (refunded.get(sale.orderId) ?? 0n) ||
        sale.occurredAt.slice(0, 7) < this.wanted.from,
    );
  }

  private readThrough(finalThrough: Period | undefined): Period | undefined {
    if (finalThrough === undefined) return undefined;
    const final = this.periods().filter((period) => period <= finalThrough);
    return final.filter((period) => this.stoppedBefore === undefined || period < this.stoppedBefore).at(-1);
  }

  private counted(sale: ReadSale, without: ReadonlyMap<string, bigint>): TierSale | undefined {
    if (!mayCount(sale)) return undefined;
    const { orderId, occurredAt, amountMinor, refundedMinor, isFirst = false, customerId, currency } = sale;
    const leftMinor = amountMinor - refundedMinor + (without.get(orderId) ?? 0n);
    const inCurrency = currency === this.wanted.currency;
    const who = this.wanted.holds === 'all' ? { customerId } : {};
    return { orderId, occurredAt, leftMinor, isFirst, inCurrency, ...who };
  }

  private refundedBy(which: (refund: MonthRefund & { readonly period: Period }) => boolean): Map<string, bigint> {
    const sums = new Map<string, bigint>();
    for (const { orderId, amountMinor } of this.refunds.filter(which)) {
      sums.set(orderId, (sums.get(orderId) ?? 0n) + amountMinor);
    }
    return sums;
  }
}

function mayCount({ earnsNothing, amountMinor }: MonthSale): boolean {
  return earnsNothing === undefined && amountMinor > 0n;
}
