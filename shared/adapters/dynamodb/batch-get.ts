import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
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
  readonly pause?: ((ms: number) => Promise<unknown>) | undefined;
  readonly random?: (() => number) | undefined;
};

/**
 * Items by their keys, any number of them, in no order. Keys that a throttled table leaves are asked for again, ever later.
 * @throws Error rather than answer in part
 */
export async function batchGet(
  { documents, tableName, pause = sleep, random = Math.random }: ReadDeps,
  keys: readonly { readonly pk: string; readonly sk: string }[],
  take: (item: Record<string, unknown>) => void,
  ConsistentRead = false,
): Promise<void> {
  const starts = Array.from({ length: Math.ceil(keys.length / KEYS_A_BATCH) }, (_, batch) => batch * KEYS_A_BATCH);
  await forEachConcurrently(starts, BATCHES_AT_ONCE, async (start) => {
    let open: Record<string, unknown>[] = keys.slice(start, start + KEYS_A_BATCH);
    for (let attempt = 0; open.length > 0; attempt += 1) {
      if (attempt >= MAX_ATTEMPTS) throw new Error('the table left keys of a batch unread');
      if (attempt > 0) await pause(random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt));
      const answer = await documents.send(
        new BatchGetCommand({ RequestItems: { [tableName]: { Keys: open, ConsistentRead } } }),
      );
      for (const item of answer.Responses?.[tableName] ?? []) take(item);
      open = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
    }
  });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
