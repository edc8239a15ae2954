import * as z from 'zod';
import { telling } from '#functions/notifications/composition';
import { makeNotifyPayeeChange } from '#shared/application/notifications/notify-payee-change';
import type { NotifyOutcome } from '#shared/application/notifications/notify-tier-change';
import { payeeChangedSchema } from '#shared/contracts/events';

const notifyPayeeChange = makeNotifyPayeeChange(telling);

const eventSchema = z.object({ detail: payeeChangedSchema });

/** @throws Error when the e-mail should be tried again: the event is delivered again, then kept in the dead-letter queue. */
export async function handler(event: unknown): Promise<{ outcome: NotifyOutcome }> {
  return { outcome: await notifyPayeeChange(eventSchema.parse(event).detail) };
}
