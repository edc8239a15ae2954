import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { disputeSchema } from '#shared/contracts/partners/dispute';
import { defineRoute } from '#shared/contracts/route';

export const withdrawDisputeRoute = defineRoute({
  name: 'withdraw-dispute',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/disputes/{disputeId}/withdrawal',
  summary: 'Take a dispute back',
  description: 'Before it is decided; by a person of the partner, or by who filed it on its behalf.',
  access: ['partner', 'partner_manager', 'admin'],
  peopleOnly: true,
  params: z.object({ programId: idSchema, disputeId: idSchema }),
  status: 200,
  response: disputeSchema,
});
