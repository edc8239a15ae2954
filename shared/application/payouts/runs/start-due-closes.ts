import { Failure } from '#shared/application/failure';
import type { PayoutRuns } from '#shared/application/payouts/ports';
import type { OpenPayoutRun } from '#shared/application/payouts/runs/open-payout-run';
import type { Clock, Log } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import { OVER_STATUSES } from '#shared/domain/run/payout-run';
import { nextPeriod, previousPeriod, startOfPeriod } from '#shared/domain/time/calendar';

/** Opens runs as this principal: no person, so every person may approve. */
export const SCHEDULER = 'system:scheduler';

export type StartDueCloses = () => Promise<{ readonly opened: number }>;

/**
 * Opens the due run of every programme whose month has ended in its own time zone, one period a programme and call.
 * A period that somebody tried to close already is left to people: a rejected run waits for its corrections. So are months
 * that ended before the programme was created, because their history may still be on its way in. A programme whose last
 * run is not completed is passed over until it is.
 */
export function makeStartDueCloses(deps: {
  programs: { list(): AsyncIterable<Program> };
  zone: ProgramReader['zone'];
  runs: Pick<PayoutRuns, 'latestOf'>;
  openRun: OpenPayoutRun;
  clock: Clock;
  log: Log;
}): StartDueCloses {
  return async () => {
    let opened = 0;
    for await (const program of deps.programs.list()) {
      try {
        if (await openDue(program)) opened += 1;
      } catch (error) {
        // One programme must not hold up the others; the next hour tries again.
        const refused = error instanceof Failure;
        deps.log[refused ? 'info' : 'error']('a due close was not opened', {
          programId: program.programId,
          reason: error instanceof Error ? error.message : String(error),
        });
      }
    }
    return { opened };
  };

  async function openDue(program: Program): Promise<boolean> {
    const period = nextPeriod(program.closedThrough);
    const endsAtMs = startOfPeriod(nextPeriod(period), deps.zone(program.timeZone));
    if (deps.clock() < endsAtMs) return false;
    if (endsAtMs <= Date.parse(program.createdAt)) return false;
    if (await deps.runs.latestOf(program.programId, period)) return false;
    const previous = await deps.runs.latestOf(program.programId, previousPeriod(period));
    if (previous && !OVER_STATUSES.includes(previous.status)) return false;
    const requestId = `${SCHEDULER}/${period}`;
    await deps.openRun({ programId: program.programId, period, by: SCHEDULER, requestId });
    return true;
  }
}
