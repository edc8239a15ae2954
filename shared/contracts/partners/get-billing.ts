import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { billingSchema } from '#shared/contracts/partners/billing';
import { defineRoute } from '#shared/contracts/route';

export const getBillingRoute = defineRoute({
  name: 'get-billing',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/partners/{partnerId}/billing',
  summary: 'Read who a partner is on its self-billing invoices',
  description: '404 until somebody has said it.',
  access: ['partner', 'partner_manager', 'finance', 'approver', 'admin'],
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  status: 200,
  response: billingSchema,
});
