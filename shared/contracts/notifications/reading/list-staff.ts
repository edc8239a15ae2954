import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { staffPersonSchema } from '#shared/contracts/notifications/reading/staff-person';
import { defineRoute } from '#shared/contracts/route';

export const listStaffRoute = defineRoute({
  name: 'list-staff',
  service: 'notifications',
  method: 'GET',
  path: '/v1/programs/{programId}/staff',
  summary: 'List the people of a programme who are told things',
  description: 'All of them to admins; anybody else finds itself, by its own verified e-mail address.',
  access: ['admin', 'finance', 'approver', 'partner_manager'],
  params: z.object({ programId: idSchema }),
  status: 200,
  response: z.object({ items: z.array(staffPersonSchema) }),
});
