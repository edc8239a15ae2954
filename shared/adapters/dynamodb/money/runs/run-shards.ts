import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { minorField, sixAmountFields } from '#shared/adapters/dynamodb/money/money-fields';
import {
  RESULT_SK_PREFIX,
  runDetailsPk,
  shardKey,
  shardPartKey,
  shardResultKey,
} from '#shared/adapters/dynamodb/money/money-keys';
import type { RunShards } from '#shared/application/payouts/ports';

const shardSchema = z.object({ partnerIds: z.array(z.string()) });
const statedSchema = z.object({
  factCount: z.number(),
  sales: z.record(z.string(), z.number()).optional(),
  statements: z.array(
    z.object({
      statementId: z.string(),
      partnerId: z.string(),
      currency: z.string(),
      digest: z.string(),
      ...sixAmountFields,
      writtenOffMinor: minorField.optional(),
      unsentMinor: minorField.optional(),
    }),
  ),
});
const resultSchema = statedSchema.extend({ shard: z.string(), factsDigest: z.string() });
const partSchema = statedSchema.extend({
  done: z.array(z.string()),
  digests: z.record(z.string(), z.string()),
  tries: z.record(z.string(), z.number()),
});

/** The shards of a run and what each came to, in the run's own partition. */
export function makeRunShards(deps: { documents: DynamoDBDocumentClient; tableName: string }): RunShards {
  const { documents, tableName } = deps;
  const get = async (key: Record<string, string>): Promise<unknown> => {
    const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
    return Item;
  };
  return {
    async put(programId, runId, shard, partnerIds) {
      await documents.send(
        new PutCommand({
          TableName: tableName,
          Item: { ...shardKey(programId, runId, shard), type: 'shard', partnerIds },
        }),
      );
    },
    async partnerIds(programId, runId, shard) {
      return shardSchema.parse(await get(shardKey(programId, runId, shard))).partnerIds;
    },
    async putResult(programId, runId, shard, result) {
      await documents.send(
        new PutCommand({
          TableName: tableName,
          Item: { ...shardResultKey(programId, runId, shard), type: 'shard_result', shard, ...result },
        }),
      );
    },
    async result(programId, runId, shard) {
      const found = await get(shardResultKey(programId, runId, shard));
      return found === undefined ? undefined : resultSchema.parse(found);
    },
    async putPart(programId, runId, shard, step, part) {
      await documents.send(
        new PutCommand({
          TableName: tableName,
          Item: { ...shardPartKey(programId, runId, shard, step), type: 'shard_part', ...part },
        }),
      );
    },
    async part(programId, runId, shard, step) {
      const found = await get(shardPartKey(programId, runId, shard, step));
      return found === undefined ? undefined : partSchema.parse(found);
    },
    async *results(programId, runId, from = '') {
      let start: Record<string, unknown> | undefined;
      do {
        const page = await documents.send(
          new QueryCommand({
            TableName: tableName,
            KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :last',
            ExpressionAttributeValues: {
              ':pk': runDetailsPk(programId, runId),
              ':from': `${RESULT_SK_PREFIX}${from}`,
              ':last': `${RESULT_SK_PREFIX}~`,
            },
            ExclusiveStartKey: start,
            ConsistentRead: true,
          }),
        );
        for (const item of page.Items ?? []) yield resultSchema.parse(item);
        start = page.LastEvaluatedKey;
      } while (start);
    },
  };
}
