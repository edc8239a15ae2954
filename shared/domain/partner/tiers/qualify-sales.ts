import { addCalendarDays, addCalendarMonths, startOfDay } from '../../time/calendar.ts';
import { type Instant, toEpochMs, toInstant } from '../../time/instant.ts';
import type { TimeZone } from '../../time/time-zone.ts';
import type { TierCondition } from './tier-scheme.ts';

/**
 * A sale that a partner has and may earn on, or its part of a split one, as it was known at one instant. Sales that earn
 * nothing by their attribution, held and voided ones among them, are none.
 */
export type TierSale = {
  readonly orderId: string;
  readonly occurredAt: Instant;
  /** What is left of it after all refunds: above zero, or it is none. */
  readonly leftMinor: bigint;
  /** Whether it is its customer's first purchase in the programme (design.md, Commission semantics 2). */
  readonly isFirst: boolean;
  /** Absent where nothing asks who bought. */
  readonly customerId?: string | undefined;
  /** Whether it is in the programme's currency. */
  readonly inCurrency: boolean;
};

/** By what time sales are looked at: as of an instant, after the programme's hold, on its wall clock. */
export type SaleClock = { readonly asOf: Instant; readonly holdDays: number; readonly zone: TimeZone };

/** What sales alone answer. */
export type SaleCondition = Extract<TierCondition, { readonly withinMonths: number }>;

/** What a condition came to. `lessFrom`, `moreFrom`: when time alone changes it. */
export type Found = {
  readonly found: bigint;
  readonly met: boolean;
  readonly lessFrom?: Instant | undefined;
  readonly moreFrom?: Instant | undefined;
};

/**
 * What a condition comes to over all sales of a partner (shared/domain/README.md, Tiers).
 * @param sales every one that may matter, those still in their hold too where `moreFrom` is wanted
 */
export function measureSales(condition: SaleCondition, sales: readonly TierSale[], clock: SaleClock): Found {
  switch (condition.fact) {
    case 'qualified_referrals': {
      const firsts = sales.filter((sale) => sale.isFirst);
      const { counted, lessFrom, moreFrom } = windowOf(firsts, condition.withinMonths, clock);
      const found = BigInt(counted.length);
      return { found, met: counted.length >= condition.atLeast, lessFrom, moreFrom };
    }
    case 'partner_revenue': {
      const own = sales.filter((sale) => sale.inCurrency);
      const { counted, lessFrom, moreFrom } = windowOf(own, condition.withinMonths, clock);
      const found = counted.reduce((sum, sale) => sum + sale.leftMinor, 0n);
      return { found, met: found >= condition.atLeastMinor, lessFrom, moreFrom };
    }
    case 'retention': {
      const { counted } = windowOf(sales, condition.withinMonths, clock);
      const after = windowStart(condition.withinMonths, clock);
      const brought = new Set(
        sales
          .filter((sale) => sale.isFirst && sale.occurredAt <= after && isMature(sale, clock))
          .map((sale) => sale.customerId),
      );
      const again = new Set(counted.map((sale) => sale.customerId).filter((customer) => brought.has(customer)));
      // Rounded down: a share is reached when it is there, not when it is near.
      const found = brought.size === 0 ? 0n : (BigInt(again.size) * 10_000n) / BigInt(brought.size);
      return { found, met: brought.size >= condition.minimumCustomers && found >= BigInt(condition.atLeastBps) };
    }
  }
}

/** Sales after this instant are inside a window of calendar months that ends at `asOf`. */
export function windowStart(withinMonths: number, { asOf, zone }: Pick<SaleClock, 'asOf' | 'zone'>): Instant {
  return toInstant(addCalendarMonths(toEpochMs(asOf), -withinMonths, zone));
}

function windowOf(
  sales: readonly TierSale[],
  withinMonths: number,
  clock: SaleClock,
): { counted: readonly TierSale[]; lessFrom: Instant | undefined; moreFrom: Instant | undefined } {
  const after = windowStart(withinMonths, clock);
  const inside = sales.filter(({ occurredAt }) => occurredAt > after && occurredAt <= clock.asOf);
  const counted = inside.filter((sale) => isMature(sale, clock));
  const held = inside.filter((sale) => !isMature(sale, clock));
  const oldest = earliest(counted.map(({ occurredAt }) => occurredAt));
  const next = earliest(held.map(({ occurredAt }) => occurredAt));
  return {
    counted,
    lessFrom: oldest && leavesAt(oldest, withinMonths, clock.zone),
    moreFrom: next && toInstant(maturesMs(next, clock)),
  };
}

function isMature({ occurredAt }: TierSale, clock: SaleClock): boolean {
  return maturesMs(occurredAt, clock) <= toEpochMs(clock.asOf);
}

function maturesMs(occurredAt: Instant, { holdDays, zone }: SaleClock): number {
  return addCalendarDays(toEpochMs(occurredAt), holdDays, zone);
}

/** When a sale leaves the window: the first instant that is `withinMonths` later. Months of unequal length make it a later day. */
function leavesAt(occurredAt: Instant, withinMonths: number, zone: TimeZone): Instant {
  const soldMs = toEpochMs(occurredAt);
  const isOut = (ms: number): boolean => addCalendarMonths(ms, -withinMonths, zone) >= soldMs;
  let ms = addCalendarMonths(soldMs, withinMonths, zone);
  while (!isOut(ms)) {
    ms = addCalendarDays(ms, 1, zone);
    const morning = startOfDay(ms, zone);
    if (isOut(morning)) ms = morning;
  }
  return toInstant(ms);
}

function earliest(instants: readonly Instant[]): Instant | undefined {
  return instants.reduce<Instant | undefined>(
    (first, at) => (first === undefined || at < first ? at : first),
    undefined,
  );
}
