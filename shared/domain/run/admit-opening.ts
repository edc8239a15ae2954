import type { Instant, Period } from '../time/instant.ts';
import { OVER_STATUSES, type PayoutRun, type RunStatus, statementState } from './payout-run.ts';

export type OpeningAnswer =
  | { readonly answer: 'open'; readonly attempt: number }
  /** The run failed after its approval: its money work goes on where it stopped. */
  | { readonly answer: 'resume'; readonly run: PayoutRun }
  | { readonly answer: 'already_open'; readonly run: PayoutRun }
  /** The run has not moved for so long that its workflow must be gone: it is ended as failed first. */
  | { readonly answer: 'stalled'; readonly run: PayoutRun }
  /** The run of the month before is not over: its balances are not what this month opens with yet. */
  | { readonly answer: 'blocked'; readonly run: PayoutRun }
  | { readonly answer: 'not_due'; readonly duePeriod: Period }
  | { readonly answer: 'not_ended'; readonly endsAt: Instant };

/** Far longer than the slowest computation or payment with all its retries. */
export const STALLED_AFTER_MS = 24 * 60 * 60 * 1000;
const WORKING_STATUSES: ReadonlySet<RunStatus> = new Set([
  'open',
  'draining',
  'computing',
  'summarising',
  'posting',
  'submitting',
]);

function isStalled(run: PayoutRun, now: Instant): boolean {
  const moves = [run.openedAt, ...run.given.map(({ at }) => at), ...run.failures.map(({ at }) => at)];
  const lastMoveMs = Math.max(...moves.map((at) => Date.parse(at)));
  return WORKING_STATUSES.has(run.status) && Date.parse(now) - lastMoveMs > STALLED_AFTER_MS;
}

/**
 * Decides whether a period may be closed now. Periods close in order, one run at a time, and only once they are over;
 * a rejected, expired or failed attempt has reopened its period, so that the next attempt may close it again.
 * A period is opened only when the run before it is completed: its opening balances are what that run leaves behind.
 */
export function admitOpening(input: {
  readonly period: Period;
  readonly duePeriod: Period;
  /** First instant after the due period. */
  readonly dueEndsAt: Instant;
  readonly now: Instant;
  /** The latest attempt at `period`, if any. */
  readonly latest: PayoutRun | undefined;
  /** The latest attempt at the period before; none for the first period of the books. */
  readonly previous: PayoutRun | undefined;
}): OpeningAnswer {
  const { latest, previous } = input;
  if (latest && statementState(latest) !== 'void') {
    if (isStalled(latest, input.now)) return { answer: 'stalled', run: latest };
    return latest.status === 'failed' ? { answer: 'resume', run: latest } : { answer: 'already_open', run: latest };
  }
  if (input.period !== input.duePeriod) return { answer: 'not_due', duePeriod: input.duePeriod };
  if (input.now < input.dueEndsAt) return { answer: 'not_ended', endsAt: input.dueEndsAt };
  if (previous && !OVER_STATUSES.includes(previous.status)) return { answer: 'blocked', run: previous };
  return { answer: 'open', attempt: (latest?.attempt ?? 0) + 1 };
}
