import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { personSchema } from '#shared/contracts/partners/people/person';
import { defineRoute } from '#shared/contracts/route';

export const listPeopleRoute = defineRoute({
  name: 'list-people',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/people',
  summary: 'List who has roles in this programme',
  description:
    'Not those whose sign-in gives them a role in every programme: these are groups of the identity provider. At most 200 people, by name.',
  access: ['admin'],
  params: z.object({ programId: idSchema }),
  status: 200,
  response: z.object({
    items: z.array(
      personSchema.extend({
        staffPersonId: z
          .string()
          .optional()
          .meta({ description: 'The entry on the list of those who are told (`/staff`); absent: it is told nothing.' }),
      }),
    ),
  }),
});
