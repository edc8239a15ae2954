import * as z from 'zod';
import { idSchema, nameSchema } from '#shared/contracts/fields';
import { apiKeySummarySchema } from '#shared/contracts/partners/api-key';
import { defineRoute } from '#shared/contracts/route';

export const createApiKeyRoute = defineRoute({
  name: 'create-api-key',
  service: 'partners',
  method: 'POST',
  path: '/v1/api-keys',
  summary: 'Make an API key',
  description:
    'The key is in this answer and nowhere else: only its hash is kept. A repeat with the same Idempotency-Key and body makes no second key and answers 409 already_exists with the keyId, because the first key cannot be shown again: revoke it and make another. Another body under the same Idempotency-Key is 422 idempotency_key_reused.',
  access: ['admin'],
  body: z.strictObject({ name: nameSchema, role: z.enum(['admin', 'merchant']), programId: idSchema.optional() }),
  status: 201,
  response: apiKeySummarySchema.extend({
    apiKey: z.string().meta({ description: 'Shown once. Keep it secret.', example: 'tsk_...' }),
  }),
});
