import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { personSchema, rolesSchema } from '#shared/contracts/partners/people/person';
import { defineRoute } from '#shared/contracts/route';

export const changePersonRoute = defineRoute({
  name: 'change-person',
  service: 'partners',
  method: 'PATCH',
  path: '/v1/programs/{programId}/people/{personId}',
  summary: 'Change what somebody may do in this programme',
  description:
    'The roles that are sent are all that the person has then. Needs a fresh sign-in. Nobody gives a role to themselves, and an admin of this ' +
    'programme alone does not take away its last admin (409 `last_admin`). For another address add the new one and remove the old.',
  access: ['admin'],
  peopleOnly: true,
  params: z.object({ programId: idSchema, personId: idSchema }),
  body: z.strictObject({ roles: rolesSchema }),
  status: 200,
  response: personSchema,
});
