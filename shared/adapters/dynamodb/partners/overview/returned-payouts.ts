import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { lapse } from '#shared/adapters/dynamodb/partners/overview/overviews';
import { returnedPayoutKey, returnedPayoutsPk } from '#shared/adapters/dynamodb/partners/partners-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { ReturnedPayouts } from '#shared/application/partners/overview/overview';

/** Longer than anybody asks for. */
const KEPT_DAYS = 40;

const itemSchema = z.object({ partnerId: z.string(), at: instantField });

/** Payouts that came back, an item each, in the Partners table. */
export function makeReturnedPayouts({
  documents,
  tableName: TableName,
}: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): ReturnedPayouts {
  return {
    async note({ programId, partnerId, payoutId, at }) {
      const Item = {
        ...returnedPayoutKey(programId, partnerId, payoutId),
        partnerId,
        at,
        expiresAt: lapse(at, KEPT_DAYS),
      };
      await documents.send(new PutCommand({ TableName, Item }));
    },
    async count(programId, since) {
      const counts = new Map<string, number>();
      const items = queryAll(documents, {
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': returnedPayoutsPk(programId) },
      });
      for await (const item of items) {
        const { partnerId, at } = itemSchema.parse(item);
        if (at >= since) counts.set(partnerId, (counts.get(partnerId) ?? 0) + 1);
      }
      return counts;
    },
  };
}
