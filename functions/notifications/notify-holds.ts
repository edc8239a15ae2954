import * as z from 'zod';
import { partnersTable, telling } from '#functions/notifications/composition';
import { makeEscalationContacts } from '#shared/adapters/dynamodb/partners/escalation-contacts';
import { makeNotifyHoldsEscalated } from '#shared/application/notifications/notify-holds-escalated';
import type { NotifyOutcome } from '#shared/application/notifications/notify-tier-change';
import { holdsEscalatedSchema } from '#shared/contracts/events';

const notify = makeNotifyHoldsEscalated({ ...telling, contacts: makeEscalationContacts(partnersTable) });
const eventSchema = z.object({ detail: holdsEscalatedSchema });

/** Tells the escalation contact of held sales that are overdue. */
export async function handler(event: unknown): Promise<{ outcome: NotifyOutcome }> {
  return { outcome: await notify(eventSchema.parse(event).detail) };
}
