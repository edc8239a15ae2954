import * as z from 'zod';
import { idSchema, instantSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';
import type { Instant } from '#shared/domain/time/instant';

const error = 'must be a date such as 2026-01-31 or a time with a zone such as 2026-01-31T23:59:59Z';
const startOfDateSchema = z.iso.date().transform((date) => `${date}T00:00:00.000Z` as Instant);
const endOfDateSchema = z.iso.date().transform((date) => `${date}T23:59:59.999Z` as Instant);

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
    from: z.union([instantSchema, startOfDateSchema], { error }).optional().meta({ example: '2026-01-01' }),
    to: z.union([instantSchema, endOfDateSchema], { error }).optional().meta({ example: '2026-01-31' }),
  }),
  status: 200,
  responseType: 'text/plain; charset=utf-8',
});
