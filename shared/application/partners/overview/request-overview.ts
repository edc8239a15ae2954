import { Failure } from '#shared/application/failure';
import type { Overviews, RefreshRequest } from '#shared/application/partners/overview/overview';
import type { Clock } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import { periodOf, previousPeriod } from '#shared/domain/time/calendar';
import { type Instant, type Period, toEpochMs, toInstant } from '#shared/domain/time/instant';

/** What is younger is shown as it is. */
const FRESH_MS = 10 * 60_000;
/** A month that is over changes little. */
const FRESH_PAST_MS = 24 * 3_600_000;
/** What took long to compute may be as many times older, so that it costs at most a twentieth of a function. */
const FRESH_TIMES = 20;
/** A month longer ago would be as many months of facts to read. */
const MAX_MONTHS_BACK = 24;
/** A request that nobody takes up by then was lost. */
const TAKEN_UP_MS = 2 * 60_000;

export type Kept = { readonly asOf: Instant; readonly tookMs: number; readonly isRunning?: boolean };

/** Whether what was computed should be computed anew. */
export function isStale({ asOf, tookMs, isRunning: ran }: Kept, nowMs: number, isRunning: boolean): boolean {
  // Of a month that was running then and is over now.
  if (ran === true && !isRunning) return true;
  const fresh = Math.max(isRunning ? FRESH_MS : FRESH_PAST_MS, tookMs * FRESH_TIMES);
  return nowMs - toEpochMs(asOf) > fresh;
}

/** `under_way`: somebody asked before. `fresh`: there is nothing to gain yet. */
export type AskedForRefresh = 'requested' | 'under_way' | 'fresh';

/**
 * Asks for a month to be computed anew, once at a time: whoever asks while one is under way asks for nothing more.
 * @throws Failure unknown_program, invalid_request for a month that has not begun or is too long ago
 */
export function makeRequestOverview(deps: {
  readonly overviews: Pick<Overviews, 'request' | 'dashboard' | 'rowsHead'>;
  readonly programs: Pick<ProgramReader, 'get' | 'zone'>;
  readonly clock: Clock;
}) {
  return async (input: {
    readonly programId: string;
    readonly period?: Period | undefined;
    readonly requestId: string;
  }): Promise<AskedForRefresh> => {
    const { programId, requestId } = input;
    const { period, isRunning } = await readableMonth(deps, programId, input.period);
    const nowMs = deps.clock();
    const [dashboard, head] = await Promise.all([
      deps.overviews.dashboard(programId, period),
      isRunning ? deps.overviews.rowsHead(programId) : undefined,
    ]);
    if (dashboard && (head || !isRunning) && !isStale(dashboard, nowMs, isRunning)) return 'fresh';
    const request: RefreshRequest = { programId, period, requestId, at: toInstant(nowMs) };
    const isFirst = await deps.overviews.request(request, toInstant(nowMs + TAKEN_UP_MS));
    return isFirst ? 'requested' : 'under_way';
  };
}

/** A month that can be shown; the present one where none is named. @throws Failure unknown_program, invalid_request */
export async function readableMonth(
  { programs, clock }: { readonly programs: Pick<ProgramReader, 'get' | 'zone'>; readonly clock: Clock },
  programId: string,
  asked: Period | undefined,
): Promise<{ readonly program: Program; readonly period: Period; readonly isRunning: boolean }> {
  const program = await programs.get(programId);
  const current = periodOf(clock(), programs.zone(program.timeZone));
  const period = asked ?? current;
  let first = current;
  for (let month = 0; month < MAX_MONTHS_BACK; month += 1) first = previousPeriod(first);
  if (period >= first && period <= current) return { program, period, isRunning: period === current };
  throw new Failure('invalid_request', `Ask for a month from ${first} to ${current}.`, {
    errors: [{ pointer: 'query:period', rule: `must be from ${first} to ${current}` }],
  });
}
