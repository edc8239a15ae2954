import { createHash } from 'node:crypto';
import * as z from 'zod';
import { partners } from '#functions/payouts/partners-composition';
import { clock, moneyTable, programs, runs, shardRangeSchema, shards } from '#functions/payouts/task-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { type LambdaContext, timeBoxOf } from '#functions/runtime/time-box';
import { digest } from '#shared/adapters/digest';
import { makeAdjustments } from '#shared/adapters/dynamodb/money/adjustments/adjustments';
import { makeBalances } from '#shared/adapters/dynamodb/money/ledger/balances';
import { makePlanReader } from '#shared/adapters/dynamodb/money/plans/plan-reader';
import { makeStatementWriter } from '#shared/adapters/dynamodb/money/statements/statement-writer';
import { makeStatements } from '#shared/adapters/dynamodb/money/statements/statements';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import { overShards, type RangeProgress } from '#shared/application/payouts/runs/shard-ranges';
import { makeComputeStatements } from '#shared/application/payouts/statements/compute-statements';
import { makeRecountFacts } from '#shared/application/payouts/statements/recount-facts';
import type { RunningHash } from '#shared/application/payouts/statements/statement-draft';

const environment = readEnvironment(z.object({ REFERRALS_TABLE: z.string() }));

const facts = makeReferralFacts({ documents, tableName: environment.REFERRALS_TABLE });
const adjustments = makeAdjustments(moneyTable);

function newHash(): RunningHash {
  const hash = createHash('sha256');
  return { update: (text) => void hash.update(text), hex: () => hash.digest('hex') };
}

const computeShard = makeComputeStatements({
  programs,
  runs,
  shards,
  partners,
  plans: makePlanReader(moneyTable),
  facts,
  adjustments,
  balances: makeBalances(moneyTable),
  statements: makeStatements(moneyTable),
  newWriter: (options) => makeStatementWriter({ ...moneyTable, digest, ...options }),
  newHash,
  clock,
});
const recountShard = makeRecountFacts({ runs, shards, facts, adjustments, newHash, clock });

const steps = { compute: overShards(computeShard), recount: overShards(recountShard) };

const eventSchema = shardRangeSchema.extend({ step: z.enum(['compute', 'recount']) });

/** Task of the payout run's workflow, twice a range of shards: computes its drafts, and later counts its facts again. */
export const handler = (event: unknown, context: LambdaContext): Promise<RangeProgress> => {
  const { step, ...range } = eventSchema.parse(event);
  return steps[step](range, timeBoxOf(context));
};
