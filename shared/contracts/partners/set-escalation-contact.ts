import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { contactEmailSchema, escalationContactSchema } from '#shared/contracts/partners/escalation-contact';
import { defineRoute } from '#shared/contracts/route';

export const setEscalationContactRoute = defineRoute({
  name: 'set-escalation-contact',
  service: 'partners',
  method: 'PUT',
  path: '/v1/programs/{programId}/escalation-contact',
  summary: 'Say who hears of a dispute that was not answered in time',
  description: 'An address is personal data: it is kept beside those of partners and in no audit record. Null: nobody.',
  access: ['admin'],
  params: z.object({ programId: idSchema }),
  body: z.strictObject({ email: contactEmailSchema.nullable() }),
  status: 200,
  response: escalationContactSchema,
});
