import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import {
  FACTS_INDEX,
  isStripeEventPosition,
  type Key,
  stripeEventKey,
  stripeEventListing,
  stripeOrderKey,
  stripePaymentKey,
  stripeSubscriptionKey,
  stripeTouchKey,
  stripeWaitKey,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import {
  parseStripeEvent,
  parseStripeOrder,
  stripeEventItem,
  stripePlacing,
  touchItemSchema,
} from '#shared/adapters/dynamodb/referrals/stripe/stripe-items';
import { IS_OPEN, OPEN, planWrites, setting } from '#shared/adapters/dynamodb/referrals/stripe/stripe-writes';
import { transact, type Writes } from '#shared/adapters/dynamodb/transact';
import type { StripeEventRecord, StripeEventStore } from '#shared/application/referrals/stripe/ports';
import { toEpochMs } from '#shared/domain/time/instant';

type Deps = { readonly documents: DynamoDBDocumentClient; readonly tableName: string };

const DAY_MS = 86_400_000;
/** Longer than a sale waits for a decision about another; then the item is only litter. */
const WAIT_KEPT_MS = 90 * DAY_MS;
/** Longer than trials last. */
const TOUCH_KEPT_MS = 400 * DAY_MS;
const inSeconds = (ms: number): number => Math.ceil(ms / 1_000);

/** Events of Stripe with what follows from them, in the Referrals table. What is decided is written in one transaction with the decision. */
export function makeStripeEventStore({ documents, tableName: TableName }: Deps): StripeEventStore {
  const get = async (Key: Key): Promise<Record<string, unknown> | undefined> =>
    (await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;
  const listed = async (query: Omit<QueryCommandInput, 'TableName'>): Promise<StripeEventRecord[]> => {
    const { Items = [] } = await documents.send(new QueryCommand({ TableName, IndexName: FACTS_INDEX, ...query }));
    return Items.map(parseStripeEvent);
  };
  return {
    add: async (record) => {
      const put = new PutCommand({
        TableName,
        Item: stripeEventItem(record),
        ConditionExpression:
          'attribute_not_exists(pk) OR (#status = :failed AND fact.#kind = :nothing) OR (#status = :ignored AND #reason = :mode)',
        ExpressionAttributeNames: { '#status': 'status', '#kind': 'kind', '#reason': 'reason' },
        ExpressionAttributeValues: {
          ':failed': 'failed',
          ':nothing': 'nothing',
          ':ignored': 'ignored',
          ':mode': 'other_mode',
        },
      });
      return (await ifConditionHolds(documents.send(put))) ? 'recorded' : 'exists';
    },
    find: async (programId, eventId) => {
      const item = await get(stripeEventKey(programId, eventId));
      return item && parseStripeEvent(item);
    },
    list: async (programId, status, { cursor, limit }) => {
      const isOpen = status === 'recorded' || status === 'waiting';
      const after = cursor === undefined ? undefined : fromCursor(cursor, isStripeEventPosition);
      const behind = isOpen ? 'factsSk > :after' : 'factsSk < :after';
      const items = await listed({
        KeyConditionExpression: after === undefined ? 'factsPk = :pk' : `factsPk = :pk AND ${behind}`,
        ExpressionAttributeValues: {
          ':pk': stripeEventListing(programId, status).pk,
          ...(after === undefined ? {} : { ':after': after }),
        },
        ScanIndexForward: isOpen,
        // One more tells whether there is a next page.
        Limit: limit + 1,
      });
      const last = items[limit - 1];
      return items.length > limit && last
        ? { items: items.slice(0, limit), nextCursor: toCursor(stripePlacing(last).factsSk) }
        : { items };
    },
    due: async (programId, now, limit) => {
      const found: StripeEventRecord[] = [];
      for (const status of ['recorded', 'waiting'] as const) {
        if (found.length >= limit) break;
        const { pk, sk } = stripeEventListing(programId, status, now, '~');
        const KeyConditionExpression = 'factsPk = :pk AND factsSk <= :now';
        const ExpressionAttributeValues = { ':pk': pk, ':now': sk };
        found.push(
          ...(await listed({ KeyConditionExpression, ExpressionAttributeValues, Limit: limit - found.length })),
        );
      }
      return found;
    },
    plan: async (record, plan, change) => {
      const TransactItems = planWrites(TableName, record, plan, change);
      return (await transact(documents, TransactItems)).length === 0 ? 'planned' : 'contended';
    },
    settle: async (record, to) => {
      const { programId, eventId, status } = record;
      const placing = stripePlacing({ ...record, status: to.status, dueAt: to.dueAt });
      const isOpen = status === 'recorded' || status === 'waiting';
      const update = new UpdateCommand({
        TableName,
        Key: stripeEventKey(programId, eventId),
        ...setting({ reason: undefined, detail: undefined, dueAt: undefined, ...to, ...placing }),
        ConditionExpression: isOpen ? IS_OPEN : '#status = :was',
      });
      update.input.ExpressionAttributeValues = {
        ...update.input.ExpressionAttributeValues,
        ...(isOpen ? OPEN : { ':was': status }),
      };
      // Another delivery of the same event was faster: it came to the same end.
      await ifConditionHolds(documents.send(update));
    },
    wait: async (record, { references, reason, dueAt }) => {
      const { programId, eventId, receivedAt } = record;
      const expiresAt = inSeconds(toEpochMs(receivedAt) + WAIT_KEPT_MS);
      const values = { status: 'waiting', reason, dueAt, ...stripePlacing({ ...record, status: 'waiting', dueAt }) };
      const { ExpressionAttributeValues, ...rest } = setting(values);
      const TransactItems: Writes = [
        {
          Update: {
            TableName,
            Key: stripeEventKey(programId, eventId),
            ...rest,
            ExpressionAttributeValues: { ...ExpressionAttributeValues, ...OPEN },
            ConditionExpression: IS_OPEN,
          },
        },
        ...[...new Set(references)].map((reference) => ({
          Put: { TableName, Item: { ...stripeWaitKey(programId, reference, eventId), expiresAt } },
        })),
      ];
      await ifConditionHolds(documents.send(new TransactWriteCommand({ TransactItems })));
    },
    waitingFor: async (programId, reference) => {
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': stripeWaitKey(programId, reference).pk },
          ConsistentRead: true,
        }),
      );
      return Items.map(({ sk }) => z.string().parse(sk));
    },
    order: async (programId, orderId) => {
      const item = await get(stripeOrderKey(programId, orderId));
      return item && parseStripeOrder(item);
    },
    orderOf: async (programId, reference) => orderIdOf(await get(stripePaymentKey(programId, reference))),
    link: async (programId, orderId, references) => {
      for (const reference of references) {
        const Item = { ...stripePaymentKey(programId, reference), orderId };
        await documents.send(new PutCommand({ TableName, Item }));
      }
    },
    firstOrderOf: async (programId, subscriptionId) =>
      orderIdOf(await get(stripeSubscriptionKey(programId, subscriptionId))),
    touchOf: async (programId, reference) => {
      const item = await get(stripeTouchKey(programId, reference));
      return item && touchItemSchema.parse(item);
    },
    rememberTouch: async (programId, reference, touch) => {
      const hasTouch = touch.clickToken !== undefined || touch.code !== undefined;
      const put = new PutCommand({
        TableName,
        Item: {
          ...stripeTouchKey(programId, reference),
          ...touch,
          expiresAt: inSeconds(toEpochMs(touch.at) + TOUCH_KEPT_MS),
        },
        ConditionExpression: hasTouch
          ? 'attribute_not_exists(pk) OR #at <= :at OR (attribute_not_exists(clickToken) AND attribute_not_exists(#code))'
          : 'attribute_not_exists(pk)',
        ...(hasTouch
          ? {
              ExpressionAttributeNames: { '#at': 'at', '#code': 'code' },
              ExpressionAttributeValues: { ':at': touch.at },
            }
          : {}),
      });
      await ifConditionHolds(documents.send(put));
    },
  };
}

function orderIdOf(item: Record<string, unknown> | undefined): string | undefined {
  return item && z.string().parse(item.orderId);
}
