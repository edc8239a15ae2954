import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { planBodySchema, planSchema } from '#shared/contracts/payouts/plans/plan';
import { defineRoute } from '#shared/contracts/route';

export const publishPlanRoute = defineRoute({
  name: 'publish-plan',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/plans',
  summary: 'Publish a plan version, for ever',
  description: 'A published version never changes. Sending the same content again answers 200, other content 409.',
  access: ['admin', 'partner_manager'],
  params: z.object({ programId: idSchema }),
  body: planBodySchema,
  status: 201,
  response: planSchema,
});
