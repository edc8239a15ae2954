import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import {
  conversionsBetween,
  FACTS_INDEX,
  factsPartition,
  partnerDeviceKey,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import type { FraudLooks } from '#shared/application/referrals/sales/check-sale';

type Table = { readonly documents: DynamoDBDocumentClient; readonly tableName: string };

const recentSchema = z.object({ orderId: z.string(), customerId: z.string(), deviceHash: z.string().optional() });

/** What a sale is looked at with: the newest sales of the partner in the facts index, and devices of partners by key. */
export function makeFraudLooks({ documents, tableName: TableName }: Table): FraudLooks {
  return {
    recentSales: {
      between: async ({ programId, partnerId, period }, { limit, ...span }) => {
        const { from, to } = conversionsBetween(span.from, span.to);
        const { Items = [] } = await documents.send(
          new QueryCommand({
            TableName,
            IndexName: FACTS_INDEX,
            KeyConditionExpression: 'factsPk = :pk AND factsSk BETWEEN :from AND :to',
            ExpressionAttributeValues: {
              ':pk': factsPartition(programId, partnerId, period),
              ':from': from,
              ':to': to,
            },
            ProjectionExpression: 'orderId, customerId, deviceHash',
            ScanIndexForward: false,
            Limit: limit,
          }),
        );
        return Items.map((item) => recentSchema.parse(item));
      },
    },
    devices: {
      has: async (programId, partnerId, deviceHash) => {
        const Key = partnerDeviceKey(programId, partnerId, deviceHash);
        return (await documents.send(new GetCommand({ TableName, Key }))).Item !== undefined;
      },
      remember: async (programId, partnerId, deviceHash) => {
        await documents.send(new PutCommand({ TableName, Item: partnerDeviceKey(programId, partnerId, deviceHash) }));
      },
    },
  };
}
