import type { Format } from '#functions/console/web/format';
import { nextPeriod } from '#shared/domain/time/calendar';
import type { Period } from '#shared/domain/time/instant';
import { isMoving, type Run } from './run-words.ts';

export type DueMonth = {
  readonly period: string;
  readonly state: /** It is over, and nothing keeps it from being closed. */
    | 'ready'
    /** It lasts until the end of its last day. */
    | 'lasts'
    /** An approved run of it stopped, and goes on when it is opened again. */
    | 'resumes'
    /** The run before it waits for a decision or is at work. */
    | 'blocked';
  /** The run that blocks it or goes on. */
  readonly run?: Run;
};

/**
 * Which month a run is opened for next: months close in order, each once it is over and the one before is paid.
 * @param latest newest run of the programme
 */
export function dueMonth(
  closedThrough: string,
  latest: Run | undefined,
  { now, format }: { readonly now: number; readonly format: Pick<Format, 'isoDay'> },
): DueMonth {
  // Its month stays closed, so that only an approved run can have stopped.
  if (latest?.status === 'failed' && latest.period <= closedThrough) {
    return { period: latest.period, state: 'resumes', run: latest };
  }
  const period = nextPeriod(closedThrough as Period);
  if (latest && (isMoving(latest) || latest.status === 'awaiting_decision')) {
    return { period, state: 'blocked', run: latest };
  }
  return { period, state: format.isoDay(now).slice(0, 7) > period ? 'ready' : 'lasts' };
}
