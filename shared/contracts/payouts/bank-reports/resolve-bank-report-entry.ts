import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { bankEntrySchema, entryIdSchema, noteSchema } from '#shared/contracts/payouts/bank-reports/bank-report';
import { defineRoute } from '#shared/contracts/route';

export const resolveBankReportEntryRoute = defineRoute({
  name: 'resolve-bank-report-entry',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/bank-report-entries/{entryId}/resolutions',
  summary: 'Match an unmatched entry to a payout by hand, or mark it as handled',
  description:
    "Matched, it counts as if its reference had named the payout: what gives money back then waits for a second person. Amount and currency must be the payout's; of a return the bank may have kept its charges.",
  access: ['admin', 'finance'],
  peopleOnly: true,
  params: z.object({ programId: idSchema, entryId: entryIdSchema }),
  body: z.discriminatedUnion('action', [
    z.strictObject({ action: z.literal('match'), payoutId: z.string().min(1).max(200), note: noteSchema }),
    z.strictObject({ action: z.literal('handled'), note: noteSchema }),
  ]),
  status: 201,
  response: bankEntrySchema,
});
