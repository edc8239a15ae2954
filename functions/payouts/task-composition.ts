import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makeProgramReader } from '#shared/adapters/dynamodb/money/programs/program-reader';
import { makeRunShards } from '#shared/adapters/dynamodb/money/runs/run-shards';
import { makeRuns } from '#shared/adapters/dynamodb/money/runs/runs';

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
/** A child of a map goes through a range of shards, from the cursor on that its last call answered. */
export const shardRangeSchema = z.object({
  programId: z.string(),
  runId: z.string(),
  first: z.number().int().min(0),
  last: z.number().int().min(0),
  cursor: z.object({ shard: z.number().int().min(0), after: z.string().optional() }).optional(),
});
