import * as z from 'zod';
import { partnersTable, telling } from '#functions/notifications/composition';
import { digest } from '#shared/adapters/digest';
import { makeEscalationContacts } from '#shared/adapters/dynamodb/partners/escalation-contacts';
import { makeNotifyHoldsEscalated } from '#shared/application/notifications/notify-holds-escalated';
import { makeNotifyRunWaiting } from '#shared/application/notifications/notify-run-waiting';
import type { NotifyOutcome } from '#shared/application/notifications/notify-tier-change';
import {
  holdsEscalatedSchema,
  runAwaitingDecisionSchema,
  runExpiredSchema,
  runRemindedSchema,
} from '#shared/contracts/events';

const deps = { ...telling, contacts: makeEscalationContacts(partnersTable), digest };
const notifyHolds = makeNotifyHoldsEscalated(deps);
const notifyRun = makeNotifyRunWaiting(deps);

const eventSchema = z.object({
  detail: z.discriminatedUnion('type', [
    holdsEscalatedSchema,
    runAwaitingDecisionSchema,
    runRemindedSchema,
    runExpiredSchema,
  ]),
});

/** Tells staff of what waits for them: held sales that are overdue, and payout runs. */
export async function handler(event: unknown): Promise<{ outcomes: readonly NotifyOutcome[] }> {
  const { detail } = eventSchema.parse(event);
  return { outcomes: detail.type === 'holds.escalated' ? [await notifyHolds(detail)] : await notifyRun(detail) };
}
