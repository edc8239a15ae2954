import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf, periodSchema } from '#shared/contracts/fields';
import { sixAmountsSchema } from '#shared/contracts/payouts/runs/payout-run';
import { defineRoute } from '#shared/contracts/route';

export const statementSchema = z.object({
  statementId: z.string().meta({ example: '2026-01.1~p1~GBP' }),
  partnerId: z.string(),
  period: z.string(),
  currency: z.string(),
  ...sixAmountsSchema.shape,
  writtenOffMinor: z.int().optional().meta({
    description: 'The part of the adjustments that gives up what the partner owed.',
  }),
  unsentMinor: z.int().optional().meta({
    description: 'Waited in payouts that were not sent, so the opening balance is without it. It is no debt.',
  }),
  digest: z.string().meta({ description: 'SHA-256 over the canonical statement with its lines.' }),
  state: z.enum(['draft', 'final', 'void']),
  held: z.boolean().meta({
    description: 'The payout was held back: the payable amount stays owed and opens the next statement.',
  }),
});

export const listStatementsRoute = defineRoute({
  name: 'list-statements',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/statements',
  summary: 'List statements: of each month the newest attempt',
  description: 'A partner sees its own final statements only.',
  access: ['admin', 'finance', 'approver', 'partner_manager', 'partner'],
  params: z.object({ programId: idSchema }),
  query: z.object({
    period: periodSchema.optional(),
    partnerId: idSchema.optional(),
    cursor: cursorSchema,
    limit: limitSchema,
  }),
  status: 200,
  response: pageOf(statementSchema),
});
