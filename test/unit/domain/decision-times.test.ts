import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approvalsRequired } from '#shared/domain/run/approval-policy';
import { decisionTimes, type RunReminder, waitingStep } from '#shared/domain/run/decision-times';
import { type Instant, toEpochMs, toInstant } from '#shared/domain/time/instant';
import { instant } from '#test/support/builders/runs';

const SINCE = instant('2026-02-01T08:00:00Z');
const HOUR_MS = 3_600_000;
const times = decisionTimes({ reminderHours: [72, 168], expiryHours: 336 }, SINCE);
const later = (hours: number, ms = 0): Instant => toInstant(toEpochMs(SINCE) + hours * HOUR_MS + ms);
const reminded = (...hours: number[]): RunReminder[] =>
  hours.map((afterHours) => ({ afterHours, at: later(afterHours), approvals: 0 }));

describe('who must approve', () => {
  const steps = {
    required: 2,
    requiredAbove: [
      { aboveMinor: 100n, required: 3 },
      { aboveMinor: 1_000n, required: 5 },
    ],
  };

  it('is one more above the configured total, in the minor units of any one currency', () => {
    const policy = { required: 2, extraApproverAboveMinor: 100n };
    expect(approvalsRequired({ required: 2 }, 'person:a', [10n ** 12n])).toBe(2);
    expect([[100n], [60n, 60n], []].map((paid) => approvalsRequired(policy, 'person:a', paid))).toEqual([2, 2, 2]);
    expect([[101n], [5n, 101n]].map((paid) => approvalsRequired(policy, 'person:a', paid))).toEqual([3, 3]);
  });

  it('is the highest number of the rules that apply', () => {
    expect([[100n], [101n], [5n, 1_001n]].map((paid) => approvalsRequired(steps, 'person:a', paid))).toEqual([2, 3, 5]);
    expect(approvalsRequired({ ...steps, required: 4 }, 'person:a', [101n])).toBe(4);
    expect(approvalsRequired({ ...steps, extraApproverAboveMinor: 0n, required: 3 }, 'person:a', [101n])).toBe(4);
  });

  it('is two people at least where the installation opened the run by itself', () => {
    expect(approvalsRequired({ required: 1 }, 'system:scheduler', [])).toBe(2);
    expect(approvalsRequired({ required: 1 }, 'person:a', [])).toBe(1);
    expect(approvalsRequired({ required: 3 }, 'system:scheduler', [])).toBe(3);
  });

  it('never becomes fewer when more is paid', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2_000n), fc.bigInt(0n, 2_000n), (paid, more) => {
        const few = approvalsRequired(steps, 'person:a', [paid]);
        expect(approvalsRequired(steps, 'person:a', [paid + more])).toBeGreaterThanOrEqual(few);
      }),
    );
  });
});

describe('the wait for a decision', () => {
  it('lasts to the next reminder, and after the last one to the expiry', () => {
    expect(waitingStep(times, [], SINCE)).toEqual({ step: 'wait', waitSeconds: 72 * 3_600 });
    expect(waitingStep(times, reminded(72), later(72, 500))).toEqual({ step: 'wait', waitSeconds: 96 * 3_600 });
    expect(waitingStep(times, reminded(72, 168), later(168, 1))).toEqual({ step: 'wait', waitSeconds: 144 * 3_600 });
    expect(waitingStep(times, reminded(72, 168, 312), later(312, 1))).toEqual({
      step: 'wait',
      waitSeconds: 24 * 3_600,
    });
  });

  it('reminds at its hour, not a millisecond before, and once', () => {
    expect(waitingStep(times, [], later(72, -1))).toEqual({ step: 'wait', waitSeconds: 1 });
    expect(waitingStep(times, [], later(72))).toMatchObject({ remindAfterHours: 72, waitSeconds: 96 * 3_600 });
    expect(waitingStep(times, reminded(72), later(72))).not.toHaveProperty('remindAfterHours');
  });

  it('reminds once for all that were missed', () => {
    expect(waitingStep(times, [], later(200))).toMatchObject({ remindAfterHours: 168 });
    expect(waitingStep(times, reminded(168), later(200))).not.toHaveProperty('remindAfterHours');
  });

  it('tells a day before the expiry that it comes, or after half of a wait of less than two days, and once', () => {
    expect(waitingStep(times, reminded(168), later(312, -1))).toEqual({ step: 'wait', waitSeconds: 1 });
    expect(waitingStep(times, reminded(168), later(312))).toMatchObject({ remindAfterHours: 312, isExpiring: true });
    expect(waitingStep(times, reminded(312), later(312))).not.toHaveProperty('remindAfterHours');
    const short = decisionTimes({ reminderHours: [], expiryHours: 7 }, SINCE);
    expect(waitingStep(short, [], SINCE)).toEqual({ step: 'wait', waitSeconds: 3 * 3_600 });
    expect(waitingStep(short, [], later(3))).toMatchObject({ remindAfterHours: 3, isExpiring: true });
    const hour = decisionTimes({ reminderHours: [], expiryHours: 1 }, SINCE);
    expect(waitingStep(hour, [], SINCE)).toEqual({ step: 'wait', waitSeconds: 3_600 });
  });

  it('takes the place of a reminder that is due with it', () => {
    const together = decisionTimes({ reminderHours: [24, 40], expiryHours: 48 }, SINCE);
    expect(waitingStep(together, [], later(24))).toMatchObject({ remindAfterHours: 24, isExpiring: true });
    expect(waitingStep(together, [], later(41))).toMatchObject({ remindAfterHours: 40, isExpiring: true });
    expect(waitingStep(together, reminded(24), later(41))).not.toHaveProperty('isExpiring');
  });

  it('ends at the expiry, without another reminder', () => {
    expect(waitingStep(times, reminded(72, 312), later(336, -1))).toMatchObject({ step: 'wait', waitSeconds: 1 });
    expect(waitingStep(times, reminded(72), later(336))).toEqual({ step: 'expire' });
  });

  it('comes to an end by waiting, with each reminder once and in its order, whatever the policy', () => {
    const policies = fc
      .tuple(fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { maxLength: 10 }), fc.integer({ min: 1, max: 400 }))
      .map(([hours, more]) => {
        const reminderHours = hours.sort((a, b) => a - b);
        return { reminderHours, expiryHours: (reminderHours.at(-1) ?? 0) + more };
      });
    fc.assert(
      fc.property(policies, fc.integer({ min: 0, max: 5_000 }), (policy, lateMs) => {
        const given = decisionTimes(policy, SINCE);
        const sent: RunReminder[] = [];
        let now = toEpochMs(SINCE);
        for (let waits = 0; ; waits += 1) {
          const step = waitingStep(given, sent, toInstant(now));
          if (step.step === 'expire') break;
          if (step.remindAfterHours !== undefined) {
            sent.push({ afterHours: step.remindAfterHours, at: toInstant(now), approvals: 0 });
          }
          now += step.waitSeconds * 1_000 + lateMs;
          expect(waits).toBeLessThanOrEqual(policy.reminderHours.length + 2);
        }
        const { expiryHours } = policy;
        const expiring = Math.max(expiryHours - 24, Math.floor(expiryHours / 2));
        const all = [...new Set([...policy.reminderHours, expiring])]
          .filter((hours) => hours > 0)
          .sort((a, b) => a - b);
        expect(sent.map(({ afterHours }) => afterHours)).toEqual(all);
        expect(toInstant(now) >= given.expiresAt).toBe(true);
      }),
    );
  });
});
