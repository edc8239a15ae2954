import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';

export const deliveryPathSchema = z.object({ programId: idSchema, endpointId: idSchema, deliveryId: idSchema });

export const deliveryStateSchema = z.enum(['pending', 'delivered', 'failed', 'skipped']).meta({
  description:
    '`pending`: an attempt is due at `nextAttemptAt`. `failed`: ten attempts in three days failed, or it answered 410. `skipped`: the endpoint was not enabled. Both can be sent again.',
});

export const webhookDeliverySchema = z.object({
  deliveryId: z.string(),
  webhookId: z
    .string()
    .meta({ description: 'The header `webhook-id`: the same in every attempt and at every endpoint.' }),
  type: z.string().meta({ example: 'payout.paid' }),
  occurredAt: z.string(),
  createdAt: z.string(),
  status: deliveryStateSchema,
  nextAttemptAt: z.string().optional(),
  attempts: z.array(
    z.object({
      at: z.string(),
      durationMs: z.int(),
      statusCode: z.int().optional(),
      error: z.string().optional(),
      responseStart: z.string().optional().meta({ description: 'The beginning of an answer that was no success.' }),
    }),
  ),
});

export const webhookDeliveryWithPayloadSchema = webhookDeliverySchema.extend({
  payload: z.object({ type: z.string(), timestamp: z.string(), data: z.record(z.string(), z.unknown()) }),
});
