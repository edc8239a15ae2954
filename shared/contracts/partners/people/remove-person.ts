import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

export const removePersonRoute = defineRoute({
  name: 'remove-person',
  service: 'partners',
  method: 'DELETE',
  path: '/v1/programs/{programId}/people/{personId}',
  summary: "Revoke all of somebody's roles in this programme",
  description:
    'Within half a minute the person may do nothing here any more, unless it has a role in every programme. Its entry on the list of those who are ' +
    'told goes too; name and address are dropped, what it did stays in the records. Needs a fresh sign-in.',
  access: ['admin'],
  peopleOnly: true,
  params: z.object({ programId: idSchema, personId: idSchema }),
  status: 200,
  response: z.object({ personId: z.string(), state: z.literal('removed') }),
});
