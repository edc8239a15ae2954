import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import {
  entryKindSchema,
  journalEntrySchema,
  postedFromSchema,
  postedToSchema,
} from '#shared/contracts/payouts/ledger/journal-entry';
import { defineRoute } from '#shared/contracts/route';

export const listJournalEntriesRoute = defineRoute({
  name: 'list-journal-entries',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/ledger/entries',
  summary: 'List the journal: every entry with its postings, newest first',
  description:
    'By the time of posting; those of the last moment may be missing still. An account that only looks like one has no entries. ' +
    'A page may be shorter than `limit` and still have a next one.',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema }),
  query: z.object({
    account: z.string().max(200).optional().meta({
      description:
        'Entries that post to it: `cash`, `payouts:in_transit`, `expense:commission`, `expense:write_off` or `partner:{id}:payable`.',
      example: 'cash',
    }),
    partnerId: idSchema.optional(),
    kind: entryKindSchema.optional(),
    from: postedFromSchema.optional().meta({
      description: 'Posted then or later: a time, or a UTC date.',
      example: '2026-01-01',
    }),
    to: postedToSchema.optional().meta({
      description: 'Posted then or before: a time, or a UTC date to its end.',
      example: '2026-01-31',
    }),
    order: z.enum(['newest', 'oldest']).default('newest'),
    cursor: cursorSchema,
    limit: limitSchema,
  }),
  status: 200,
  response: pageOf(journalEntrySchema),
});
