import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Key } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { forEachConcurrently } from '#shared/application/payouts/concurrency';

/** DynamoDB's limit. */
const KEYS_A_BATCH = 100;
const BATCHES_AT_ONCE = 16;
const MAX_ATTEMPTS = 12;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 640;

export type ReadDeps = {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly pause: (ms: number) => Promise<unknown>;
  readonly random: () => number;
};

/** Items by their keys, in no order. */
export async function batchGet(
  deps: ReadDeps,
  keys: readonly Key[],
  take: (item: Record<string, unknown>) => void,
  ConsistentRead = false,
): Promise<void> {
  const starts = Array.from({ length: Math.ceil(keys.length / KEYS_A_BATCH) }, (_, batch) => batch * KEYS_A_BATCH);
  await forEachConcurrently(starts, BATCHES_AT_ONCE, async (start) => {
    let open: Record<string, unknown>[] = keys.slice(start, start + KEYS_A_BATCH);
    for (let attempt = 0; open.length > 0; attempt += 1) {
      if (attempt >= MAX_ATTEMPTS) throw new Error('the table left keys of a batch unread');
      if (attempt > 0) await deps.pause(deps.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt));
      const answer = await deps.documents.send(
        new BatchGetCommand({ RequestItems: { [deps.tableName]: { Keys: open, ConsistentRead } } }),
      );
      for (const item of answer.Responses?.[deps.tableName] ?? []) take(item);
      open = answer.UnprocessedKeys?.[deps.tableName]?.Keys ?? [];
    }
  });
}
