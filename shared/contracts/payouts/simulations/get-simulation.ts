import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { simulationStatusSchema } from '#shared/contracts/payouts/simulations/simulation';
import { defineRoute } from '#shared/contracts/route';

export const getSimulationRoute = defineRoute({
  name: 'get-simulation',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/simulations/{simulationId}',
  summary: 'See how far a simulation is, and what it came to',
  access: ['admin', 'finance', 'partner_manager'],
  params: z.object({ programId: idSchema, simulationId: idSchema }),
  status: 200,
  response: simulationStatusSchema,
});
