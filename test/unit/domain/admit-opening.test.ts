import { describe, expect, it } from 'vitest';
import { admitOpening, STALLED_AFTER_MS } from '#shared/domain/run/admit-opening';
import type { PayoutRun, RunStatus } from '#shared/domain/run/payout-run';
import { toInstant } from '#shared/domain/time/instant';
import { aRun, DECEMBER, FEBRUARY, instant, JANUARY } from '#test/support/builders/runs';

const ENDS = instant('2026-02-01T00:00:00Z');
const OPENED = instant('2026-02-01T08:00:00Z');
const later = (ms: number): ReturnType<typeof instant> => toInstant(Date.parse(OPENED) + ms);

const admit = (over: Partial<Parameters<typeof admitOpening>[0]> = {}) =>
  admitOpening({
    period: JANUARY,
    duePeriod: JANUARY,
    dueEndsAt: ENDS,
    now: ENDS,
    latest: undefined,
    previous: undefined,
    ...over,
  });

describe('opening a month', () => {
  it('starts its first attempt at the first instant after it, and not before', () => {
    expect(admit()).toEqual({ answer: 'open', attempt: 1 });
    expect(admit({ now: instant('2026-01-31T23:59:59.999Z') })).toEqual({ answer: 'not_ended', endsAt: ENDS });
  });

  it('is refused for another month than the one that is due', () => {
    expect(admit({ period: FEBRUARY })).toEqual({ answer: 'not_due', duePeriod: JANUARY });
  });

  it.each(['rejected', 'expired', 'failed'] as const)('starts the next attempt after one that was %s', (status) => {
    expect(admit({ latest: aRun({ attempt: 3, status }) })).toEqual({ answer: 'open', attempt: 4 });
  });

  it('resumes a run that failed after its approval', () => {
    const run = aRun({ status: 'failed', decision: 'approve' });
    expect(admit({ latest: run })).toEqual({ answer: 'resume', run });
  });

  it.each(['completed', 'completed_with_failures'] as const)('waits for no run before it that is %s', (status) => {
    expect(admit({ previous: aRun({ period: DECEMBER, status }) })).toEqual({ answer: 'open', attempt: 1 });
  });

  it.each(['posting', 'submitting', 'failed', 'rejected', 'awaiting_decision'] as const)(
    'waits for a run before it that is %s',
    (status) => {
      const run = aRun({ period: DECEMBER, status });
      expect(admit({ previous: run })).toEqual({ answer: 'blocked', run });
    },
  );
});

describe('a run that is at work', () => {
  const working = ['open', 'draining', 'computing', 'summarising', 'posting', 'submitting'] as const;
  const answerAfter = (run: PayoutRun, ms: number) => admit({ latest: run, now: later(ms) }).answer;

  it.each(working)('is taken for stalled once it has been %s for more than a day', (status) => {
    const run = aRun({ status, openedAt: OPENED });
    expect(STALLED_AFTER_MS).toBe(86_400_000);
    expect(answerAfter(run, STALLED_AFTER_MS)).toBe('already_open');
    expect(admit({ latest: run, now: later(STALLED_AFTER_MS + 1) })).toEqual({ answer: 'stalled', run });
  });

  it.each(['awaiting_decision', 'completed'] as const)('is never stalled while it is %s', (status: RunStatus) => {
    expect(answerAfter(aRun({ status, openedAt: OPENED }), 10 * STALLED_AFTER_MS)).toBe('already_open');
  });

  it('counts from its last move: an opening, a decision or a failure', () => {
    const moved = later(1_000);
    const given = [
      { by: 'a', at: moved, decision: 'approve' as const },
      { by: 'b', at: OPENED, decision: 'approve' as const },
    ];
    const failures = [{ at: moved, during: 'posting' as const, reason: 'a fault' }];
    for (const over of [{ given }, { failures }]) {
      const run = aRun({ status: 'posting', decision: 'approve', openedAt: OPENED, ...over });
      expect(answerAfter(run, STALLED_AFTER_MS + 1_000)).toBe('already_open');
      expect(answerAfter(run, STALLED_AFTER_MS + 1_001)).toBe('stalled');
    }
  });
});
