import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makeProgramReader } from '#shared/adapters/dynamodb/money/program-reader';
import { makeRunShards } from '#shared/adapters/dynamodb/money/run-shards';
import { makeRuns } from '#shared/adapters/dynamodb/money/runs';

const environment = readEnvironment(
  z.object({ MONEY_TABLE: z.string(), CONFIG_TTL_SECONDS: z.coerce.number().min(0) }),
);

/** What the tasks of the payout run's workflow share. Their events carry ids, never amounts. */
export const clock = Date.now;
export const moneyTable = { documents, tableName: environment.MONEY_TABLE };
export const runs = makeRuns(moneyTable);
export const shards = makeRunShards(moneyTable);
export const programs = makeProgramReader({ ...moneyTable, ttlSeconds: environment.CONFIG_TTL_SECONDS, clock });

export const runEventSchema = z.object({ programId: z.string(), runId: z.string() });
export const shardEventSchema = z.object({ programId: z.string(), runId: z.string(), shard: z.string() });
