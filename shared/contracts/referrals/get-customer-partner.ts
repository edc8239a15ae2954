import { customerParams, customerPartnerSchema } from '#shared/contracts/referrals/customer';
import { defineRoute } from '#shared/contracts/route';

export const getCustomerPartnerRoute = defineRoute({
  name: 'get-customer-partner',
  service: 'referrals',
  method: 'GET',
  path: '/v1/programs/{programId}/customers/{customerId}/partner',
  summary: 'Read which partner a customer is bound to, and how it came to that',
  access: ['merchant', 'partner_manager', 'finance', 'admin'],
  params: customerParams,
  status: 200,
  response: customerPartnerSchema,
});
