import { expiresAfter } from '#shared/adapters/dynamodb/expires-at';
import { disputeItem } from '#shared/adapters/dynamodb/partners/dispute-items';
import { orderDisputeItem } from '#shared/adapters/dynamodb/partners/order-disputes';
import {
  disputedOrderKey,
  disputeOfOrderKey,
  disputesOfDayKey,
  filedDisputeKey,
  openDisputesKey,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import type { Writes } from '#shared/adapters/dynamodb/transact';
import type { Dispute, FilingLimits } from '#shared/application/partners/dispute-ports';

/** A day's count is of no use after the day; two of them cover every clock. */
const DAY_COUNT_KEPT_DAYS = 2;
/** The dispute first, then its order, the partner's open ones and those of the day: the index of a failed condition names the reason. */
export function filingWrites(TableName: string, dispute: Dispute, limits: FilingLimits): Writes {
  const { programId, partnerId, orderId, disputeId, filedAt } = dispute;
  const expiresAt = expiresAfter(filedAt, DAY_COUNT_KEPT_DAYS);
  const count = (Key: Record<string, unknown>, limit: number, also = '', values = {}): Writes[number] => ({
    Update: {
      TableName,
      Key,
      UpdateExpression: `ADD filed :one${also}`,
      ConditionExpression: 'attribute_not_exists(filed) OR filed < :limit',
      ExpressionAttributeValues: { ':one': 1, ':limit': limit, ...values },
    },
  });
  return [
    { Put: { TableName, Item: disputeItem(dispute), ConditionExpression: 'attribute_not_exists(pk)' } },
    {
      Update: {
        TableName,
        Key: disputedOrderKey(programId, partnerId, orderId),
        UpdateExpression: 'SET openDisputeId = :dispute',
        ConditionExpression: 'attribute_not_exists(openDisputeId)',
        ExpressionAttributeValues: { ':dispute': disputeId },
      },
    },
    count(openDisputesKey(programId, partnerId), limits.open),
    count(disputesOfDayKey(programId, partnerId, filedAt.slice(0, 10)), limits.aDay, ' SET expiresAt = :expires', {
      ':expires': expiresAt,
    }),
    { Put: { TableName, Item: { ...filedDisputeKey(programId, partnerId, filedAt, disputeId), disputeId } } },
    { Put: { TableName, Item: orderDisputeItem(dispute) } },
  ];
}

/** What an end gives back and notes. */
export function endWrites(TableName: string, { programId, partnerId, orderId, disputeId, status }: Dispute): Writes {
  return [
    {
      Update: {
        TableName,
        Key: disputedOrderKey(programId, partnerId, orderId),
        UpdateExpression: 'REMOVE openDisputeId',
        ConditionExpression: 'openDisputeId = :dispute',
        ExpressionAttributeValues: { ':dispute': disputeId },
      },
    },
    {
      Update: {
        TableName,
        Key: openDisputesKey(programId, partnerId),
        UpdateExpression: 'ADD filed :less',
        ExpressionAttributeValues: { ':less': -1 },
      },
    },
    {
      Update: {
        TableName,
        Key: disputeOfOrderKey(programId, orderId, disputeId),
        UpdateExpression: 'SET endedAs = :status',
        ExpressionAttributeValues: { ':status': status },
      },
    },
  ];
}
