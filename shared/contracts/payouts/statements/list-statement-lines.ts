import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

/** `2026-01.1~p1~GBP`: run, partner and currency. */
const statementIdSchema = z.string().regex(/^[A-Za-z0-9._:~-]{1,160}$/, 'must be a statement id');

export const statementLineSchema = z.object({
  kind: z.enum(['revenue_share', 'referral_fee', 'fixed_fee', 'minimum_commitment', 'clawback', 'adjustment']),
  amountMinor: z.int(),
  componentId: z.string().optional(),
  planVersion: z.int().optional(),
  conversionId: z.string().optional(),
  refundId: z.string().optional(),
  adjustmentId: z.string().optional(),
  baseMinor: z.int().optional(),
  rateBps: z.int().optional(),
  calculation: z.string().optional().meta({ description: 'How the amount follows, for a reader with a calculator.' }),
});

export const listStatementLinesRoute = defineRoute({
  name: 'list-statement-lines',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/statements/{statementId}/lines',
  summary: 'Read a statement line by line',
  access: ['admin', 'finance', 'approver', 'partner_manager', 'partner'],
  params: z.object({ programId: idSchema, statementId: statementIdSchema }),
  query: z.object({ cursor: cursorSchema, limit: limitSchema }),
  status: 200,
  response: pageOf(statementLineSchema),
});
