import * as z from 'zod';
import { partnersTable, telling } from '#functions/notifications/composition';
import { makeDisputeStore } from '#shared/adapters/dynamodb/partners/disputes';
import { makeEscalationContacts } from '#shared/adapters/dynamodb/partners/escalation-contacts';
import { makeNotifyDisputeCorrection } from '#shared/application/notifications/notify-dispute-correction';
import { makeNotifyDisputeDecision } from '#shared/application/notifications/notify-dispute-decision';
import { makeNotifyDisputeEscalation } from '#shared/application/notifications/notify-dispute-escalation';
import type { NotifyOutcome } from '#shared/application/notifications/notify-tier-change';
import { disputeDecidedSchema, disputeEscalatedSchema, disputeRemediedSchema } from '#shared/contracts/events';

const deps = { ...telling, disputes: makeDisputeStore(partnersTable) };
const notifyCorrection = makeNotifyDisputeCorrection(deps);
const notifyDecision = makeNotifyDisputeDecision(deps);
const notifyEscalation = makeNotifyDisputeEscalation({ ...deps, contacts: makeEscalationContacts(partnersTable) });

const eventSchema = z.object({
  detail: z.discriminatedUnion('type', [disputeDecidedSchema, disputeEscalatedSchema, disputeRemediedSchema]),
});

/** Tells the partner of a decision, or that it came to nothing, and the escalation contact of an overdue dispute. */
export async function handler(event: unknown): Promise<{ outcome: NotifyOutcome }> {
  const { detail } = eventSchema.parse(event);
  switch (detail.type) {
    case 'dispute.decided':
      return { outcome: await notifyDecision(detail) };
    case 'dispute.remedied':
      return { outcome: await notifyCorrection(detail) };
    case 'dispute.escalated':
      return { outcome: await notifyEscalation(detail) };
  }
}
