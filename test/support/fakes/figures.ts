import type { RememberedFigures, SalesDays } from '#shared/application/payouts/figures/figure-ports';
import type { MonthSoFar } from '#shared/application/payouts/figures/month-so-far';
import type { Period } from '#shared/domain/time/instant';

/** Figures in memory: the newest of a partner, month and kind stands. */
export function makeFakeFigures(): RememberedFigures {
  const months = new Map<string, MonthSoFar>();
  const sales = new Map<string, SalesDays>();
  const keyOf = (programId: string, partnerId: string, period: Period): string =>
    JSON.stringify([programId, partnerId, period]);
  const put = <T extends MonthSoFar | SalesDays>(all: Map<string, T>, programId: string, one: T): void => {
    const key = keyOf(programId, one.partnerId, one.period);
    const before = all.get(key);
    if (!before || before.asOf < one.asOf) all.set(key, one);
  };
  return {
    month: async (...id) => months.get(keyOf(...id)),
    putMonth: async (programId, month) => put(months, programId, month),
    salesDays: async (...id) => sales.get(keyOf(...id)),
    salesDaysBetween: async (programId, partnerId, first, last) =>
      new Map(
        [...sales.values()]
          .filter((one) => sales.get(keyOf(programId, partnerId, one.period)) === one)
          .filter(({ period }) => period >= first && period <= last)
          .map((one) => [one.period, one]),
      ),
    putSalesDays: async (programId, days) => put(sales, programId, days),
  };
}
