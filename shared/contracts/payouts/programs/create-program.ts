import { programBodySchema, programSchema } from '#shared/contracts/payouts/programs/program';
import { defineRoute } from '#shared/contracts/route';

export const createProgramRoute = defineRoute({
  name: 'create-program',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs',
  summary: 'Create a partner programme',
  access: ['admin'],
  body: programBodySchema,
  status: 201,
  response: programSchema,
});
