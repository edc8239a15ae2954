import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema } from '#shared/contracts/fields';
import { inboxSchema } from '#shared/contracts/notifications/reading/notice';
import { defineRoute } from '#shared/contracts/route';

export const listStaffInboxRoute = defineRoute({
  name: 'list-staff-inbox',
  service: 'notifications',
  method: 'GET',
  path: '/v1/programs/{programId}/staff/{personId}/inbox',
  summary: 'Read the notices of somebody who runs the programme, newest first',
  description: 'For that person, by its own verified e-mail address, and for admins; anybody else finds nobody.',
  access: ['admin', 'finance', 'approver', 'partner_manager'],
  params: z.object({ programId: idSchema, personId: idSchema }),
  query: z.strictObject({ cursor: cursorSchema, limit: limitSchema }),
  status: 200,
  response: inboxSchema,
});
