import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { controlsChangeSchema, programSchema } from '#shared/contracts/payouts/programs/program';
import { defineRoute } from '#shared/contracts/route';

export const changeControlsRoute = defineRoute({
  name: 'change-controls',
  service: 'payouts',
  method: 'PATCH',
  path: '/v1/programs/{programId}',
  summary: "Change a programme's limits and deadlines",
  description: 'Only the controls change; each change is kept with who made it. It holds for what comes after it.',
  access: ['admin'],
  peopleOnly: true,
  params: z.object({ programId: idSchema }),
  body: z.strictObject({ controls: controlsChangeSchema }),
  status: 200,
  response: programSchema,
});
