import { type TimeBox, UNLIMITED } from '#shared/application/time-box';
import { toEpochMs } from '#shared/domain/time/instant';
import { type ComputeMonthDeps, makeComputeMonthSoFar } from './compute-month-so-far.ts';
import { makeComputeSalesDays } from './compute-sales-days.ts';
import type { FigureWish, RememberedFigures, SaleDaysReader } from './figure-ports.ts';
import { MONTH_FRESH_MS } from './get-month-so-far.ts';
import { openPeriodsOf } from './open-periods.ts';

export type RefreshFigures = (wish: FigureWish, box?: TimeBox) => Promise<void>;

/**
 * Works out figures that somebody looked at, and remembers them. A wish that was granted within the last minute, or that is
 * about a month that has become final meanwhile, is left.
 * @throws TimeIsOver when there are more sales than fit the box: nothing is remembered, and whoever asks is told to wait
 */
export function makeRefreshFigures(
  deps: ComputeMonthDeps & { readonly remembered: RememberedFigures; readonly sales: SaleDaysReader },
): RefreshFigures {
  const computeMonth = makeComputeMonthSoFar(deps);
  const computeDays = makeComputeSalesDays(deps);
  return async ({ programId, partnerId, period, kind }, box = UNLIMITED) => {
    const nowMs = deps.clock();
    const isFresh = (known: { readonly asOf: Parameters<typeof toEpochMs>[0] } | undefined): boolean =>
      known !== undefined && nowMs - toEpochMs(known.asOf) <= MONTH_FRESH_MS;
    const program = await deps.programs.get(programId);
    if (kind === 'sales_days') {
      if (isFresh(await deps.remembered.salesDays(programId, partnerId, period))) return;
      await deps.remembered.putSalesDays(programId, await computeDays({ program, partnerId, period }, box));
      return;
    }
    const [terms, open] = await Promise.all([
      deps.partners.terms(programId, partnerId),
      openPeriodsOf(deps, program, partnerId, nowMs),
    ]);
    if (!terms || !open.has(period)) return;
    const known = await deps.remembered.month(programId, partnerId, period);
    if (isFresh(known) && known?.openFrom === open.first) return;
    await deps.remembered.putMonth(programId, await computeMonth({ program, terms, period, open }, box));
  };
}
