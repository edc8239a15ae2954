import * as z from 'zod';
import { moneyTable, telling } from '#functions/notifications/composition';
import { makePlanReader } from '#shared/adapters/dynamodb/money/plans/plan-reader';
import { makeNotifyTierChange, type NotifyOutcome } from '#shared/application/notifications/notify-tier-change';
import { tierChangeSequence } from '#shared/application/partners/publish-partner-events';
import { tierChangedSchema, tierDemotedSchema, tierPromotedSchema } from '#shared/contracts/events';

const notifyTierChange = makeNotifyTierChange({ ...telling, plans: makePlanReader(moneyTable) });

const eventSchema = z.object({ detail: z.union([tierChangedSchema, tierPromotedSchema, tierDemotedSchema]) });

/** @throws Error when the e-mail should be tried again: the event is delivered again, then kept in the dead-letter queue. */
export async function handler(event: unknown): Promise<{ outcome: NotifyOutcome }> {
  const { eventId, programId, partnerId } = eventSchema.parse(event).detail;
  const sequence = tierChangeSequence(eventId);
  if (sequence === undefined) throw new Error(`not an event id of a tier change: ${eventId}`);
  return { outcome: await notifyTierChange({ eventId, programId, partnerId, sequence }) };
}
