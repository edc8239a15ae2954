import * as z from 'zod';
import { beginning } from '#functions/notifications/webhooks/begin-composition';
import { deliveries, endpoints } from '#functions/notifications/webhooks/composition';
import { digest } from '#shared/adapters/digest';
import { makeDeliverWebhooks } from '#shared/application/notifications/webhooks/deliver-webhooks';
import { webhookEventOf } from '#shared/contracts/notifications/webhooks/webhook-event';

const deliver = makeDeliverWebhooks({ ...beginning, endpoints, deliveries, digest });

const eventSchema = z.object({ detail: z.unknown() });

/** Called by the event rule for everything that endpoints may want to hear of. @throws Error when it should be delivered again */
export const handler = (event: unknown): Promise<{ readonly wanted: number }> =>
  deliver(webhookEventOf(eventSchema.parse(event).detail));
