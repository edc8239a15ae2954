import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import { signalField } from '#shared/adapters/dynamodb/referrals/holds/signals-field';
import { partnerSignalKey, partnerSignalsPk, reviewKey } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { storedInstantSchema } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import type { PartnerSignal, PartnerSignals } from '#shared/application/referrals/holds/partner-signals';

/** A programme with more has another problem than one that a list shows. */
const MAX_LISTED = 1_000;

const partnerSignalSchema = signalField.extend({ partnerId: z.string(), foundAt: storedInstantSchema });
const reviewSchema = z.object({ day: z.string() });

/** What reviews found of partners, in one partition a programme: some a partner at most. */
export function makePartnerSignals(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): PartnerSignals {
  const { documents, tableName: TableName } = table;
  return {
    keep: async (programId, signal) => {
      const Item = { ...partnerSignalKey(programId, signal.partnerId, signal.code), ...signal };
      await documents.send(new PutCommand({ TableName, Item }));
    },
    list: async (programId) => {
      const found: PartnerSignal[] = [];
      const items = queryAll(documents, {
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partnerSignalsPk(programId) },
      });
      for await (const item of items) {
        found.push(partnerSignalSchema.parse(item));
        if (found.length >= MAX_LISTED) break;
      }
      return found;
    },
    reviewedOn: async (programId) => {
      const { Item } = await documents.send(new GetCommand({ TableName, Key: reviewKey(programId) }));
      return Item && reviewSchema.parse(Item).day;
    },
    markReviewed: async (programId, day) => {
      await documents.send(new PutCommand({ TableName, Item: { ...reviewKey(programId), day } }));
    },
  };
}
