import * as z from 'zod';
import { partnersTable, tell, telling } from '#functions/notifications/composition';
import { makeDisputeStore } from '#shared/adapters/dynamodb/partners/disputes';
import { makeEscalationContacts } from '#shared/adapters/dynamodb/partners/escalation-contacts';
import { makeTellStaff } from '#shared/application/notifications/telling/tell-staff';
import {
  disputeEscalatedSchema,
  holdsEscalatedSchema,
  runAwaitingDecisionSchema,
  runExpiredSchema,
  runExpiringSchema,
  runRemindedSchema,
  webhookPausedSchema,
} from '#shared/contracts/events';

const tellStaff = makeTellStaff({
  ...{ tell, log: telling.log },
  disputes: makeDisputeStore(partnersTable),
  contacts: makeEscalationContacts(partnersTable),
});

const eventSchema = z.object({
  detail: z.discriminatedUnion('type', [
    disputeEscalatedSchema,
    holdsEscalatedSchema,
    runAwaitingDecisionSchema,
    runExpiredSchema,
    runExpiringSchema,
    runRemindedSchema,
    webhookPausedSchema,
  ]),
});

/**
 * Tells staff of what waits for them: payout runs, what is overdue, and webhooks that nobody receives.
 * @throws Error when somebody should be told again: the event is delivered again, then kept in the dead-letter queue
 */
export const handler = (event: unknown): Promise<void> => tellStaff(eventSchema.parse(event).detail);
