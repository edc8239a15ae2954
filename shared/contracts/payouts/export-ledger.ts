import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

const dateSchema = z.iso.date({ error: 'must be a date such as 2026-01-31' });

export const exportLedgerRoute = defineRoute({
  name: 'export-ledger',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/ledger/export',
  summary: 'Download the journal for hledger or as CSV',
  description: 'Ordered by the time of posting. Dates are UTC and inclusive. Debits are positive.',
  access: ['admin', 'finance'],
  params: z.object({ programId: idSchema }),
  query: z.object({
    format: z.enum(['hledger', 'csv']).default('hledger'),
    from: dateSchema.optional(),
    to: dateSchema.optional(),
  }),
  status: 200,
  responseType: 'text/plain; charset=utf-8',
});
