import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { billingSchema } from '#shared/contracts/partners/billing';
import { defineRoute } from '#shared/contracts/route';

export const setBillingRoute = defineRoute({
  name: 'set-billing',
  service: 'partners',
  method: 'PUT',
  path: '/v1/programs/{programId}/partners/{partnerId}/billing',
  summary: 'Say who a partner is on its self-billing invoices',
  description:
    'Check digits of tax numbers are verified where the country has them. It holds for invoices that are issued from then on; earlier ones stay as they are.',
  access: ['partner', 'partner_manager', 'finance', 'admin'],
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  body: billingSchema,
  status: 200,
  response: billingSchema,
});
