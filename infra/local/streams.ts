import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamodbCall } from './dynamodb-client.ts';
import { matchesPattern } from './event-pattern.ts';
import type { InvokeResult, Lambda } from './lambda.ts';
import { onlyKnown, type Resource } from './model.ts';
import type { Store } from './store.ts';

const POLL_MS = 100;
const MAX_IDLE_POLL_MS = 250;
const MAX_RETRY_WAIT_MS = 10_000;
/** How long the list of a stream's shards is taken as it was. */
const SHARDS_KNOWN_MS = 5_000;
/** Lambda's own default and bound for DynamoDB streams. */
const DEFAULT_BATCH = 100;
const MAX_RECORDS = 1000;

type StreamRecord = { eventID: string; dynamodb: { SequenceNumber: string; ApproximateCreationDateTime: number } };
type Mapping = {
  EventSourceArn: string;
  FunctionName: string;
  BatchSize?: number;
  MaximumBatchingWindowInSeconds?: number;
  MaximumRetryAttempts?: number;
  MaximumRecordAgeInSeconds?: number;
  BisectBatchOnFunctionError?: boolean;
  FunctionResponseTypes?: string[];
  StartingPosition?: string;
  DestinationConfig?: { OnFailure?: { Destination: string } };
  FilterCriteria?: { Filters?: { Pattern: string }[] };
};

export type StreamDeps = {
  readonly call: DynamodbCall;
  readonly lambda: Lambda;
  readonly store: Store;
  readonly sendMessage: (queueArn: string, body: string) => void;
  readonly region: string;
};

/**
 * Feeds one table's stream to a function until aborted: in order a shard, from the remembered place (at least once), with
 * filters, retries, bisection and the on-failure queue of the event source mapping.
 */
export async function runEventSource(
  deps: StreamDeps,
  declared: Resource,
  streamArn: string,
  signal: AbortSignal,
): Promise<void> {
  const mapping = declared.properties as unknown as Mapping;
  onlyKnown(mapping.DestinationConfig, 'OnFailure', declared.logicalId);
  // Records that gather for a window are read once in each.
  const windowMs = (mapping.MaximumBatchingWindowInSeconds ?? 0) * 1000;
  const leastMs = Math.max(POLL_MS, windowMs);
  let idleMs = leastMs;
  let shards: readonly string[] = [];
  let shardsAtMs = 0;
  // Where reading goes on: asking for shards and places anew each time is most of what an idle host does.
  const iterators: Iterators = new Map();
  while (!signal.aborted) {
    let moved = false;
    try {
      if (Date.now() - shardsAtMs > SHARDS_KNOWN_MS) {
        shards = await shardsOf(deps.call, streamArn);
        shardsAtMs = Date.now();
      }
      for (const shardId of shards) {
        moved = (await readShard(deps, declared, mapping, { streamArn, shardId, iterators }, signal)) || moved;
      }
    } catch {
      // The engine is stopping or busy: the place is remembered, so that nothing is missed by asking again.
      iterators.clear();
      shardsAtMs = 0;
    }
    idleMs = moved ? leastMs : Math.min(idleMs + 10, Math.max(MAX_IDLE_POLL_MS, windowMs));
    await pause(idleMs, signal);
  }
}

async function shardsOf(call: DynamodbCall, streamArn: string): Promise<string[]> {
  const { StreamDescription } = await call('DescribeStream', { StreamArn: streamArn });
  return (StreamDescription as { Shards: { ShardId: string }[] }).Shards.map((shard) => shard.ShardId);
}

/** By shard: behind everything that was read and done. */
type Iterators = Map<string, string>;

async function readShard(
  deps: StreamDeps,
  declared: Resource,
  mapping: Mapping,
  { streamArn, shardId, iterators }: { streamArn: string; shardId: string; iterators: Iterators },
  signal: AbortSignal,
): Promise<boolean> {
  const mark = `stream/${declared.logicalId}/${shardId}`;
  const ShardIterator = iterators.get(shardId) ?? (await iteratorAt(deps, streamArn, shardId, deps.store.get(mark)));
  iterators.delete(shardId);
  const page = await deps.call('GetRecords', {
    ShardIterator,
    Limit: Math.min(mapping.BatchSize ?? DEFAULT_BATCH, MAX_RECORDS),
  });
  const records = page.Records as StreamRecord[];
  const goOn = (): void => {
    if (typeof page.NextShardIterator === 'string') iterators.set(shardId, page.NextShardIterator);
  };
  const last = records.at(-1);
  if (!last) {
    goOn();
    return false;
  }
  const patterns = (mapping.FilterCriteria?.Filters ?? []).map((filter) => JSON.parse(filter.Pattern) as unknown);
  const wanted = records
    .map((record) => ({ ...record, awsRegion: deps.region, eventSourceARN: mapping.EventSourceArn }))
    .filter((record) => patterns.length === 0 || patterns.some((pattern) => matchesPattern(pattern, record)));
  if (wanted.length > 0) await process(deps, mapping, shardId, wanted, signal);
  if (signal.aborted) return false;
  deps.store.set(mark, last.dynamodb.SequenceNumber);
  goOn();
  return true;
}

/** Behind a place, or where the stream begins. */
async function iteratorAt(
  { call }: StreamDeps,
  streamArn: string,
  shardId: string,
  place: string | undefined,
): Promise<string> {
  // LATEST is read as TRIM_HORIZON: the host creates the table and the mapping together, so that nothing is older.
  const from = place
    ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: place }
    : { ShardIteratorType: 'TRIM_HORIZON' };
  const { ShardIterator } = await call('GetShardIterator', { StreamArn: streamArn, ShardId: shardId, ...from });
  return ShardIterator as string;
}

/** Calls until a batch is done or given up. An abort leaves it undone, to be read again at the next start. */
async function process(
  deps: StreamDeps,
  mapping: Mapping,
  shardId: string,
  batch: readonly StreamRecord[],
  signal: AbortSignal,
): Promise<void> {
  let records = batch;
  for (let attempt = 1; !signal.aborted; attempt++) {
    const result = await deps.lambda.invoke(mapping.FunctionName, JSON.stringify({ Records: records }));
    if (signal.aborted) return;
    const failedAt = firstFailure(mapping, records, result);
    if (failedAt === undefined) return;
    if (failedAt > 0) {
      records = records.slice(failedAt);
      attempt = 0;
      continue;
    }
    const retries = mapping.MaximumRetryAttempts ?? -1;
    const oldestSeconds = Date.now() / 1000 - (records[0]?.dynamodb.ApproximateCreationDateTime ?? 0);
    const maxAge = mapping.MaximumRecordAgeInSeconds ?? -1;
    if ((retries >= 0 && attempt > retries) || (maxAge > 0 && oldestSeconds > maxAge)) {
      return giveUp(deps, mapping, shardId, records, attempt, result);
    }
    if (mapping.BisectBatchOnFunctionError && records.length > 1) {
      const half = Math.ceil(records.length / 2);
      await process(deps, mapping, shardId, records.slice(0, half), signal);
      records = records.slice(half);
      attempt = 0;
    } else await pause(Math.min(100 * 2 ** attempt, MAX_RETRY_WAIT_MS), signal);
  }
}

/** Index of the first record to repeat, or `undefined` when the whole batch is done. */
function firstFailure(mapping: Mapping, records: readonly StreamRecord[], result: InvokeResult): number | undefined {
  if (result.functionError) return 0;
  if (!mapping.FunctionResponseTypes?.includes('ReportBatchItemFailures')) return undefined;
  const answer = JSON.parse(result.payload) as { batchItemFailures?: { itemIdentifier: string }[] } | null;
  const failures = answer?.batchItemFailures ?? [];
  const found = failures.map(({ itemIdentifier }) =>
    records.findIndex((r) => r.dynamodb.SequenceNumber === itemIdentifier),
  );
  return found.length === 0 ? undefined : Math.max(0, Math.min(...found));
}

function giveUp(
  deps: StreamDeps,
  mapping: Mapping,
  shardId: string,
  records: readonly StreamRecord[],
  attempts: number,
  result: InvokeResult,
): void {
  const destination = mapping.DestinationConfig?.OnFailure?.Destination;
  const [first, last] = [records[0]?.dynamodb, records.at(-1)?.dynamodb];
  if (!destination || !first || !last) return;
  const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
  const message = {
    requestContext: {
      functionArn: mapping.FunctionName,
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: attempts,
    },
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      functionError: result.functionError ?? 'Unhandled',
    },
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first.SequenceNumber,
      endSequenceNumber: last.SequenceNumber,
      approximateArrivalOfFirstRecord: iso(first.ApproximateCreationDateTime),
      approximateArrivalOfLastRecord: iso(last.ApproximateCreationDateTime),
      batchSize: records.length,
      streamArn: mapping.EventSourceArn,
    },
  };
  deps.sendMessage(destination, JSON.stringify(message));
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal, ref: false }).catch(() => {});
}
