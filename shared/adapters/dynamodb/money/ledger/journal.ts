import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { instantField, minorField } from '#shared/adapters/dynamodb/money/money-fields';
import {
  BY_PERIOD_INDEX,
  ENTRY_SK_PREFIX,
  entryKey,
  journalPeriodKey,
  journalPeriodPk,
  partnerLedgerPk,
} from '#shared/adapters/dynamodb/money/money-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { Journal } from '#shared/application/payouts/ledger/ledger-ports';
import { ENTRY_KINDS, type JournalEntry, journalEntry } from '#shared/domain/ledger/journal';

const entrySchema = z.object({
  entryId: z.string(),
  programId: z.string(),
  partnerId: z.string(),
  postedAt: instantField,
  kind: z.enum(ENTRY_KINDS),
  currency: z.string(),
  postings: z.array(z.object({ account: z.string(), amountMinor: minorField })),
  links: z.object({
    statementId: z.string().optional(),
    payoutId: z.string().optional(),
    reverses: z.string().optional(),
  }),
  description: z.string(),
});

export function entryItem(entry: JournalEntry): Record<string, unknown> {
  return {
    ...entryKey(entry.programId, entry.partnerId, entry.entryId),
    ...journalPeriodKey(entry.programId, entry.postedAt, entry.entryId),
    type: 'journal_entry',
    ...entry,
  };
}

/** @throws RangeError for a stored entry that does not sum to zero */
export function parseEntry(item: unknown): JournalEntry {
  return journalEntry(entrySchema.parse(item));
}

/** As it is stored, also when it does not sum to zero: for a proof that names such an entry instead of stopping at it. */
export function entryAsStored(item: unknown): JournalEntry {
  return entrySchema.parse(item);
}

/** Journal entries in the Money table. They are written by the ledger only, together with their balance. */
export function makeJournal({
  documents,
  tableName,
  parse = parseEntry,
}: {
  documents: DynamoDBDocumentClient;
  tableName: string;
  parse?: (item: unknown) => JournalEntry;
}): Journal {
  return {
    async *ofPartner(programId, partnerId) {
      const items = queryAll(documents, {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': partnerLedgerPk(programId, partnerId), ':sk': ENTRY_SK_PREFIX },
        ConsistentRead: true,
      });
      for await (const item of items) yield parse(item);
    },
    async *ofMonth(programId, month) {
      const items = queryAll(documents, {
        TableName: tableName,
        IndexName: BY_PERIOD_INDEX,
        KeyConditionExpression: 'periodPk = :pk',
        ExpressionAttributeValues: { ':pk': journalPeriodPk(programId, month) },
      });
      for await (const item of items) yield parse(item);
    },
  };
}
