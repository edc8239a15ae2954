import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import {
  approverEmailsSchema,
  contactEmailSchema,
  escalationContactSchema,
} from '#shared/contracts/partners/escalation-contact';
import { defineRoute } from '#shared/contracts/route';

export const setEscalationContactRoute = defineRoute({
  name: 'set-escalation-contact',
  service: 'partners',
  method: 'PUT',
  path: '/v1/programs/{programId}/escalation-contact',
  summary: 'Say who hears of what waits for an answer, and of payout runs that wait for a decision',
  description:
    'An address is personal data: it is kept beside those of partners and in no audit record. Null: nobody. What is left out is taken away.',
  access: ['admin'],
  params: z.object({ programId: idSchema }),
  body: z.strictObject({ email: contactEmailSchema.nullable(), approverEmails: approverEmailsSchema.optional() }),
  status: 200,
  response: escalationContactSchema,
});
