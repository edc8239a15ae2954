import * as z from 'zod';
import { attempt } from '#functions/notifications/webhooks/sending-composition';
import type { AttemptResult } from '#shared/application/notifications/webhooks/attempt-webhook';

const eventSchema = z.object({
  programId: z.string(),
  endpointId: z.string(),
  deliveryId: z.string(),
  round: z.number(),
  roundAttempts: z.number(),
});

/** A task of the delivery's workflow. @throws Error when it should be repeated */
export const handler = (event: unknown): Promise<AttemptResult> => attempt(eventSchema.parse(event));
