import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { escalationContactSchema } from '#shared/contracts/partners/escalation-contact';
import { defineRoute } from '#shared/contracts/route';

export const getEscalationContactRoute = defineRoute({
  name: 'get-escalation-contact',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/escalation-contact',
  summary: 'Read who hears of what waits for an answer, and of payout runs that wait for a decision',
  access: ['partner_manager', 'finance', 'admin'],
  params: z.object({ programId: idSchema }),
  status: 200,
  response: escalationContactSchema,
});
