import * as z from 'zod';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import type { WebhookDelivery, WebhookEndpoint } from '#shared/application/notifications/webhooks/webhook-ports';
import {
  type SentType,
  type WebhookType,
  webhookTypeSchema,
} from '#shared/contracts/notifications/webhooks/webhook-event';

const secretSchema = z.object({
  keyId: z.string(),
  salt: z.string(),
  box: z.string(),
  createdAt: instantField,
  expiresAt: instantField.optional(),
});

/** Types that this version does not know are left out: one endpoint that asks for them must hold up no other. */
const endpointSchema = z.object({
  programId: z.string(),
  endpointId: z.string(),
  url: z.string(),
  events: z
    .array(z.string())
    .transform((types) => types.filter((type) => webhookTypeSchema.safeParse(type).success) as WebhookType[])
    .optional(),
  description: z.string().optional(),
  status: z.enum(['enabled', 'paused', 'disabled', 'removed']),
  statusReason: z.literal('gone').optional(),
  secrets: z.array(secretSchema),
  version: z.number(),
  createdAt: instantField,
  changedAt: instantField,
  changedBy: z.string(),
  onBehalfOf: z.string().optional(),
  failingSince: instantField.optional(),
  failures: z.number().optional(),
  backOffUntil: instantField.optional(),
});

const attemptSchema = z.object({
  at: instantField,
  durationMs: z.number(),
  statusCode: z.number().optional(),
  error: z.string().optional(),
  responseStart: z.string().optional(),
});

const deliverySchema = z.object({
  programId: z.string(),
  endpointId: z.string(),
  deliveryId: z.string(),
  webhookId: z.string(),
  type: z.string().transform((type) => type as SentType),
  occurredAt: instantField,
  createdAt: instantField,
  body: z.string(),
  state: z.enum(['pending', 'delivered', 'failed', 'skipped']),
  round: z.number(),
  roundAttempts: z.number(),
  attempts: z.array(attemptSchema),
  nextAttemptAt: instantField.optional(),
});

/** @throws ZodError */
export function webhookEndpointOfItem(item: Record<string, unknown>): WebhookEndpoint {
  return endpointSchema.parse(item);
}

/** @throws ZodError */
export function webhookDeliveryOfItem(item: Record<string, unknown>): WebhookDelivery {
  return deliverySchema.parse(item);
}
