import * as z from 'zod';
import { callerId } from '#functions/payouts/composition';
import { partners } from '#functions/payouts/partners-composition';
import { readComponents } from '#functions/payouts/plans/read-components';
import { simulationResult, simulationStatus } from '#functions/payouts/simulations/simulation-answer';
import { files, simulations } from '#functions/payouts/simulations/simulation-composition';
import { clock, moneyTable, programs, runs, shards } from '#functions/payouts/task-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { digest } from '#shared/adapters/digest';
import { makePlanDrafts } from '#shared/adapters/dynamodb/money/plans/plan-drafts';
import { makePlanReader } from '#shared/adapters/dynamodb/money/plans/plan-reader';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import { makeSimulatePlan } from '#shared/application/payouts/simulations/simulate-plan';
import { simulatePlanRoute } from '#shared/contracts/payouts/simulations/simulate-plan';

const environment = readEnvironment(z.object({ REFERRALS_TABLE: z.string() }));

const simulate = makeSimulatePlan({
  programs,
  runs,
  shards,
  partners,
  plans: makePlanReader(moneyTable),
  drafts: makePlanDrafts(moneyTable),
  read: readComponents,
  facts: makeReferralFacts({ documents, tableName: environment.REFERRALS_TABLE }),
  simulations,
  files,
  digest,
  clock,
});

const NOTHING_DONE = { shardsDone: 0, conversionsDone: 0 };

export const simulatePlan: HttpHandler<typeof simulatePlanRoute> = async ({ params, body }, context) => {
  const { simulation, result } = await simulate({
    ...params,
    simulationId: context.newId,
    by: callerId(context),
    asked: body,
  });
  if (result) return { status: simulation.status, ...simulationResult(result) };
  return reply(202, { body: simulationStatus(simulation, NOTHING_DONE) });
};

/**
 * The simulation itself is what a repeat finds under its Idempotency-Key: an answer of some megabytes would not fit a record.
 * Two requests at once compute twice and answer the same.
 */
export const handler = httpFunction(simulatePlanRoute, simulatePlan);
