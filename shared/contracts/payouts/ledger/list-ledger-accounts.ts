import * as z from 'zod';
import { asOfSchema, idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

export const listLedgerAccountsRoute = defineRoute({
  name: 'list-ledger-accounts',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/ledger/accounts',
  summary: 'Read the balance of each account, now or at an earlier time',
  description:
    'Added up from the journal: in each currency the accounts add up to zero. The accounts of all partners are one, `partner:*:payable`. ' +
    'A journal too long for one answer is refused with 422 `liability_too_large`: export it.',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema }),
  query: z.object({
    asOf: asOfSchema.optional().meta({
      description: 'Inclusive: an instant, or a UTC date to its end. Default: now; a time to come is refused.',
      example: '2026-01-31',
    }),
  }),
  status: 200,
  response: z.object({
    asOf: z.string(),
    accounts: z.array(
      z.object({
        account: z.string().meta({ example: 'partner:*:payable' }),
        currency: z.string(),
        balanceMinor: z.int().meta({ description: 'Debits less credits: what we owe partners is negative.' }),
        debitMinor: z.int(),
        creditMinor: z.int().meta({ description: 'As a positive number.' }),
        partners: z.int().optional().meta({ description: 'How many partners the account is of.' }),
      }),
    ),
    entries: z.int().meta({ description: 'How many entries were added up.' }),
  }),
});
