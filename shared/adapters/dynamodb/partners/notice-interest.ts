import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { noticeInterestKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { NoticeInterest } from '#shared/application/notifications/interest';
import type { Clock } from '#shared/application/ports';

/** A function instance serves few programmes. */
const MAX_CACHED = 1_000;
const MS_PER_SECOND = 1_000;

const itemSchema = z.object({ kinds: z.set(z.string()).default(new Set()) });

/** One item a programme in the Partners table, remembered for `ttlSeconds`. */
export function makeNoticeInterest(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly ttlSeconds: number;
  readonly clock: Clock;
}): NoticeInterest {
  const { documents, tableName: TableName, clock } = deps;
  const cache = new Map<string, { readonly until: number; readonly kinds: ReadonlySet<string> }>();
  return {
    async wants(programId, kind) {
      const now = clock();
      const known = cache.get(programId);
      if (known && known.until > now) return known.kinds.has(kind);
      const { Item } = await documents.send(new GetCommand({ TableName, Key: noticeInterestKey(programId) }));
      const { kinds } = itemSchema.parse(Item ?? {});
      if (cache.size >= MAX_CACHED) cache.clear();
      cache.set(programId, { until: now + deps.ttlSeconds * MS_PER_SECOND, kinds });
      return kinds.has(kind);
    },
    async add(programId, kind) {
      const update = new UpdateCommand({
        TableName,
        Key: noticeInterestKey(programId),
        UpdateExpression: 'ADD kinds :kind',
        ExpressionAttributeValues: { ':kind': new Set([kind]) },
      });
      await documents.send(update);
      cache.delete(programId);
    },
  };
}
