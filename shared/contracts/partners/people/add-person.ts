import * as z from 'zod';
import { idSchema, nameSchema } from '#shared/contracts/fields';
import { contactEmailSchema } from '#shared/contracts/partners/escalation-contact';
import { personSchema, rolesSchema } from '#shared/contracts/partners/people/person';
import { defineRoute } from '#shared/contracts/route';

export const addPersonRoute = defineRoute({
  name: 'add-person',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/people',
  summary: 'Give somebody roles in this programme',
  description:
    'The person has them within half a minute after signing in with this address, verified by the identity provider, where an account must exist. ' +
    'Needs a fresh sign-in (403 `login_not_fresh`). Nobody gives a role to themselves (403 `second_person_required`), and who makes somebody ' +
    'admin, finance or approver cannot approve the next run. The person is put on the list of those who are told (`/staff`) too.',
  access: ['admin'],
  peopleOnly: true,
  params: z.object({ programId: idSchema }),
  body: z.strictObject({ name: nameSchema, email: contactEmailSchema, roles: rolesSchema }),
  status: 201,
  response: personSchema,
});
