import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { journalEntrySchema } from '#shared/contracts/payouts/ledger/journal-entry';
import { defineRoute } from '#shared/contracts/route';

const MAX_ENTRY_ID = 200;

export const getJournalEntryRoute = defineRoute({
  name: 'get-journal-entry',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/ledger/entries/{entryId}',
  summary: 'Read an entry of the journal, and the one that took it back',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema, entryId: z.string().min(1).max(MAX_ENTRY_ID) }),
  status: 200,
  response: journalEntrySchema.extend({
    reversedBy: z.string().optional().meta({ description: 'The entry that took this one back.' }),
  }),
});
