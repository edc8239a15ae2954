import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { instantField, periodField } from '#shared/adapters/dynamodb/money/money-fields';
import {
  finalMonthsKey,
  TIER_REVIEW_SK_PREFIX,
  tierReviewKey,
  tierReviewsPk,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { TierReviews } from '#shared/application/partners/tiers/tier-steps';

const reviewSchema = z
  .object({
    programId: z.string(),
    asOf: instantField,
    at: instantField,
    closedThrough: periodField,
    after: z.string().optional(),
    through: z.string().optional(),
    byPlan: z.boolean().optional(),
  })
  .transform((item) => ({ ...item }));
const finalSchema = z.object({ through: periodField, at: instantField });

/** Which partners were reviewed when, and which months are final: a partition of the programme in the Partners table. */
export function makeTierReviews(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): TierReviews {
  const { documents, tableName: TableName } = table;
  const get = async (Key: Record<string, string>): Promise<Record<string, unknown> | undefined> =>
    (await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;
  return {
    async record(review) {
      const key = tierReviewKey(review.programId, review.asOf, review.after);
      // Looked up first: a refused write costs as much as one that was taken, and a night is often repeated.
      if (await get(key)) return;
      const Item = { ...key, ...review };
      const put = new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' });
      await ifConditionHolds(documents.send(put));
    },
    async *list(programId) {
      const items = queryAll(documents, {
        TableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :review)',
        ExpressionAttributeValues: { ':pk': tierReviewsPk(programId), ':review': TIER_REVIEW_SK_PREFIX },
        ConsistentRead: true,
      });
      for await (const item of items) yield reviewSchema.parse(item);
    },
    async final(programId) {
      const item = await get(finalMonthsKey(programId));
      return item && finalSchema.parse(item);
    },
    async setFinal(programId, through, at) {
      const known = await get(finalMonthsKey(programId));
      if (known && finalSchema.parse(known).through >= through) return;
      const put = new PutCommand({
        TableName,
        Item: { ...finalMonthsKey(programId), programId, through, at },
        ConditionExpression: 'attribute_not_exists(pk) OR through < :through',
        ExpressionAttributeValues: { ':through': through },
      });
      await ifConditionHolds(documents.send(put));
    },
  };
}
