import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { instantField, minorField, periodField } from '#shared/adapters/dynamodb/money-fields';
import {
  adjustmentKey,
  adjustmentPeriodKey,
  adjustmentsOfPartner,
  adjustmentsPeriodPk,
  BY_PERIOD_INDEX,
} from '#shared/adapters/dynamodb/money-keys';
import type { AdjustmentStore, RecordedAdjustment } from '#shared/application/payouts/ports';

const adjustmentItemSchema = z.object({
  adjustmentId: z.string(),
  partnerId: z.string(),
  period: periodField,
  occurredAt: instantField,
  amountMinor: minorField,
  currency: z.string(),
  reason: z.string(),
  recordedBy: z.string(),
  onBehalfOf: z.string().optional(),
  recordedAt: instantField,
});

/** Adjustments: written once; a wrong one is answered by another one. */
export function makeAdjustments(deps: { documents: DynamoDBDocumentClient; tableName: string }): AdjustmentStore {
  const { documents, tableName } = deps;

  async function* ofPeriod(
    programId: string,
    period: RecordedAdjustment['period'],
    prefix: string,
  ): AsyncIterable<RecordedAdjustment> {
    let start: Record<string, unknown> | undefined;
    do {
      const page = await documents.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: BY_PERIOD_INDEX,
          KeyConditionExpression: `periodPk = :pk${prefix ? ' AND begins_with(periodSk, :prefix)' : ''}`,
          ExpressionAttributeValues: {
            ':pk': adjustmentsPeriodPk(programId, period),
            ...(prefix ? { ':prefix': prefix } : {}),
          },
          ExclusiveStartKey: start,
        }),
      );
      for (const item of page.Items ?? []) yield adjustmentItemSchema.parse(item);
      start = page.LastEvaluatedKey;
    } while (start);
  }

  return {
    async record(programId, adjustment) {
      const key = adjustmentKey(programId, adjustment.adjustmentId);
      const periodKey = adjustmentPeriodKey(programId, adjustment.period, adjustment);
      const created = await ifConditionHolds(
        documents.send(
          new PutCommand({
            TableName: tableName,
            Item: { ...key, ...periodKey, type: 'adjustment', ...adjustment },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      );
      if (created) return { created, adjustment };
      const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
      return { created, adjustment: adjustmentItemSchema.parse(Item) };
    },
    async ofPartner(programId, partnerId, period) {
      const found: RecordedAdjustment[] = [];
      for await (const adjustment of ofPeriod(programId, period, adjustmentsOfPartner(partnerId))) {
        found.push(adjustment);
      }
      return found;
    },
    async makers(programId, period) {
      const makers = new Set<string>();
      for await (const { recordedBy, onBehalfOf } of ofPeriod(programId, period, '')) {
        makers.add(recordedBy);
        if (onBehalfOf !== undefined) makers.add(onBehalfOf);
      }
      return makers;
    },
  };
}
