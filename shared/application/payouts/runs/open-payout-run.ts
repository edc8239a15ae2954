import { Failure } from '#shared/application/failure';
import type { PayoutRuns, ProgramStore } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import { runIdOf } from '#shared/domain/ledger/money-ids';
import { admitOpening, type OpeningAnswer } from '#shared/domain/run/admit-opening';
import type { PayoutRun, RunStatus } from '#shared/domain/run/payout-run';
import { nextPeriod, previousPeriod, startOfPeriod } from '#shared/domain/time/calendar';
import { type Period, toInstant } from '#shared/domain/time/instant';
import { makeGetProgram } from '../programs/get-program.ts';
import { approvalsByPolicy } from './policy-of-run.ts';

/** A lost race is looked at again: the second look sees who won. */
const MAX_LOOKS = 3;

export type OpenPayoutRun = (input: {
  readonly programId: string;
  readonly period: Period;
  /** Principal id, or `system:scheduler`. */
  readonly by: string;
  /** The person who made the API key that calls. */
  readonly onBehalfOf?: string | undefined;
  readonly requestId: string;
}) => Promise<PayoutRun>;

/**
 * Closes a month and opens its payout run (design.md, Closing a month):
 * 1. the month must be due and over; 2. one transaction creates the run and moves `closedThrough`; 3. the run's item in the
 * stream starts the workflow. A run that failed after its approval is resumed instead, one whose workflow is gone is marked
 * failed first. The month before must be paid, in the same transaction. A repeat by the same request answers the run it opened or resumed.
 * @throws Failure unknown_program, period_not_due (with `duePeriod`), period_not_ended, run_already_open (with `runId`, `runStatus`)
 */
export function makeOpenPayoutRun(deps: {
  programs: Pick<ProgramStore, 'get'>;
  zone: ProgramReader['zone'];
  runs: Pick<PayoutRuns, 'latestOf' | 'open' | 'openedByRequest' | 'resume' | 'endUnpaid' | 'failPaid'>;
  clock: Clock;
}): OpenPayoutRun {
  const getProgram = makeGetProgram(deps);
  return async ({ programId, period, requestId, ...actor }) => {
    for (let look = 1; look <= MAX_LOOKS; look += 1) {
      const program = await getProgram(programId);
      const latest = await deps.runs.latestOf(programId, period);
      if (latest && (await deps.runs.openedByRequest(programId, latest.runId, requestId))) return latest;
      const previous = await deps.runs.latestOf(programId, previousPeriod(period));
      const answer = admit(program, period, latest, previous);
      if (answer.answer === 'resume') {
        if (await deps.runs.resume(answer.run, requestId)) return { ...answer.run, status: 'posting' };
        continue;
      }
      if (answer.answer === 'stalled') {
        await endStalled(answer.run);
        continue;
      }
      const run = newRun(program, period, actor, attemptOf(answer, period));
      if (await deps.runs.open(run, requestId, program.closedThrough, previous?.runId)) return run;
    }
    throw new Failure('temporarily_unavailable', 'Others are working on this run; look at it and try again.');
  };

  async function endStalled(run: PayoutRun): Promise<void> {
    const failure = { at: toInstant(deps.clock()), reason: 'The run had not moved for a day.' };
    if (run.decision === 'approve') await deps.runs.failPaid(run, failure);
    else await deps.runs.endUnpaid(run, 'failed', failure);
  }

  function admit(
    program: Program,
    period: Period,
    latest: PayoutRun | undefined,
    previous: PayoutRun | undefined,
  ): OpeningAnswer {
    const duePeriod = nextPeriod(program.closedThrough);
    const dueEndsAt = toInstant(startOfPeriod(nextPeriod(duePeriod), deps.zone(program.timeZone)));
    return admitOpening({ period, duePeriod, dueEndsAt, now: toInstant(deps.clock()), latest, previous });
  }

  function newRun(program: Program, period: Period, actor: Actor, attempt: number): PayoutRun {
    return {
      programId: program.programId,
      runId: runIdOf(period, attempt),
      period,
      attempt,
      status: 'open',
      openedBy: actor.by,
      ...(actor.onBehalfOf === undefined ? {} : { onBehalfOf: actor.onBehalfOf }),
      openedAt: toInstant(deps.clock()),
      execution: 1,
      totals: [],
      anomalies: [],
      approvalsRequired: approvalsByPolicy(program, { openedBy: actor.by }, []),
      given: [],
      holds: [],
      failures: [],
    };
  }
}

type Actor = { readonly by: string; readonly onBehalfOf?: string | undefined };

/** What to do about a run that holds up the next month. */
const NEXT_STEP: Readonly<Partial<Record<RunStatus, string>>> = {
  awaiting_decision: 'Decide on it',
  failed: 'Mend the cause and open its month again',
  rejected: 'Open its month again',
  expired: 'Open its month again',
};

function attemptOf(answer: Exclude<OpeningAnswer, { answer: 'resume' | 'stalled' }>, period: Period): number {
  switch (answer.answer) {
    case 'open':
      return answer.attempt;
    case 'already_open': {
      const { runId, status } = answer.run;
      throw new Failure('run_already_open', `Run ${runId} of this month is ${status}: look at it instead.`, {
        errors: [{ pointer: '/period', rule: 'has a run already' }],
        extra: { runId, runStatus: status },
      });
    }
    case 'blocked': {
      const { runId, status } = answer.run;
      throw new Failure(
        'run_already_open',
        `${NEXT_STEP[status] ?? 'Wait until it is completed'}: run ${runId} is ${status}, and ${period} opens with the balances it leaves.`,
        {
          errors: [{ pointer: '/period', rule: 'must follow a month whose run is completed' }],
          extra: { runId, runStatus: status },
        },
      );
    }
    case 'not_due':
      throw new Failure('period_not_due', `Months close in order: ${answer.duePeriod} is due.`, {
        errors: [{ pointer: '/period', rule: `must be ${answer.duePeriod}` }],
        extra: { duePeriod: answer.duePeriod },
      });
    case 'not_ended':
      throw new Failure('period_not_ended', `${period} lasts until ${answer.endsAt} in the programme's time zone.`, {
        errors: [{ pointer: '/period', rule: `must be over; it ends at ${answer.endsAt}` }],
        extra: { endsAt: answer.endsAt },
      });
  }
}
