import * as z from 'zod';
import { partnersTable, telling } from '#functions/notifications/composition';
import { makeDisputeStore } from '#shared/adapters/dynamodb/partners/disputes';
import { makeEscalationContacts } from '#shared/adapters/dynamodb/partners/escalation-contacts';
import { makeNotifyDisputeDecision } from '#shared/application/notifications/notify-dispute-decision';
import { makeNotifyDisputeEscalation } from '#shared/application/notifications/notify-dispute-escalation';
import type { NotifyOutcome } from '#shared/application/notifications/notify-tier-change';
import { disputeDecidedSchema, disputeEscalatedSchema } from '#shared/contracts/events';

const deps = { ...telling, disputes: makeDisputeStore(partnersTable) };
const notifyDecision = makeNotifyDisputeDecision(deps);
const notifyEscalation = makeNotifyDisputeEscalation({ ...deps, contacts: makeEscalationContacts(partnersTable) });

const eventSchema = z.object({ detail: z.discriminatedUnion('type', [disputeDecidedSchema, disputeEscalatedSchema]) });

/** Tells the partner of a decision, and the escalation contact of an overdue dispute. */
export async function handler(event: unknown): Promise<{ outcome: NotifyOutcome }> {
  const { detail } = eventSchema.parse(event);
  return { outcome: await (detail.type === 'dispute.decided' ? notifyDecision(detail) : notifyEscalation(detail)) };
}
