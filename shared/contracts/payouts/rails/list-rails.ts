import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { railSchema } from '#shared/contracts/payouts/rails/rail';
import { defineRoute } from '#shared/contracts/route';

export const listRailsRoute = defineRoute({
  name: 'list-rails',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/rails',
  summary: 'List from which Stripe and PayPal accounts a programme pays',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema }),
  status: 200,
  response: z.object({ items: z.array(railSchema) }),
});
