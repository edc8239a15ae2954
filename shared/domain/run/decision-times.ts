import { type Instant, toEpochMs, toInstant } from '../time/instant.ts';

const MS_PER_HOUR = 3_600_000;
const MS_PER_SECOND = 1_000;

/** So long before it expires a run's approvers are told so; of a run that waits for less than twice that, when half is over. */
const EXPIRING_HOURS = 24;

/** Until when a run waits for its decision, and when its approvers are reminded: fixed when the waiting begins. */
export type DecisionTimes = {
  readonly since: Instant;
  /** Hours after `since`, ascending. */
  readonly reminderHours: readonly number[];
  /** From this instant on the run is expired. */
  readonly expiresAt: Instant;
};

/** That the approvers of a run were reminded, `afterHours` of waiting. */
export type RunReminder = {
  readonly afterHours: number;
  readonly at: Instant;
  /** Approvals that the run had by then. */
  readonly approvals: number;
  /** That it is about to expire: told instead of a reminder. */
  readonly expiring?: true | undefined;
};

export function decisionTimes(
  policy: { readonly reminderHours: readonly number[]; readonly expiryHours: number },
  since: Instant,
): DecisionTimes {
  return { since, reminderHours: policy.reminderHours, expiresAt: hoursAfter(since, policy.expiryHours) };
}

export type WaitingStep =
  | { readonly step: 'expire' }
  | {
      readonly step: 'wait';
      /** Of the reminder that is due now; absent when none is. */
      readonly remindAfterHours?: number | undefined;
      /** With what is due now it is told that the run is about to expire. */
      readonly isExpiring?: true | undefined;
      /** Until the next reminder, or the expiry; never less than one. */
      readonly waitSeconds: number;
    };

/**
 * What a waiting run needs at `now`. No reminder comes before its time, and each comes once: of several that are due at once, as
 * after an outage, the last one stands for all.
 */
export function waitingStep(times: DecisionTimes, reminded: readonly RunReminder[], now: Instant): WaitingStep {
  if (now >= times.expiresAt) return { step: 'expire' };
  const last = Math.max(0, ...reminded.map(({ afterHours }) => afterHours));
  const expiring = expiringHours(times);
  const hours = [...new Set([...times.reminderHours, expiring])].filter((one) => one > 0).sort((a, b) => a - b);
  const due = hours.filter((one) => one > last && hoursAfter(times.since, one) <= now).at(-1);
  const next = hours.map((one) => hoursAfter(times.since, one)).find((at) => at > now);
  const until = next !== undefined && next < times.expiresAt ? next : times.expiresAt;
  const waitSeconds = Math.max(1, Math.ceil((toEpochMs(until) - toEpochMs(now)) / MS_PER_SECOND));
  if (due === undefined) return { step: 'wait', waitSeconds };
  const isExpiring = expiring > last && expiring <= due;
  return { step: 'wait', waitSeconds, remindAfterHours: due, ...(isExpiring ? { isExpiring } : {}) };
}

/** In whole hours after the wait began; 0 of a run that waits for an hour alone: that it waits says as much. */
function expiringHours({ since, expiresAt }: DecisionTimes): number {
  const hours = Math.floor((toEpochMs(expiresAt) - toEpochMs(since)) / MS_PER_HOUR);
  return Math.max(hours - EXPIRING_HOURS, Math.floor(hours / 2));
}

function hoursAfter(since: Instant, hours: number): Instant {
  return toInstant(toEpochMs(since) + hours * MS_PER_HOUR);
}
