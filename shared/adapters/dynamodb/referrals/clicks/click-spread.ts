import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { ReadDeps } from '#shared/adapters/dynamodb/batch-get';
import { clickSpreadKey } from '#shared/adapters/dynamodb/referrals/referrals-keys';

/**
 * Over how many shards the counters of a link are spread. It begins with one, which is read in one go, and grows eightfold when
 * countings keep meeting one another: only a link that is busy all the time has more, and none has more than this.
 * 100,000 clicks a second on one link are some 4 countings a second on each of them (`npm run bench clicks`).
 */
export const MAX_SPREAD = 512;
export const FIRST_SPREAD = 1;
const GROWTH = 8;
const REMEMBERED = 5_000;

const spreadSchema = z.object({ shardCount: z.int().min(FIRST_SPREAD).default(FIRST_SPREAD) });

/** The spread that an item says; without one, of a link that was never busy. */
export const spreadOf = (item: unknown): number => spreadSchema.parse(item ?? {}).shardCount;

/** Consistently: whoever adds to a shard has seen that it is there, and so does whoever reads afterwards. */
export async function readSpread({ documents, tableName }: ReadDeps, programId: string, slug: string): Promise<number> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: tableName, Key: clickSpreadKey(programId, slug), ConsistentRead: true }),
  );
  return spreadOf(Item);
}

export type ClickSpread = {
  of(programId: string, slug: string): Promise<number>;
  /** More shards than `from`, if there may be: those that another counting has made, or new ones. */
  grow(programId: string, slug: string, from: number): Promise<number>;
};

/** Spreads as a function instance knows them: they only grow, so that an old one is never wrong, only busier. */
export function makeClickSpread(deps: ReadDeps): ClickSpread {
  const known = new Map<string, number>();
  const remember = (programId: string, slug: string, spread: number): number => {
    if (known.size >= REMEMBERED) known.clear();
    known.set(`${programId} ${slug}`, spread);
    return spread;
  };
  return {
    of: async (programId, slug) =>
      known.get(`${programId} ${slug}`) ?? remember(programId, slug, await readSpread(deps, programId, slug)),
    grow: async (programId, slug, from) => {
      const now = await readSpread(deps, programId, slug);
      if (now > from || now >= MAX_SPREAD) return remember(programId, slug, now);
      const to = Math.min(now * GROWTH, MAX_SPREAD);
      try {
        await deps.documents.send(
          new UpdateCommand({
            TableName: deps.tableName,
            Key: clickSpreadKey(programId, slug),
            UpdateExpression: 'SET shardCount = :to',
            ConditionExpression: 'attribute_not_exists(shardCount) OR shardCount < :to',
            ExpressionAttributeValues: { ':to': to },
          }),
        );
      } catch (error) {
        // Another counting has made at least as many.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
      return remember(programId, slug, to);
    },
  };
}
