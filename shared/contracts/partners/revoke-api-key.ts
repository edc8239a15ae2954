import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { apiKeySummarySchema } from '#shared/contracts/partners/api-key';
import { defineRoute } from '#shared/contracts/route';

export const revokeApiKeyRoute = defineRoute({
  name: 'revoke-api-key',
  service: 'partners',
  method: 'DELETE',
  path: '/v1/api-keys/{keyId}',
  summary: 'Revoke an API key',
  description: 'The key stops working within 30 seconds. Revoking it again answers the same.',
  access: ['admin'],
  params: z.object({ keyId: idSchema }),
  status: 200,
  response: apiKeySummarySchema,
});
