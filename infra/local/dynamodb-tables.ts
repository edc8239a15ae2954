import { setTimeout as sleep } from 'node:timers/promises';
import { type DynamodbCall, DynamodbError } from './dynamodb-client.ts';
import type { Resource } from './model.ts';

/** AWS promises "within a few days"; ten minutes keeps a laptop tidy without being felt. */
const SWEEP_EVERY_MS = 600_000;
const PAUSE_BETWEEN_PAGES_MS = 50;

type KeySchema = readonly { AttributeName: string; KeyType: string }[];
type Index = { IndexName: string; KeySchema: KeySchema; Projection: unknown };
type Description = {
  KeySchema: KeySchema;
  GlobalSecondaryIndexes?: Index[];
  LatestStreamArn?: string;
  StreamSpecification?: { StreamEnabled?: boolean; StreamViewType?: string };
};
type TableProperties = {
  AttributeDefinitions: unknown;
  KeySchema: KeySchema;
  GlobalSecondaryIndexes?: Index[];
  StreamSpecification?: { StreamViewType: string };
  TimeToLiveSpecification?: { AttributeName: string; Enabled: boolean };
};

/** Creates a table, or adds what an existing one lacks; returns its stream. @throws when its keys or stream changed. */
export async function ensureTable(call: DynamodbCall, table: Resource): Promise<string | undefined> {
  const wanted = table.properties as unknown as TableProperties;
  const found = await describe(call, table.name);
  if (!found) {
    const created = await call('CreateTable', {
      TableName: table.name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: wanted.AttributeDefinitions,
      KeySchema: wanted.KeySchema,
      ...(wanted.GlobalSecondaryIndexes ? { GlobalSecondaryIndexes: wanted.GlobalSecondaryIndexes } : {}),
      ...(wanted.StreamSpecification
        ? { StreamSpecification: { StreamEnabled: true, StreamViewType: wanted.StreamSpecification.StreamViewType } }
        : {}),
    });
    return (created.TableDescription as Description).LatestStreamArn;
  }
  requireSame(table, 'keys', found.KeySchema, wanted.KeySchema);
  const streamArn = await ensureStream(call, table, found, wanted);
  for (const index of wanted.GlobalSecondaryIndexes ?? []) {
    const existing = found.GlobalSecondaryIndexes?.find((other) => other.IndexName === index.IndexName);
    if (existing) requireSame(table, `index ${index.IndexName}`, existing.KeySchema, index.KeySchema);
    else {
      await call('UpdateTable', {
        TableName: table.name,
        AttributeDefinitions: wanted.AttributeDefinitions,
        GlobalSecondaryIndexUpdates: [{ Create: index }],
      });
    }
  }
  return streamArn;
}

/** A stream is added to a table without one; what was written before is not in it. @throws when it is of another kind, or too much */
async function ensureStream(
  call: DynamodbCall,
  table: Resource,
  found: Description,
  wanted: TableProperties,
): Promise<string | undefined> {
  const kind = wanted.StreamSpecification?.StreamViewType;
  const viewType = found.StreamSpecification?.StreamEnabled ? found.StreamSpecification.StreamViewType : undefined;
  if (viewType === undefined && kind !== undefined) {
    const StreamSpecification = { StreamEnabled: true, StreamViewType: kind };
    const answer = await call('UpdateTable', { TableName: table.name, StreamSpecification });
    return (answer.TableDescription as Description).LatestStreamArn;
  }
  requireSame(table, 'stream', viewType, kind);
  return found.LatestStreamArn;
}

async function describe(call: DynamodbCall, name: string): Promise<Description | undefined> {
  try {
    return (await call('DescribeTable', { TableName: name })).Table as Description;
  } catch (error) {
    if (error instanceof DynamodbError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

function requireSame(table: Resource, what: string, found: unknown, wanted: unknown): void {
  if (JSON.stringify(found) === JSON.stringify(wanted)) return;
  throw new Error(
    `Table ${table.name}: its ${what} in the data directory is not what the template declares. ` +
      'A table cannot change this in place: start with another --data directory, or remove this one.',
  );
}

/** Removes expired items by each table's TTL attribute until aborted: the engine stores the setting but never sweeps. */
export async function sweepExpired(
  call: DynamodbCall,
  tables: readonly Resource[],
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await sleep(SWEEP_EVERY_MS, undefined, { signal, ref: false }).catch(() => {});
    for (const table of tables) {
      const ttl = (table.properties as unknown as TableProperties).TimeToLiveSpecification;
      if (ttl?.Enabled && !signal.aborted) await sweepTable(call, table, ttl.AttributeName, signal).catch(() => {});
    }
  }
}

/** One pass over a table; `nowSeconds` is when an item must have expired. Returns how many items went. */
export async function sweepTable(
  call: DynamodbCall,
  table: Resource,
  attribute: string,
  signal: AbortSignal,
  nowSeconds = Math.floor(Date.now() / 1000),
): Promise<number> {
  const keys = (table.properties as unknown as TableProperties).KeySchema.map((key) => key.AttributeName);
  const expired = {
    ExpressionAttributeNames: { '#ttl': attribute },
    ExpressionAttributeValues: { ':now': { N: String(nowSeconds) } },
  };
  let removed = 0;
  let from: unknown;
  do {
    const page = await call('Scan', {
      TableName: table.name,
      FilterExpression: '#ttl < :now',
      ...expired,
      ...(from ? { ExclusiveStartKey: from } : {}),
    });
    for (const item of page.Items as Record<string, unknown>[]) {
      const Key = Object.fromEntries(keys.map((key) => [key, item[key]]));
      await call('DeleteItem', { TableName: table.name, Key, ConditionExpression: '#ttl < :now', ...expired }).then(
        () => removed++,
        () => {},
      );
    }
    from = page.LastEvaluatedKey;
    if (from) await sleep(PAUSE_BETWEEN_PAGES_MS);
  } while (from && !signal.aborted);
  return removed;
}
