import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import { clickDayOrder, redeemedDaysPartition } from '#shared/adapters/dynamodb/referrals/referrals-keys';

const itemSchema = z.object({ sk: z.string(), confirmed: z.number() });

export type DaysAsked = { readonly partnerId: string; readonly from: string; readonly to: string };

/** How many redemptions of a partner's codes were confirmed, by the programme's days, both ends included. */
export function makeRedeemedDays(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): (
  programId: string,
  asked: DaysAsked,
) => Promise<readonly { readonly day: string; readonly redemptions: number }[]> {
  return async (programId, { partnerId, from, to }) => {
    const days: { day: string; redemptions: number }[] = [];
    const query = {
      TableName: deps.tableName,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': redeemedDaysPartition(programId, partnerId),
        ':from': clickDayOrder(from),
        ':to': clickDayOrder(to),
      },
    };
    for await (const item of queryAll(deps.documents, query)) {
      const { sk, confirmed } = itemSchema.parse(item);
      days.push({ day: sk.slice(clickDayOrder('').length), redemptions: confirmed });
    }
    return days;
  };
}
