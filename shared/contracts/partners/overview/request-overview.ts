import * as z from 'zod';
import { idSchema, periodSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

export const requestOverviewRoute = defineRoute({
  name: 'request-overview',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/overview-refreshes',
  summary: 'Have the dashboard and the health of partners computed anew',
  description:
    'Of a month, the present one without `period`. It goes on by itself, once at a time: `under_way` when somebody asked before, `fresh` when what there is was computed some minutes ago. GET .../dashboard and .../partner-health show the outcome (`asOf`).',
  access: ['partner_manager', 'finance', 'approver', 'admin'],
  params: z.object({ programId: idSchema }),
  body: z.strictObject({ period: periodSchema.optional() }).default({}),
  status: 202,
  response: z.object({
    status: z.enum(['requested', 'under_way', 'fresh']),
    retryAfterSeconds: z.int().meta({ description: 'There is something to see after about so long.' }),
  }),
});
