import * as z from 'zod';
import { BANK_WORDS, REPORT_KINDS, UNMATCHED_RULES } from '#shared/domain/bank/bank-entry';

const payoutStatus = z.enum(['created', 'submitting', 'submitted', 'unknown', 'settled', 'failed', 'returned']);

export const bankReportSchema = z.object({
  reportId: z.string().meta({ description: 'The SHA-256 of its file: the same file is the same report.' }),
  kind: z.enum(REPORT_KINDS),
  messageId: z.string().meta({ description: "The bank's own id of the message." }),
  receivedAt: z.string(),
  receivedBy: z.string(),
  status: z.enum(['processing', 'done']).meta({
    description:
      'A long file is worked through in parts and goes on by itself; sending the same file again goes on too.',
  }),
  processed: z.int(),
  entryCount: z.int().optional(),
  counts: z
    .object({
      booked: z.int(),
      noChange: z.int(),
      awaitingConfirmation: z.int(),
      unmatched: z.int(),
      alreadyKnown: z.int(),
    })
    .meta({ description: 'What its entries led to when they were worked through.' }),
});

export const bankEntrySchema = z.object({
  entryId: z.string(),
  reportId: z.string().meta({ description: 'The report that told it first.' }),
  kind: z.enum(REPORT_KINDS),
  recordedAt: z.string(),
  status: z
    .enum(['booking', 'booked', 'no_change', 'awaiting_confirmation', 'confirmed', 'unmatched', 'handled'])
    .meta({
      description:
        '`awaiting_confirmation`: it would give money back, and a second person has to confirm. `booking` and `confirmed` are decided and about to be in the journal.',
    }),
  says: z.enum(BANK_WORDS).meta({ description: 'What the bank says of the payment.' }),
  bankStatus: z.string().meta({ description: "The bank's own word, such as BOOK, RJCT or R03." }),
  reference: z.string().optional().meta({ description: 'End-to-end id, or individual id number.' }),
  amountMinor: z.int().optional(),
  currency: z.string().optional(),
  direction: z.enum(['debit', 'credit']).optional(),
  bankReference: z.string().optional(),
  bookedOn: z.string().optional(),
  reason: z.string().optional().meta({ description: 'Of a rejection or return: code and text.' }),
  rule: z.enum(UNMATCHED_RULES).optional().meta({ description: 'Why an unmatched entry matched nothing.' }),
  payoutId: z.string().optional(),
  outcome: z.enum(['settled', 'failed', 'returned']).optional(),
  statusBefore: payoutStatus.optional(),
  statusAfter: payoutStatus.optional(),
  proposedBy: z.string().meta({ description: 'Who sent it in or matched it by hand.' }),
  decision: z
    .object({
      decision: z.enum(['confirm', 'decline']),
      by: z.string(),
      at: z.string(),
      comment: z.string().optional(),
    })
    .optional(),
  resolvedBy: z.string().optional(),
  resolvedAt: z.string().optional(),
  note: z.string().optional(),
  alreadyKnown: z.boolean().optional().meta({ description: 'In a report: an earlier message had told it.' }),
});

/** SHA-256 in hex. */
export const reportIdSchema = z.string().regex(/^[0-9a-f]{64}$/, 'must be the id of a bank report');
export const entryIdSchema = z.string().regex(/^[0-9a-f]{32}$/, 'must be the id of an entry of a bank report');
export const noteSchema = z.string().trim().min(1).max(1000);
