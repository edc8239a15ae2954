import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { batchGet } from '#shared/adapters/dynamodb/batch-get';
import { instantField, minorField } from '#shared/adapters/dynamodb/money/money-fields';
import {
  BANK_PAYOUT_SK_PREFIX,
  BY_PERIOD_INDEX,
  CONTRACT_INDEX,
  openPayoutKey,
  payoutKey,
  payoutPeriodKey,
  payoutsOfPartner,
  payoutsPeriodPk,
  reservedPayoutKey,
  reservedPayoutsBetween,
  reservedPayoutsPk,
  runDetailsPk,
} from '#shared/adapters/dynamodb/money/money-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import { isAccountRail } from '#shared/application/payouts/rails/rail-setup';
import { BLOCKED_REASONS, PAYOUT_RAILS, type Payout, RESERVED_STATUSES } from '#shared/domain/ledger/payout';

type Deps = { readonly documents: DynamoDBDocumentClient; readonly tableName: string };

const payoutSchema = z.object({
  payoutId: z.string(),
  programId: z.string(),
  partnerId: z.string(),
  statementId: z.string(),
  runId: z.string(),
  currency: z.string(),
  amountMinor: minorField,
  status: z.enum(['created', 'submitting', 'submitted', 'unknown', 'settled', 'failed', 'returned']),
  blockedReason: z.enum(BLOCKED_REASONS).optional(),
  rail: z.enum(PAYOUT_RAILS).optional(),
  submissionRunId: z.string().optional(),
  payeeId: z.string().optional(),
  endToEndId: z.string().optional(),
  railReference: z.string().optional(),
  reason: z.string().optional(),
  createdAt: instantField,
  updatedAt: instantField,
  reservedUntil: instantField.optional(),
  changes: z.int().optional(),
});

const bankPayoutSchema = z.object({ currency: z.string(), payoutId: z.string() });

export function payoutItem(payout: Payout): Record<string, unknown> {
  const { programId, payoutId, runId } = payout;
  return {
    ...payoutKey(programId, payoutId),
    ...payoutPeriodKey(programId, runId, payoutId),
    ...payoutContractKey(payout),
    type: 'payout',
    ...payout,
  };
}

/** A payout as it is stored. @throws ZodError */
export const payoutOfItem = (item: unknown): Payout => payoutSchema.parse(item);

/** Its place in the contract index: among the reserved, among those whose end a rail has not said, or none. */
export function payoutContractKey(
  payout: Pick<Payout, 'programId' | 'partnerId' | 'payoutId' | 'status' | 'rail'>,
): Record<string, unknown> {
  const { programId, partnerId, payoutId, status, rail } = payout;
  if (RESERVED_STATUSES.has(status)) return reservedPayoutKey(programId, partnerId, payoutId);
  return status === 'submitted' && isAccountRail(rail) ? openPayoutKey(programId, payoutId) : {};
}

/** Payouts in the Money table; they are written by the ledger only. */
export function makePayouts(deps: Deps): Payouts {
  const { documents, tableName } = deps;
  return {
    get: async (programId, payoutId) => {
      const Key = payoutKey(programId, payoutId);
      const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
      return Item && payoutSchema.parse(Item);
    },
    getMany: async (programId, payoutIds) => {
      const payouts: Payout[] = [];
      const keys = payoutIds.map((payoutId) => payoutKey(programId, payoutId));
      await batchGet(deps, keys, (item) => payouts.push(payoutSchema.parse(item)), true);
      return payouts;
    },
    ofRun: async (programId, runId, page) => {
      const prefix = page.partnerId === undefined ? '' : payoutsOfPartner(runId, page.partnerId);
      const { Items, LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: BY_PERIOD_INDEX,
          KeyConditionExpression: `periodPk = :pk${prefix === '' ? '' : ' AND begins_with(periodSk, :prefix)'}`,
          ExpressionAttributeValues: {
            ':pk': payoutsPeriodPk(programId, runId),
            ...(prefix === '' ? {} : { ':prefix': prefix }),
          },
          ExclusiveStartKey:
            page.after === undefined
              ? undefined
              : { ...payoutKey(programId, page.after), ...payoutPeriodKey(programId, runId, page.after) },
          Limit: page.limit,
        }),
      );
      const items = (Items ?? []).map((item) => payoutSchema.parse(item));
      return { items, nextCursor: LastEvaluatedKey && items.at(-1)?.payoutId };
    },
    async *reserved(programId, { first, last }) {
      const [from, to] = reservedPayoutsBetween(first, last);
      const items = queryAll(documents, {
        TableName: tableName,
        IndexName: CONTRACT_INDEX,
        KeyConditionExpression: 'contractPk = :pk AND contractSk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': reservedPayoutsPk(programId), ':from': from, ':to': to },
      });
      for await (const item of items) yield payoutSchema.parse(item);
    },
    async *inBankFilesOf(programId, runId) {
      const items = queryAll(documents, {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': runDetailsPk(programId, runId), ':sk': BANK_PAYOUT_SK_PREFIX },
        ConsistentRead: true,
      });
      for await (const item of items) yield bankPayoutSchema.parse(item);
    },
  };
}
