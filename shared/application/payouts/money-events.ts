import type { DomainEvent } from '#shared/contracts/events';
import type { Instant } from '#shared/domain/instant';
import type { PayoutRun } from '#shared/domain/payout-run';

/** A change of the Money table that others want to know of. */
export type MoneyChange =
  | { readonly type: 'run'; readonly before: PayoutRun | undefined; readonly after: PayoutRun }
  | {
      readonly type: 'rail_event';
      readonly eventId: string;
      readonly programId: string;
      readonly payoutId: string;
      readonly occurredAt: Instant;
      readonly outcome: 'settled' | 'failed' | 'returned';
      readonly reason?: string | undefined;
    };

/** The events of a change. Their ids follow from what happened, so that a record read twice gives the same event. */
export function eventsOf(change: MoneyChange): readonly DomainEvent[] {
  if (change.type === 'rail_event') {
    const { type: _, ...report } = change;
    return [{ ...report, type: 'payout.rail_event' }];
  }
  const { before, after } = change;
  const { programId, runId, period } = after;
  const events: DomainEvent[] = [];
  if (before?.execution !== after.execution) {
    const eventId = `${programId}/${runId}/opened/${after.execution}`;
    events.push({ type: 'run.opened', eventId, programId, runId, period, occurredAt: after.openedAt });
  }
  if (after.decision && !before?.decision) {
    const eventId = `${programId}/${runId}/decided`;
    const occurredAt = after.given.at(-1)?.at ?? after.openedAt;
    events.push({ type: 'run.decided', eventId, programId, runId, decision: after.decision, occurredAt });
  }
  return events;
}
