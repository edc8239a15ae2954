import type { Dashboard, Overviews } from '#shared/application/partners/overview/overview';
import { isStale, readableMonth } from '#shared/application/partners/overview/request-overview';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { Period } from '#shared/domain/time/instant';

/** `isStale`: old enough to be asked for anew. */
export type ShownDashboard = { readonly dashboard: Dashboard; readonly isStale: boolean };

/**
 * A programme's month as it was last computed; `undefined` before it ever was.
 * @throws Failure unknown_program, invalid_request for a month that has not begun or is too long ago
 */
export function makeGetDashboard(deps: {
  readonly overviews: Pick<Overviews, 'dashboard'>;
  readonly programs: Pick<ProgramReader, 'get' | 'zone'>;
  readonly clock: Clock;
}) {
  return async (input: {
    readonly programId: string;
    readonly period?: Period | undefined;
  }): Promise<ShownDashboard | undefined> => {
    const { period, isRunning } = await readableMonth(deps, input.programId, input.period);
    const dashboard = await deps.overviews.dashboard(input.programId, period);
    return dashboard && { dashboard, isStale: isStale(dashboard, deps.clock(), isRunning) };
  };
}
