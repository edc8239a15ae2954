import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

export const nothingEarnedSchema = z.object({
  orderId: z.string(),
  componentId: z.string().optional().meta({ description: 'Absent: the reason holds for all components.' }),
  reason: z.string().meta({ example: 'outside_window' }),
  sentence: z.string().meta({ example: 'It earned nothing because the sale has no value.' }),
});

export const listNothingEarnedRoute = defineRoute({
  name: 'list-nothing-earned',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/statements/{statementId}/nothing-earned',
  summary: 'List the sales of a statement that earned nothing, and why',
  description:
    'In the order of the sales; one entry a sale, or one a component where each had its own reason. The explanation of ' +
    'an order has the particulars. A partner sees its own final statements only.',
  access: ['admin', 'finance', 'approver', 'partner_manager', 'partner'],
  params: z.object({
    programId: idSchema,
    statementId: z.string().regex(/^[A-Za-z0-9._:~-]{1,160}$/, 'must be a statement id'),
  }),
  query: z.object({ cursor: cursorSchema, limit: limitSchema }),
  status: 200,
  response: pageOf(nothingEarnedSchema),
});
