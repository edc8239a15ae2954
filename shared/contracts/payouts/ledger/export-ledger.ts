import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { postedFromSchema, postedToSchema } from '#shared/contracts/payouts/ledger/journal-entry';
import { defineRoute } from '#shared/contracts/route';

export const exportLedgerRoute = defineRoute({
  name: 'export-ledger',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/ledger/export',
  summary: 'Download the journal for hledger or as CSV',
  description:
    'Ordered by the time of posting. `from` and `to` are times, or UTC dates, and inclusive. Debits are positive. ' +
    'One answer holds at most 15000 entries: narrow the range for more.',
  access: ['admin', 'finance'],
  params: z.object({ programId: idSchema }),
  query: z.object({
    format: z.enum(['hledger', 'csv']).default('hledger'),
    from: postedFromSchema.optional().meta({ example: '2026-01-01' }),
    to: postedToSchema.optional().meta({ example: '2026-01-31' }),
  }),
  status: 200,
  responseType: 'text/plain; charset=utf-8',
});
