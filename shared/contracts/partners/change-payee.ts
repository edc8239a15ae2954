import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { payeeSchema, payeeViewSchema } from '#shared/contracts/partners/payee';
import { defineRoute } from '#shared/contracts/route';

export const changePayeeRoute = defineRoute({
  name: 'change-payee',
  service: 'partners',
  method: 'PUT',
  path: '/v1/programs/{programId}/partners/{partnerId}/payee',
  summary: 'Say where a partner is paid',
  description:
    'A person does this with a fresh sign-in: otherwise 403 `login_not_fresh` says to sign in again; an API key says where a partner without a payee is paid, and changes none. ' +
    'Nothing is paid to changed details before `usableFrom`; the partner is told of the change at the address that it had. ' +
    'Partners choose among `payouts.partnerRails`. Who changes bank details cannot approve the next payout run. The same details again change nothing.',
  access: ['partner', 'partner_manager', 'finance', 'admin'],
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  body: payeeSchema,
  status: 200,
  response: payeeViewSchema,
});
