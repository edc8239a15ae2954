import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { staffPersonBodySchema, staffPersonSchema } from '#shared/contracts/notifications/reading/staff-person';
import { defineRoute } from '#shared/contracts/route';

export const addStaffPersonRoute = defineRoute({
  name: 'add-staff-person',
  service: 'notifications',
  method: 'POST',
  path: '/v1/programs/{programId}/staff',
  summary: 'Put somebody on the list of those who are told what the programme needs of them',
  description:
    'It says who is told, and grants nothing. Where nobody is listed with a role, the escalation contact and its approver addresses are told as before.',
  access: ['admin'],
  params: z.object({ programId: idSchema }),
  body: staffPersonBodySchema,
  status: 201,
  response: staffPersonSchema,
});
