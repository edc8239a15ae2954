import type { DomainEvent } from '#shared/contracts/events';
import { approvalsOf, type PayoutRun } from '#shared/domain/run/payout-run';

/**
 * What those who decide on payouts are told of a run: that it waits for them, each reminder, that it is about to expire, and that it did. The ids follow from
 * what happened, so that a change read twice gives the same events.
 */
export function waitingEvents(before: PayoutRun | undefined, after: PayoutRun): readonly DomainEvent[] {
  const { programId, runId, period, approvalsRequired, openedAt, summarisedAt = openedAt, decisionTimes } = after;
  const isNew = (status: PayoutRun['status']): boolean => after.status === status && before?.status !== status;
  const said = { programId, runId, period, approvalsRequired, decisionBy: decisionTimes?.expiresAt };
  const events: DomainEvent[] = [];
  if (isNew('awaiting_decision')) {
    const eventId = `${programId}/${runId}/awaiting`;
    const occurredAt = decisionTimes?.since ?? summarisedAt;
    events.push({ ...said, type: 'run.awaiting_decision', eventId, approvals: 0, occurredAt });
  }
  for (const { afterHours, at, approvals, expiring } of (after.reminders ?? []).slice(before?.reminders?.length ?? 0)) {
    const told = { ...said, approvals, occurredAt: at };
    if (expiring) events.push({ ...told, type: 'run.expiring', eventId: `${programId}/${runId}/expiring` });
    else {
      const eventId = `${programId}/${runId}/reminded/${afterHours}`;
      events.push({ ...told, type: 'run.reminded', eventId, afterHours });
    }
  }
  if (isNew('expired')) {
    const eventId = `${programId}/${runId}/expired`;
    const occurredAt = after.failures.at(-1)?.at ?? openedAt;
    events.push({ ...said, type: 'run.expired', eventId, approvals: approvalsOf(after), occurredAt });
  }
  return events;
}
