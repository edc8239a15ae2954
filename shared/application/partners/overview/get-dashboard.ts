import { Failure } from '#shared/application/failure';
import { askForRefresh, isStale } from '#shared/application/partners/overview/ask-for-refresh';
import type { Dashboard, Overviews } from '#shared/application/partners/overview/overview';
import type { Clock } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import { periodOf, previousPeriod } from '#shared/domain/time/calendar';
import type { Period } from '#shared/domain/time/instant';

/** A month longer ago would be as many months of facts to read. */
const MAX_MONTHS_BACK = 24;

export type ShownDashboard =
  | { readonly state: 'computing'; readonly period: Period }
  | {
      readonly state: 'ready';
      readonly dashboard: Dashboard;
      readonly program: Program;
      /** A newer one is under way. */
      readonly isRefreshing: boolean;
    };

/**
 * A programme's month as it was last computed; what is old, or is not there yet, is computed behind the answer.
 * @throws Failure unknown_program, invalid_request for a month that has not begun or is too long ago
 */
export function makeGetDashboard(deps: {
  readonly overviews: Pick<Overviews, 'dashboard' | 'request'>;
  readonly programs: Pick<ProgramReader, 'get' | 'zone'>;
  readonly clock: Clock;
}) {
  return async (input: {
    readonly programId: string;
    readonly period?: Period | undefined;
    readonly requestId: string;
  }): Promise<ShownDashboard> => {
    const { programId, requestId } = input;
    const program = await deps.programs.get(programId);
    const current = periodOf(deps.clock(), deps.programs.zone(program.timeZone));
    const period = input.period ?? current;
    requireReadable(period, current);
    const dashboard = await deps.overviews.dashboard(programId, period);
    const isRunning = period === current;
    const isRefreshing = !dashboard || isStale(dashboard, deps.clock(), isRunning) || dashboard.isRunning !== isRunning;
    if (isRefreshing) await askForRefresh(deps, { programId, period, requestId });
    return dashboard ? { state: 'ready', dashboard, program, isRefreshing } : { state: 'computing', period };
  };
}

function requireReadable(period: Period, current: Period): void {
  let first = current;
  for (let month = 0; month < MAX_MONTHS_BACK; month += 1) first = previousPeriod(first);
  if (period >= first && period <= current) return;
  throw new Failure('invalid_request', `Ask for a month from ${first} to ${current}.`, {
    errors: [{ pointer: 'query:period', rule: `must be from ${first} to ${current}` }],
  });
}
