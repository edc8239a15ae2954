import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { PAYOUT_CHANGE_SK_PREFIX, payoutChangeKey, payoutPk } from '#shared/adapters/dynamodb/money/money-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { PayoutHistory } from '#shared/application/payouts/ledger/ledger-ports';
import { BLOCKED_REASONS, PAYOUT_RAILS, type Payout } from '#shared/domain/ledger/payout';
import type { PayoutRecord } from '#shared/domain/ledger/payout-history';

export const payoutStatusField = z.enum([
  'created',
  'submitting',
  'submitted',
  'unknown',
  'settled',
  'failed',
  'returned',
]);

export const evidenceField = z.object({
  source: z.enum(['rail', 'bank_report', 'person']),
  reference: z.string().optional(),
  note: z.string().optional(),
  documentSha256: z.string().optional(),
  resolutionId: z.string().optional(),
  proposedBy: z.string().optional(),
});

const reasoned = { reason: z.string().optional() };
const stepField = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('claim'),
    rail: z.enum(PAYOUT_RAILS),
    runId: z.string(),
    payeeId: z.string().optional(),
    endToEndId: z.string().optional(),
  }),
  z.object({ type: z.literal('keep_back'), runId: z.string(), blockedReason: z.enum(BLOCKED_REASONS) }),
  z.object({ type: z.literal('accepted'), reference: z.string().optional() }),
  z.object({ type: z.literal('rejected'), ...reasoned }),
  z.object({ type: z.literal('ask_again'), runId: z.string() }),
  z.object({ type: z.literal('no_answer') }),
  z.object({ type: z.literal('settled') }),
  z.object({ type: z.literal('failed'), ...reasoned }),
  z.object({ type: z.literal('returned'), ...reasoned }),
]);

const recordSchema = z.object({
  sequence: z.int(),
  from: payoutStatusField,
  to: payoutStatusField,
  at: instantField,
  by: z.string(),
  step: stepField,
  evidence: evidenceField.optional(),
});

export function payoutRecordItem({ programId, payoutId }: Payout, record: PayoutRecord): Record<string, unknown> {
  const key = payoutChangeKey(programId, payoutId, record.sequence);
  return { ...key, type: 'payout_change', programId, payoutId, ...record };
}

/** Histories of payouts in the Money table; they are written by the ledger only, with the change itself. */
export function makePayoutHistory(deps: { documents: DynamoDBDocumentClient; tableName: string }): PayoutHistory {
  return {
    of: async (programId, payoutId) => {
      const records: PayoutRecord[] = [];
      const items = queryAll(deps.documents, {
        TableName: deps.tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': payoutPk(programId, payoutId), ':sk': PAYOUT_CHANGE_SK_PREFIX },
        ConsistentRead: true,
      });
      for await (const item of items) records.push(recordSchema.parse(item));
      return records;
    },
  };
}
