import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { expiresAfter } from '#shared/adapters/dynamodb/expires-at';
import { webhookDeliveriesPk, webhookDeliveryKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import { webhookDeliveryOfItem } from '#shared/adapters/dynamodb/partners/webhook-items';
import type {
  AttemptOf,
  DeliveryOf,
  WebhookDeliveries,
} from '#shared/application/notifications/webhooks/webhook-ports';

/** The log of deliveries: long enough to look into last quarter's, and to send again what a receiver lost. */
export const DELIVERIES_KEPT_DAYS = 90;
const NAMES = { '#state': 'state' };

/** Webhook deliveries in the Partners table, an item each with its attempts. They lapse by themselves. */
export function makeWebhookDeliveries(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): WebhookDeliveries {
  const { documents, tableName: TableName } = table;
  const keyOf = ({ programId, endpointId, deliveryId }: DeliveryOf): UpdateCommandInput['Key'] =>
    webhookDeliveryKey(programId, endpointId, deliveryId);
  const find: WebhookDeliveries['find'] = async (of) => {
    const { Item } = await documents.send(new GetCommand({ TableName, Key: keyOf(of), ConsistentRead: true }));
    return Item && webhookDeliveryOfItem(Item);
  };
  /** Of a delivery that stands at this attempt and waits. */
  const move = (
    of: AttemptOf,
    input: Pick<UpdateCommandInput, 'UpdateExpression' | 'ExpressionAttributeValues'>,
    also = '',
  ): Promise<boolean> =>
    ifConditionHolds(
      documents.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(of),
          UpdateExpression: input.UpdateExpression,
          ConditionExpression: `#state = :pending AND round = :round AND roundAttempts = :made${also}`,
          ExpressionAttributeNames: NAMES,
          ExpressionAttributeValues: {
            ...input.ExpressionAttributeValues,
            ':pending': 'pending',
            ':round': of.round,
            ':made': of.roundAttempts,
          },
        }),
      ),
    );

  return {
    find,
    async open(delivery) {
      const expiresAt = expiresAfter(delivery.createdAt, DELIVERIES_KEPT_DAYS);
      const Item = { ...keyOf(delivery), ...delivery, expiresAt };
      const put = new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' });
      return ifConditionHolds(documents.send(put));
    },
    claim: (of, now, until) =>
      move(
        of,
        { UpdateExpression: 'SET claimedUntil = :until', ExpressionAttributeValues: { ':until': until, ':now': now } },
        ' AND (attribute_not_exists(claimedUntil) OR claimedUntil < :now)',
      ),
    record: (of, { attempt, state, nextAttemptAt }) =>
      move(of, {
        UpdateExpression:
          'SET #state = :state, roundAttempts = :next, attempts = list_append(attempts, :attempt)' +
          (nextAttemptAt === undefined
            ? ' REMOVE claimedUntil, nextAttemptAt'
            : ', nextAttemptAt = :nextAttemptAt REMOVE claimedUntil'),
        ExpressionAttributeValues: {
          ':state': state,
          ':next': of.roundAttempts + 1,
          ':attempt': [attempt],
          ...(nextAttemptAt && { ':nextAttemptAt': nextAttemptAt }),
        },
      }),
    async skip(of) {
      await move(of, {
        UpdateExpression: 'SET #state = :skipped REMOVE claimedUntil, nextAttemptAt',
        ExpressionAttributeValues: { ':skipped': 'skipped' },
      });
    },
    async restart(of, round) {
      const isOurs = await ifConditionHolds(
        documents.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(of),
            UpdateExpression:
              'SET #state = :pending, round = :next, roundAttempts = :none REMOVE claimedUntil, nextAttemptAt',
            ConditionExpression: 'round = :round',
            ExpressionAttributeNames: NAMES,
            ExpressionAttributeValues: { ':pending': 'pending', ':round': round, ':next': round + 1, ':none': 0 },
          }),
        ),
      );
      return isOurs ? find(of) : undefined;
    },
    async list({ programId, endpointId }, { cursor, limit, state }) {
      const pk = webhookDeliveriesPk(programId, endpointId);
      const before = cursor === undefined ? undefined : fromCursor(cursor);
      const page = await documents.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
          ...(state && { FilterExpression: '#state = :state', ExpressionAttributeNames: NAMES }),
          ExpressionAttributeValues: { ':pk': pk, ':before': before, ':state': state },
          ScanIndexForward: false,
          Limit: limit,
        }),
      );
      const last = page.LastEvaluatedKey?.sk;
      return {
        items: (page.Items ?? []).map(webhookDeliveryOfItem),
        nextCursor: typeof last === 'string' ? toCursor(last) : undefined,
      };
    },
  };
}
