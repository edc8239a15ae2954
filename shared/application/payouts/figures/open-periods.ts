import type { Journal } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns } from '#shared/application/payouts/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import { parseStatementId } from '#shared/domain/ledger/money-ids';
import { addCalendarDays, laterPeriod, nextPeriod, periodOf } from '#shared/domain/time/calendar';
import type { EpochMs, Period } from '#shared/domain/time/instant';

/** The months of a partner that no posted statement holds. */
export type OpenPeriods = {
  readonly first: Period;
  /** The calendar month of now, in the programme's time zone. */
  readonly current: Period;
  /** The last that a sale of now can count in. */
  readonly last: Period;
  /** The month whose run is not posted yet: it takes no more facts. */
  readonly closing?: Period | undefined;
  readonly has: (period: Period) => boolean;
  /** From the first of them to this one. */
  readonly through: (period: Period) => readonly Period[];
};

export type OpenPeriodsDeps = {
  readonly programs: Pick<ProgramReader, 'zone'>;
  readonly runs: Pick<PayoutRuns, 'latestOf'>;
  readonly journal: Pick<Journal, 'ofPartner'>;
};

/** A month that is closed belongs to them until its statement moved the partner's balance. */
export async function openPeriodsOf(
  deps: OpenPeriodsDeps,
  program: Program,
  partnerId: string,
  nowMs: EpochMs,
): Promise<OpenPeriods> {
  const zone = deps.programs.zone(program.timeZone);
  const { closedThrough } = program;
  const closing = (await isPosted(deps, program, partnerId)) ? undefined : closedThrough;
  const first = closing ?? nextPeriod(closedThrough);
  const current = laterPeriod(periodOf(nowMs, zone), first);
  const last = laterPeriod(
    periodOf(addCalendarDays(nowMs, program.holdDays, zone), zone),
    laterPeriod(current, nextPeriod(closedThrough)),
  );
  const has = (period: Period): boolean => first <= period && period <= last;
  return {
    first,
    current,
    last,
    closing,
    has,
    through(period) {
      if (!has(period)) throw new RangeError(`${period} is not open`);
      const periods: Period[] = [];
      for (let one = first; one <= period; one = nextPeriod(one)) periods.push(one);
      return periods;
    },
  };
}

async function isPosted(
  { runs, journal }: Pick<OpenPeriodsDeps, 'runs' | 'journal'>,
  { programId, closedThrough }: Program,
  partnerId: string,
): Promise<boolean> {
  const run = await runs.latestOf(programId, closedThrough);
  if (!run) return true;
  switch (run.status) {
    case 'completed':
    case 'completed_with_failures':
    case 'submitting':
      return true;
    case 'posting':
    case 'failed': {
      if (run.decision !== 'approve') return false;
      for await (const { links } of journal.ofPartner(programId, partnerId)) {
        if (links.statementId && parseStatementId(links.statementId)?.runId === run.runId) return true;
      }
      return false;
    }
    default:
      return false;
  }
}
