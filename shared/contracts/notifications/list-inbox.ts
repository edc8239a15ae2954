import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema } from '#shared/contracts/fields';
import { inboxSchema } from '#shared/contracts/notifications/reading/notice';
import { defineRoute } from '#shared/contracts/route';

export const listInboxRoute = defineRoute({
  name: 'list-inbox',
  service: 'notifications',
  method: 'GET',
  path: '/v1/programs/{programId}/partners/{partnerId}/inbox',
  summary: "Read a partner's notices, newest first",
  access: ['partner', 'partner_manager', 'admin'],
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  query: z.strictObject({ cursor: cursorSchema, limit: limitSchema }),
  status: 200,
  response: inboxSchema,
});
