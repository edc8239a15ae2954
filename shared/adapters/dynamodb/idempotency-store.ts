import { randomUUID } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { idempotencyKey } from '#shared/adapters/dynamodb/idempotency-keys';
import type { IdempotencyClaim, IdempotencyStore, StoredReply } from '#shared/application/idempotency';
import type { Clock } from '#shared/application/ports';

/** A crashed request blocks its key this long. Two runs at once are safe: ids derive from the key and effects are conditional. */
const LEASE_MS = 10_000;
/** Clients repeat within hours; two days outlast a weekend's queue. */
const KEPT_SECONDS = 2 * 86_400;

const recordSchema = z.object({
  state: z.enum(['claimed', 'done', 'released']),
  bodyHash: z.string(),
  claimId: z.string(),
  status: z.number().optional(),
  reply: z.instanceof(Uint8Array).optional(),
});

/**
 * Idempotency records in the table of the effect. Answers are kept compressed, because a batch answers about 50 kB.
 * `keep: 'for_ever'` writes no TTL, for a table that must lose nothing.
 */
export function makeIdempotencyStore(deps: {
  readonly documents: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly clock: Clock;
  readonly keep?: 'two_days' | 'for_ever' | undefined;
}): IdempotencyStore {
  const { documents, tableName: TableName, clock } = deps;
  const expiry = (): { expiresAt?: number } =>
    deps.keep === 'for_ever' ? {} : { expiresAt: Math.floor(clock() / 1_000) + KEPT_SECONDS };

  const move = async (scope: string, key: string, to: string, values: Record<string, unknown>): Promise<void> => {
    const set = Object.keys(values).map((name) => `#${name} = :${name}`);
    try {
      await documents.send(
        new UpdateCommand({
          TableName,
          Key: idempotencyKey(scope, key),
          UpdateExpression: `SET ${['#state = :to', ...set].join(', ')}`,
          ConditionExpression: 'attribute_exists(pk) AND #state <> :done',
          ExpressionAttributeNames: {
            '#state': 'state',
            ...Object.fromEntries(Object.keys(values).map((name) => [`#${name}`, name])),
          },
          ExpressionAttributeValues: {
            ':to': to,
            ':done': 'done',
            ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value])),
          },
        }),
      );
    } catch (error) {
      // The first answer stays the answer.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };

  return {
    claim: async (scope, key, bodyHash) => {
      const claimId = randomUUID();
      const now = clock();
      try {
        await documents.send(
          new PutCommand({
            TableName,
            Item: {
              ...idempotencyKey(scope, key),
              state: 'claimed',
              bodyHash,
              claimId,
              leaseUntil: now + LEASE_MS,
              ...expiry(),
            },
            ConditionExpression:
              'attribute_not_exists(pk) OR #state = :released OR expiresAt < :seconds ' +
              'OR (#state = :claimed AND leaseUntil < :now AND bodyHash = :hash)',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: {
              ':released': 'released',
              ':claimed': 'claimed',
              ':now': now,
              ':seconds': Math.floor(now / 1_000),
              ':hash': bodyHash,
            },
          }),
        );
        return { state: 'claimed' };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
      const { Item } = await documents.send(
        new GetCommand({ TableName, Key: idempotencyKey(scope, key), ConsistentRead: true }),
      );
      return Item ? judge(recordSchema.parse(Item), bodyHash, claimId) : { state: 'in_flight' };
    },
    complete: (scope, key, reply) =>
      move(scope, key, 'done', { status: reply.status, reply: gzipSync(reply.body), ...expiry() }),
    release: (scope, key) => move(scope, key, 'released', {}),
  };
}

function judge(record: z.output<typeof recordSchema>, bodyHash: string, claimId: string): IdempotencyClaim {
  // The SDK repeated a claim whose answer was lost: it is ours.
  if (record.claimId === claimId) return { state: 'claimed' };
  if (record.bodyHash !== bodyHash) return { state: 'other_body' };
  if (record.state !== 'done' || record.status === undefined || !record.reply) return { state: 'in_flight' };
  const reply: StoredReply = { status: record.status, body: gunzipSync(record.reply).toString('utf8') };
  return { state: 'done', reply };
}
