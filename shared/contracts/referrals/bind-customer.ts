import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { customerParams, customerPartnerSchema } from '#shared/contracts/referrals/customer';
import { defineRoute } from '#shared/contracts/route';

const MAX_REASON_LENGTH = 500;

export const bindCustomerRoute = defineRoute({
  name: 'bind-customer',
  service: 'referrals',
  method: 'PUT',
  path: '/v1/programs/{programId}/customers/{customerId}/partner',
  summary: 'Bind a customer to a partner, or to nobody, from now on',
  description:
    'Sales from now on without a better claim go to the partner, whatever `attribution.bindCustomers` says, until somebody ' +
    'says otherwise; sales that were recorded stay as they are. Null unbinds: where sales bind customers, the next ' +
    'attributed sale binds anew. Each change is kept with who made it and why.',
  access: ['partner_manager', 'admin'],
  params: customerParams,
  body: z.strictObject({
    partnerId: idSchema.nullable(),
    reason: z.string().trim().min(1).max(MAX_REASON_LENGTH),
  }),
  status: 200,
  response: customerPartnerSchema,
});
