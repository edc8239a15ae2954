import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

export const removeStaffPersonRoute = defineRoute({
  name: 'remove-staff-person',
  service: 'notifications',
  method: 'DELETE',
  path: '/v1/programs/{programId}/staff/{personId}',
  summary: 'Take somebody off the list of those who are told',
  description:
    'Name and address are dropped; what waited for that person is not sent. Who is not on the list, also after being removed, is not found.',
  access: ['admin'],
  params: z.object({ programId: idSchema, personId: idSchema }),
  status: 200,
  response: z.object({ personId: z.string(), state: z.literal('removed') }),
});
