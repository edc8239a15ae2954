import * as z from 'zod';
import { asOfSchema, idSchema } from '#shared/contracts/fields';
import { blockedFields } from '#shared/contracts/partners/payee';
import { defineRoute } from '#shared/contracts/route';

export const balanceSchema = z.object({
  currency: z.string(),
  payableMinor: z.int().meta({ description: 'Owed to the partner; negative when clawbacks exceed it.' }),
  reservedMinor: z.int().meta({ description: 'Part of it that waits in payouts not yet submitted.' }),
  asOf: z.string(),
});

export const getBalanceRoute = defineRoute({
  name: 'get-balance',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/partners/{partnerId}/balance',
  summary: 'Read what a partner is owed, now or at an earlier time',
  description: 'With `asOf` the balance follows from the journal of that time.',
  access: ['admin', 'finance', 'approver', 'partner_manager', 'partner'],
  params: z.object({ programId: idSchema, partnerId: idSchema }),
  query: z.object({
    asOf: asOfSchema.optional().meta({
      description: 'Inclusive: an instant, or a UTC date to its end. Default: now; a time to come is refused.',
      example: '2026-01-31',
    }),
  }),
  status: 200,
  response: z.object({
    partnerId: z.string(),
    balances: z.array(balanceSchema.extend(blockedFields)),
  }),
});
