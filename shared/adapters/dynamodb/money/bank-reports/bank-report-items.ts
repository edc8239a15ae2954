import * as z from 'zod';
import { instantField, minorField } from '#shared/adapters/dynamodb/money/money-fields';
import {
  bankEntriesContractKey,
  bankEntryKey,
  bankReportKey,
  bankReportPeriodKey,
} from '#shared/adapters/dynamodb/money/money-keys';
import {
  type BankReport,
  LISTED_STATUSES,
  type ListedStatus,
  type ResultPage,
  type StoredEntry,
} from '#shared/application/payouts/bank-reports/bank-report-ports';
import { BANK_WORDS, REPORT_KINDS, UNMATCHED_RULES } from '#shared/domain/bank/bank-entry';

type Item = Record<string, unknown>;

const kindField = z.enum(REPORT_KINDS);
const statusField = z.enum(['created', 'submitting', 'submitted', 'unknown', 'settled', 'failed', 'returned']);

const reportSchema = z.object({
  reportId: z.string(),
  programId: z.string(),
  kind: kindField,
  messageId: z.string(),
  documentKey: z.string(),
  receivedAt: instantField,
  receivedBy: z.string(),
  status: z.enum(['processing', 'done']),
  processed: z.int(),
  entryCount: z.int().optional(),
  interruptedAt: instantField.optional(),
  counts: z.object({
    booked: z.int(),
    noChange: z.int(),
    awaitingConfirmation: z.int(),
    unmatched: z.int(),
    alreadyKnown: z.int(),
  }),
});

const entrySchema = z.object({
  entryId: z.string(),
  programId: z.string(),
  kind: kindField,
  reportId: z.string(),
  ordinal: z.int(),
  recordedAt: instantField,
  status: z.enum(['booking', 'booked', 'no_change', 'awaiting_confirmation', 'confirmed', 'unmatched', 'handled']),
  says: z.enum(BANK_WORDS),
  bankStatus: z.string(),
  reference: z.string().optional(),
  amountMinor: minorField.optional(),
  currency: z.string().optional(),
  direction: z.enum(['debit', 'credit']).optional(),
  bankReference: z.string().optional(),
  bookedOn: z.string().optional(),
  reason: z.string().optional(),
  rule: z.enum(UNMATCHED_RULES).optional(),
  payoutId: z.string().optional(),
  outcome: z.enum(['settled', 'failed', 'returned']).optional(),
  statusBefore: statusField.optional(),
  statusAfter: statusField.optional(),
  proposedBy: z.string(),
  decision: z
    .object({
      decision: z.enum(['confirm', 'decline']),
      by: z.string(),
      at: instantField,
      comment: z.string().optional(),
    })
    .optional(),
  resolvedBy: z.string().optional(),
  resolvedAt: instantField.optional(),
  note: z.string().optional(),
  seen: z.partialRecord(kindField, z.string()),
  version: z.int(),
});

const resultsSchema = z.object({
  from: z.int(),
  results: z.array(z.object({ entryId: z.string(), alreadyKnown: z.boolean() })),
});

/** What the stream tells a report by. */
export const BANK_REPORT_ITEM_TYPE = 'bank_report';

export function itemOfReport(report: BankReport): Item {
  const { programId, reportId } = report;
  return {
    ...bankReportKey(programId, reportId),
    ...bankReportPeriodKey(report),
    type: BANK_REPORT_ITEM_TYPE,
    ...report,
  };
}

export function reportOfItem(item: unknown): BankReport {
  return reportSchema.parse(item);
}

/** In the contract index only while a person may look for it by its status. */
export function itemOfEntry(entry: StoredEntry): Item {
  const { programId, entryId, status } = entry;
  const listed = isListed(status) ? bankEntriesContractKey(programId, status, entry) : {};
  return { ...bankEntryKey(programId, entryId), ...listed, type: 'bank_entry', ...entry };
}

export function entryOfItem(item: unknown): StoredEntry {
  return entrySchema.parse(item);
}

export function resultsOfItem(item: unknown): ResultPage {
  return resultsSchema.parse(item);
}

function isListed(status: StoredEntry['status']): status is ListedStatus {
  return (LISTED_STATUSES as readonly string[]).includes(status);
}
