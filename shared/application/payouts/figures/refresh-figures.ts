import type { Log } from '#shared/application/ports';
import { type TimeBox, TimeIsOver, UNLIMITED } from '#shared/application/time-box';
import { figuresLineSchema } from '#shared/contracts/payouts/figures/figures-line';
import { type Instant, toEpochMs } from '#shared/domain/time/instant';
import { type ComputeMonthDeps, makeComputeMonthSoFar } from './compute-month-so-far.ts';
import { makeComputeSalesDays } from './compute-sales-days.ts';
import type { FigureWish, RememberedFigures, SaleDaysReader } from './figure-ports.ts';
import { MONTH_FRESH_MS } from './get-month-so-far.ts';
import { openPeriodsOf } from './open-periods.ts';

export type RefreshFigures = (lines: readonly string[], box?: TimeBox) => Promise<void>;

/**
 * Works out figures that somebody looked at, and remembers them: each once, however many looked. One that was granted within the
 * last minute, or that is about a month that has become final meanwhile, is left. One that takes longer than there is time is
 * reported and given up: whoever asks is told to come back, and wishes for it again.
 */
export function makeRefreshFigures(
  deps: ComputeMonthDeps & {
    readonly remembered: RememberedFigures;
    readonly sales: SaleDaysReader;
    readonly log: Pick<Log, 'warn'>;
  },
): RefreshFigures {
  const computeMonth = makeComputeMonthSoFar(deps);
  const computeDays = makeComputeSalesDays(deps);
  const isFresh = (known: { readonly asOf: Instant } | undefined): boolean =>
    known !== undefined && deps.clock() - toEpochMs(known.asOf) <= MONTH_FRESH_MS;

  const refreshDays = async ({ programId, partnerId, period }: FigureWish, box: TimeBox): Promise<void> => {
    if (isFresh(await deps.remembered.salesDays(programId, partnerId, period))) return;
    const program = await deps.programs.get(programId);
    await deps.remembered.putSalesDays(programId, await computeDays({ program, partnerId, period }, box));
  };
  const refreshMonth = async ({ programId, partnerId, period }: FigureWish, box: TimeBox): Promise<void> => {
    const program = await deps.programs.get(programId);
    const [terms, open, known] = await Promise.all([
      deps.partners.terms(programId, partnerId),
      openPeriodsOf(deps, program, partnerId, deps.clock()),
      deps.remembered.month(programId, partnerId, period),
    ]);
    if (!terms || !open.has(period) || (isFresh(known) && known?.openFrom === open.first)) return;
    await deps.remembered.putMonth(programId, await computeMonth({ program, terms, period, open }, box));
  };

  return async (lines, box = UNLIMITED) => {
    for (const wish of wishesOf(lines)) {
      try {
        await (wish.kind === 'month' ? refreshMonth : refreshDays)(wish, box);
      } catch (error) {
        if (!(error instanceof TimeIsOver)) throw error;
        const { programId, partnerId, period } = wish;
        deps.log.warn('more sales than figures can be worked out from in one call', { programId, partnerId, period });
      }
    }
  };
}

function wishesOf(lines: readonly string[]): readonly FigureWish[] {
  const wishes = new Map<string, FigureWish>();
  for (const line of lines) {
    const wish = readLine(line);
    if (wish) wishes.set(JSON.stringify([wish.programId, wish.partnerId, wish.period, wish.kind]), wish);
  }
  return [...wishes.values()];
}

function readLine(line: string): FigureWish | undefined {
  try {
    return figuresLineSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
