import * as z from 'zod';
import { asOfSchema, cursorSchema, idSchema, pageOf } from '#shared/contracts/fields';
import { balanceSchema } from '#shared/contracts/payouts/ledger/get-balance';
import { defineRoute } from '#shared/contracts/route';

const MAX_PARTNERS = 100;

export const listBalancesRoute = defineRoute({
  name: 'list-balances',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/balances',
  summary: 'List what each partner is owed, now or at an earlier time',
  description:
    'By partner id, as the balance of each answers, without why nothing is paid now. A partner without any posting has no balances.',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema }),
  query: z.object({
    asOf: asOfSchema.optional().meta({
      description: 'Inclusive: an instant, or a UTC date to its end. Default: now; a time to come is refused.',
      example: '2026-01-31',
    }),
    cursor: cursorSchema,
    limit: z.coerce.number().int().min(1).max(MAX_PARTNERS).default(50),
  }),
  status: 200,
  response: pageOf(z.object({ partnerId: z.string(), balances: z.array(balanceSchema) })),
});
