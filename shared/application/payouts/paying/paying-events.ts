import type { PostedStatement } from '#shared/application/payouts/ledger/ledger-ports';
import { eventAmount } from '#shared/contracts/event-amount';
import type { DomainEvent } from '#shared/contracts/events';
import { parseRunId } from '#shared/domain/ledger/money-ids';
import type { Payout, PayoutStatus } from '#shared/domain/ledger/payout';

/** Statuses that a payout enters once at most, and what those who wait for the money call them. */
const TOLD = { settled: 'paid', failed: 'failed', returned: 'returned' } as const;

/** That a statement was approved and posted; a draft is told to nobody. */
export function statementReady(posted: PostedStatement): DomainEvent {
  const { programId, partnerId, statementId, period, currency, payableMinor, postedAt } = posted;
  return {
    type: 'statement.ready',
    eventId: `${programId}/${statementId}/ready`,
    programId,
    partnerId,
    statementId,
    period,
    payable: eventAmount(payableMinor, currency),
    occurredAt: postedAt,
  };
}

/**
 * What those who wait for a payout are told of a change of it: that it was approved, paid, failed or came back. A payout that was
 * asked for again and again on its way is paid once; one that came back after that is told once more. The ids follow from what happened.
 */
export function payoutEvents(before: Payout | undefined, after: Payout): readonly DomainEvent[] {
  const { programId, partnerId, payoutId, currency, amountMinor } = after;
  const period = parseRunId(after.runId)?.period;
  if (period === undefined) throw new Error(`payout ${payoutId} is of no run`);
  const said = { programId, partnerId, payoutId, period, amount: eventAmount(amountMinor, currency) };
  const events: DomainEvent[] = [];
  if (!before) {
    const eventId = `${programId}/${payoutId}/approved`;
    events.push({ ...said, type: 'payout.approved', eventId, occurredAt: after.createdAt });
  }
  const told = before?.status === after.status ? undefined : toldOf(after.status);
  if (told) {
    const eventId = `${programId}/${payoutId}/${told}`;
    events.push({ ...said, type: `payout.${told}`, eventId, occurredAt: after.updatedAt });
  }
  return events;
}

function toldOf(status: PayoutStatus): (typeof TOLD)[keyof typeof TOLD] | undefined {
  return status === 'settled' || status === 'failed' || status === 'returned' ? TOLD[status] : undefined;
}
