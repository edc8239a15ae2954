import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { changeItems } from '#shared/adapters/dynamodb/money/ledger/ledger';
import { evidenceField, payoutStatusField } from '#shared/adapters/dynamodb/money/ledger/payout-history';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import {
  BY_PERIOD_INDEX,
  payoutPk,
  RESOLUTION_SK_PREFIX,
  resolutionKey,
  resolutionPeriodKey,
  resolutionsPeriodPk,
} from '#shared/adapters/dynamodb/money/money-keys';
import { writeTogether } from '#shared/adapters/dynamodb/money/money-transaction';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { PayoutResolutions } from '#shared/application/payouts/ledger/ledger-ports';
import { type PayoutResolution, RESOLVED_OUTCOMES } from '#shared/domain/ledger/payout-resolution';

export const RESOLUTION_ITEM_TYPE = 'payout_resolution';

const resolutionSchema = z.object({
  resolutionId: z.string(),
  programId: z.string(),
  payoutId: z.string(),
  partnerId: z.string(),
  runId: z.string(),
  outcome: z.enum(RESOLVED_OUTCOMES),
  evidence: evidenceField,
  proposedBy: z.string(),
  onBehalfOf: z.string().optional(),
  proposedAt: instantField,
  seenStatus: payoutStatusField,
  seenChanges: z.int(),
  status: z.enum(['proposed', 'confirmed', 'declined']),
  decision: z
    .object({
      decision: z.enum(['confirm', 'decline']),
      by: z.string(),
      at: instantField,
      comment: z.string().optional(),
    })
    .optional(),
});

export function resolutionItem(resolution: PayoutResolution): Record<string, unknown> {
  const { programId, payoutId, resolutionId } = resolution;
  return {
    ...resolutionKey(programId, payoutId, resolutionId),
    ...resolutionPeriodKey(programId, resolution),
    type: RESOLUTION_ITEM_TYPE,
    ...resolution,
  };
}

/** Proposals of what became of payouts, in the payout's own partition; a confirmed one ends with the changes it leads to. */
export function makePayoutResolutions(deps: {
  documents: DynamoDBDocumentClient;
  tableName: string;
}): PayoutResolutions {
  const { documents, tableName } = deps;
  return {
    propose: (resolution) =>
      writeTogether(documents, [
        {
          Put: {
            TableName: tableName,
            Item: resolutionItem(resolution),
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
      ]),
    get: async (programId, payoutId, resolutionId) => {
      const Key = resolutionKey(programId, payoutId, resolutionId);
      const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
      return Item && resolutionSchema.parse(Item);
    },
    ofPayout: async (programId, payoutId) => {
      const found: PayoutResolution[] = [];
      const items = queryAll(documents, {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': payoutPk(programId, payoutId), ':sk': RESOLUTION_SK_PREFIX },
        ConsistentRead: true,
      });
      for await (const item of items) found.push(resolutionSchema.parse(item));
      return found;
    },
    async *ofRun(programId, runId) {
      const items = queryAll(documents, {
        TableName: tableName,
        IndexName: BY_PERIOD_INDEX,
        KeyConditionExpression: 'periodPk = :pk',
        ExpressionAttributeValues: { ':pk': resolutionsPeriodPk(programId, runId) },
      });
      for await (const item of items) yield resolutionSchema.parse(item);
    },
    decide: ({ programId, payoutId, resolutionId }, decision, changes) =>
      writeTogether(documents, [
        {
          Update: {
            TableName: tableName,
            Key: resolutionKey(programId, payoutId, resolutionId),
            UpdateExpression: 'SET #status = :status, decision = :decision',
            ConditionExpression: '#status = :proposed',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: {
              ':status': decision.decision === 'confirm' ? 'confirmed' : 'declined',
              ':decision': decision,
              ':proposed': 'proposed',
            },
          },
        },
        ...changeItems(tableName, changes),
      ]),
  };
}
