import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { signalSchema } from '#shared/contracts/referrals/hold';
import { defineRoute } from '#shared/contracts/route';

export const listPartnerSignalsRoute = defineRoute({
  name: 'list-partner-signals',
  service: 'referrals',
  method: 'GET',
  path: '/v1/programs/{programId}/fraud-signals',
  summary: 'List what the daily review found of partners',
  description:
    'One entry a partner and code, as it was found last: `refund_rate` and `same_payee_on_two_partners`. Open sales are held ' +
    'where the programme says so; closed months are left alone.',
  access: ['partner_manager', 'finance', 'approver', 'admin'],
  params: z.object({ programId: idSchema }),
  status: 200,
  response: z.object({ items: z.array(signalSchema.extend({ partnerId: z.string(), foundAt: z.string() })) }),
});
