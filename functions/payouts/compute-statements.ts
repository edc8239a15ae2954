import { createHash } from 'node:crypto';
import * as z from 'zod';
import { partners } from '#functions/payouts/partners-composition';
import { clock, moneyTable, programs, runs, shardEventSchema, shards } from '#functions/payouts/task-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { digest } from '#shared/adapters/digest';
import { makeAdjustments } from '#shared/adapters/dynamodb/money/adjustments';
import { makeBalances } from '#shared/adapters/dynamodb/money/balances';
import { makePlanReader } from '#shared/adapters/dynamodb/money/plan-reader';
import { makeStatementWriter } from '#shared/adapters/dynamodb/money/statement-writer';
import { makeStatements } from '#shared/adapters/dynamodb/money/statements';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
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
  newWriter: () => makeStatementWriter({ ...moneyTable, digest }),
  newHash,
  clock,
});
const recountShard = makeRecountFacts({ runs, shards, facts, adjustments, newHash, clock });

const eventSchema = shardEventSchema.extend({ step: z.enum(['compute', 'recount']) });

/** Task of the payout run's workflow, twice a shard: computes its drafts, and later counts its facts again. */
export const handler = async (event: unknown): Promise<void> => {
  const { step, ...shard } = eventSchema.parse(event);
  await (step === 'compute' ? computeShard(shard) : recountShard(shard));
};
