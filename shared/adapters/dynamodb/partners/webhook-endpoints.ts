import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { expiresAfter } from '#shared/adapters/dynamodb/expires-at';
import {
  webhookEndpointKey,
  webhookEndpointsPk,
  webhookPauseKey,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import { webhookEndpointOfItem } from '#shared/adapters/dynamodb/partners/webhook-items';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type { WebhookPause } from '#shared/application/notifications/webhooks/webhook-paused-event';
import type { WebhookEndpoint, WebhookEndpoints } from '#shared/application/notifications/webhooks/webhook-ports';
import { type Instant, toEpochMs } from '#shared/domain/time/instant';

/** An endpoint that was removed is kept as long as the last of its deliveries. */
const REMOVED_KEPT_DAYS = 90;
const HEALTH = ['failingSince', 'failures', 'backOffUntil'] as const;
/** What a change writes; the rest is health, which attempts write at the same time. */
const CHANGED = [
  'url',
  'events',
  'description',
  'status',
  'statusReason',
  'secrets',
  'version',
  'changedAt',
  'changedBy',
  'onBehalfOf',
] as const;

type Of = { readonly programId: string; readonly endpointId: string };

/** Webhook endpoints in the Partners table, an item each. */
export function makeWebhookEndpoints(table: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
}): WebhookEndpoints {
  const { documents, tableName: TableName } = table;
  const keyOf = ({ programId, endpointId }: Of): UpdateCommandInput['Key'] => webhookEndpointKey(programId, endpointId);
  const update = (input: Omit<UpdateCommandInput, 'TableName'>): Promise<Record<string, unknown>> =>
    documents.send(new UpdateCommand({ TableName, ...input })).then(({ Attributes = {} }) => Attributes);

  return {
    async create(endpoint) {
      const Item = { ...webhookEndpointKey(endpoint.programId, endpoint.endpointId), ...endpoint };
      const put = new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' });
      return (await ifConditionHolds(documents.send(put))) ? 'created' : 'exists';
    },
    async find(of) {
      const { Item } = await documents.send(new GetCommand({ TableName, Key: keyOf(of), ConsistentRead: true }));
      return Item && webhookEndpointOfItem(Item);
    },
    async list(programId) {
      const found: WebhookEndpoint[] = [];
      const items = queryAll(documents, {
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': webhookEndpointsPk(programId) },
        ConsistentRead: true,
      });
      for await (const item of items) found.push(webhookEndpointOfItem(item));
      return found.sort((a, b) => toEpochMs(a.createdAt) - toEpochMs(b.createdAt));
    },
    change: (endpoint, seenVersion, forgetsFailures = false) =>
      ifConditionHolds(
        update({
          Key: keyOf(endpoint),
          ...changeOf(endpoint, forgetsFailures),
          ConditionExpression: '#version = :seen AND #status <> :removed',
          ExpressionAttributeNames: namesOf(forgetsFailures),
          ExpressionAttributeValues: valuesOf(endpoint, seenVersion),
        }),
      ),
    async noteFailure(of, at, backOffUntil) {
      const backOff = backOffUntil === undefined ? '' : ', backOffUntil = :backOffUntil';
      const found = await update({
        Key: keyOf(of),
        UpdateExpression: `SET failingSince = if_not_exists(failingSince, :at)${backOff} ADD failures :one`,
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':at': at, ':one': 1, ...(backOffUntil && { ':backOffUntil': backOffUntil }) },
        ReturnValues: 'ALL_NEW',
      });
      const { failingSince, failures, status } = webhookEndpointOfItem(found);
      return { failingSince, failures, status };
    },
    async noteSuccess(of) {
      await ifConditionHolds(
        update({
          Key: keyOf(of),
          UpdateExpression: `REMOVE ${HEALTH.join(', ')}`,
          ConditionExpression: 'attribute_exists(pk)',
        }),
      );
    },
    pause: (of, { at, failingSince, host }) =>
      stop(
        of,
        { at, failingSince, host, why: 'failing' },
        {
          UpdateExpression: 'SET #status = :paused, version = version + :one, changedAt = :at',
          ConditionExpression: '#status = :enabled AND failingSince = :since',
          ExpressionAttributeValues: { ':paused': 'paused', ':since': failingSince },
        },
      ),
    disableGone: (of, { at, host }) =>
      stop(
        of,
        { at, failingSince: at, host, why: 'gone' },
        {
          UpdateExpression: 'SET #status = :disabled, statusReason = :gone, version = version + :one, changedAt = :at',
          ConditionExpression: '#status = :enabled',
          ExpressionAttributeValues: { ':disabled': 'disabled', ':gone': 'gone' },
        },
      ),
  };

  /** From enabled to something else, and what the stream tells of it, or neither. */
  function stop(of: EndpointOf, stopped: Stopped, change: StatusChange): Promise<boolean> {
    const { programId, endpointId } = of;
    const { at, ...said } = stopped;
    const values = { ...change.ExpressionAttributeValues, ':enabled': 'enabled', ':at': at, ':one': 1 };
    const Update = { TableName, Key: keyOf(of), ...change, ExpressionAttributeNames: { '#status': 'status' } };
    const Item = {
      ...webhookPauseKey(programId, endpointId, at),
      ...{ programId, endpointId, pausedAt: at, ...said },
      expiresAt: expiresAfter(at, REMOVED_KEPT_DAYS),
    };
    return ifConditionHolds(
      documents.send(
        new TransactWriteCommand({
          TransactItems: [{ Update: { ...Update, ExpressionAttributeValues: values } }, { Put: { TableName, Item } }],
        }),
      ),
    );
  }
}

type EndpointOf = Pick<WebhookEndpoint, 'programId' | 'endpointId'>;
type Stopped = Pick<WebhookPause, 'failingSince' | 'host' | 'why'> & { readonly at: Instant };
type StatusChange = {
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeValues: Readonly<Record<string, string>>;
};

function changeOf(endpoint: WebhookEndpoint, forgetsFailures: boolean): Pick<UpdateCommandInput, 'UpdateExpression'> {
  const set = CHANGED.filter((name) => endpoint[name] !== undefined).map((name) => `#${name} = :${name}`);
  const gone = CHANGED.filter((name) => endpoint[name] === undefined);
  const removed = [...gone, ...(forgetsFailures ? HEALTH : [])].map((name) => `#${name}`);
  const lapses = endpoint.status === 'removed' ? ', expiresAt = :expiresAt' : '';
  return {
    UpdateExpression: `SET ${set.join(', ')}${lapses}${removed.length > 0 ? ` REMOVE ${removed.join(', ')}` : ''}`,
  };
}

function namesOf(forgetsFailures: boolean): Record<string, string> {
  return Object.fromEntries([...CHANGED, ...(forgetsFailures ? HEALTH : [])].map((name) => [`#${name}`, name]));
}

function valuesOf(endpoint: WebhookEndpoint, seenVersion: number): Record<string, unknown> {
  const values = CHANGED.flatMap((name) =>
    endpoint[name] === undefined ? [] : [[`:${name}`, endpoint[name]] as const],
  );
  const expiresAt = expiresAfter(endpoint.changedAt, REMOVED_KEPT_DAYS);
  return {
    ...Object.fromEntries(values),
    ':seen': seenVersion,
    ':removed': 'removed',
    ...(endpoint.status === 'removed' && { ':expiresAt': expiresAt }),
  };
}
