import * as z from 'zod';
import { cursorSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { apiKeySummarySchema } from '#shared/contracts/partners/api-key';
import { defineRoute } from '#shared/contracts/route';

export const listApiKeysRoute = defineRoute({
  name: 'list-api-keys',
  service: 'partners',
  method: 'GET',
  path: '/v1/api-keys',
  summary: 'List the API keys that you may administer, revoked ones too',
  access: ['admin'],
  query: z.strictObject({ cursor: cursorSchema, limit: limitSchema }),
  status: 200,
  response: pageOf(apiKeySummarySchema),
});
