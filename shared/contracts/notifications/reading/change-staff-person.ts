import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { staffPersonChangeSchema, staffPersonSchema } from '#shared/contracts/notifications/reading/staff-person';
import { defineRoute } from '#shared/contracts/route';

export const changeStaffPersonRoute = defineRoute({
  name: 'change-staff-person',
  service: 'notifications',
  method: 'PATCH',
  path: '/v1/programs/{programId}/staff/{personId}',
  summary: 'Change somebody on the list of those who are told',
  description: 'What is left out stays. Null: language and time zone are as usual again.',
  access: ['admin'],
  params: z.object({ programId: idSchema, personId: idSchema }),
  body: staffPersonChangeSchema,
  status: 200,
  response: staffPersonSchema,
});
