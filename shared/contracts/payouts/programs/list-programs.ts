import * as z from 'zod';
import { cursorSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { programSchema } from '#shared/contracts/payouts/programs/program';
import { defineRoute } from '#shared/contracts/route';

export const listProgramsRoute = defineRoute({
  name: 'list-programs',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs',
  summary: 'List the programmes you may see',
  access: ['admin', 'finance', 'approver', 'partner_manager', 'merchant', 'partner'],
  query: z.object({ cursor: cursorSchema, limit: limitSchema }),
  status: 200,
  response: pageOf(programSchema),
});
