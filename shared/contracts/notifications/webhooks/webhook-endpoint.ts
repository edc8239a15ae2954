import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { WEBHOOK_TYPES, webhookTypeSchema } from '#shared/contracts/notifications/webhooks/webhook-event';

const MAX_DESCRIPTION = 200;
const MAX_URL = 2_048;

export const endpointPathSchema = z.object({ programId: idSchema, endpointId: idSchema });

export const webhookUrlSchema = z.string().max(MAX_URL).meta({
  description:
    'https, a host of the public internet by its name, port 443 or from 1024 on, without credentials. Redirects are not followed.',
  example: 'https://shop.example.com/webhooks',
});

export const webhookEventsSchema = z
  .array(webhookTypeSchema)
  .min(1)
  .refine((types) => new Set(types).size === types.length, 'must name each type once')
  .meta({ description: `Of ${WEBHOOK_TYPES.join(', ')}. Absent: all, also those that are to come.` });

export const webhookDescriptionSchema = z.string().trim().min(1).max(MAX_DESCRIPTION);

export const webhookEndpointSchema = z.object({
  endpointId: z.string(),
  url: z.string(),
  events: z.array(z.string()).optional().meta({ description: 'Absent: all.' }),
  description: z.string().optional(),
  status: z.enum(['enabled', 'paused', 'disabled']).meta({
    description:
      '`paused`: it failed for a week without one success. Deliveries are kept meanwhile as `skipped`. PATCH `enabled` goes on.',
  }),
  statusReason: z.literal('gone').optional().meta({ description: 'It answered 410: it wants nothing more.' }),
  secrets: z
    .array(z.object({ createdAt: z.string(), expiresAt: z.string().optional() }))
    .meta({ description: 'What signs now, newest first; never the secrets.' }),
  failingSince: z.string().optional().meta({ description: 'The first failed attempt since the last success.' }),
  failures: z.int().optional().meta({ description: 'Failed attempts since then.' }),
  createdAt: z.string(),
  changedAt: z.string(),
});

export const webhookSecretSchema = z.string().meta({
  description: 'Shown once. Verify every message with it by a library of Standard Webhooks.',
  example: 'whsec_...',
});
