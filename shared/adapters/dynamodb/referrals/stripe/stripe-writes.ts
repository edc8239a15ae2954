import {
  stripeEventKey,
  stripePaymentKey,
  stripeSubscriptionKey,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { stripeOrderItem } from '#shared/adapters/dynamodb/referrals/stripe/stripe-items';
import type { Writes } from '#shared/adapters/dynamodb/transact';
import type { StripeChange, StripeEventRecord, StripePlan } from '#shared/application/referrals/stripe/ports';

/** An event that is not settled, by its `#status`. */
export const IS_OPEN = '#status IN (:recorded, :waiting)';
export const OPEN = { ':recorded': 'recorded', ':waiting': 'waiting' };

/** A plan with what it changes: all of it or nothing, and only if the event has none and the order is as it was read. */
export function planWrites(
  TableName: string,
  record: StripeEventRecord,
  plan: StripePlan,
  { order, references = [], subscriptionId }: StripeChange,
): Writes {
  const { programId, eventId } = record;
  const decided: Writes[number] = {
    Update: {
      TableName,
      Key: stripeEventKey(programId, eventId),
      UpdateExpression: 'SET #plan = :plan',
      ConditionExpression: `attribute_not_exists(#plan) AND ${IS_OPEN}`,
      ExpressionAttributeNames: { '#plan': 'plan', '#status': 'status' },
      ExpressionAttributeValues: { ':plan': plan, ...OPEN },
    },
  };
  const TransactItems: Writes = [decided];
  if (order) {
    const isNew = order.revision === 1;
    TransactItems.push({
      Put: {
        TableName,
        Item: stripeOrderItem(programId, order),
        ConditionExpression: isNew ? 'attribute_not_exists(pk)' : 'revision = :before',
        ...(isNew ? {} : { ExpressionAttributeValues: { ':before': order.revision - 1 } }),
      },
    });
    for (const reference of references) {
      TransactItems.push({
        Put: { TableName, Item: { ...stripePaymentKey(programId, reference), orderId: order.orderId } },
      });
    }
    if (subscriptionId !== undefined) {
      const Item = { ...stripeSubscriptionKey(programId, subscriptionId), orderId: order.orderId };
      TransactItems.push({ Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } });
    }
  }
  return TransactItems;
}

/** SET for each value that is given, REMOVE for each that is not. */
export function setting(values: Readonly<Record<string, unknown>>): {
  readonly UpdateExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, unknown>;
} {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  const absent = Object.keys(values).filter((name) => values[name] === undefined);
  const remove = absent.length > 0 ? ` REMOVE ${absent.map((name) => `#${name}`).join(', ')}` : '';
  return {
    UpdateExpression: `SET ${given.map(([name]) => `#${name} = :${name}`).join(', ')}${remove}`,
    ExpressionAttributeNames: Object.fromEntries(Object.keys(values).map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(given.map(([name, value]) => [`:${name}`, value])),
  };
}
