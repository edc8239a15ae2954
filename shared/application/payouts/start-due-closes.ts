import { Failure } from '#shared/application/failure';
import type { OpenPayoutRun } from '#shared/application/payouts/open-payout-run';
import type { PayoutRuns } from '#shared/application/payouts/ports';
import type { Clock, Log } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import { nextPeriod, startOfPeriod } from '#shared/domain/calendar';

/** Opens runs as this principal: no person, so every person may approve. */
export const SCHEDULER = 'system:scheduler';

export type StartDueCloses = () => Promise<{ readonly opened: number }>;

/**
 * Opens the due run of every programme whose month has ended in its own time zone, one period a programme and call.
 * A period that somebody tried to close already is left to people: a rejected run waits for its corrections.
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
    if (await deps.runs.latestOf(program.programId, period)) return false;
    const requestId = `${SCHEDULER}/${period}`;
    await deps.openRun({ programId: program.programId, period, by: SCHEDULER, requestId });
    return true;
  }
}
