import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { payeeSchema, payeeSummarySchema } from '#shared/contracts/partners/payee';
import { defineRoute } from '#shared/contracts/route';

export const changePayeeRoute = defineRoute({
  name: 'change-payee',
  service: 'partners',
  method: 'PUT',
  path: '/v1/programs/{programId}/partners/{partnerId}/payee',
  summary: 'Say where a partner is paid',
  description: 'Who changes bank details cannot approve the next payout run. The same details again change nothing.',
  access: ['partner', 'partner_manager', 'finance', 'admin'],
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  body: payeeSchema,
  status: 200,
  response: payeeSummarySchema,
});
