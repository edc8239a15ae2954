import * as z from 'zod';
import { partners } from '#functions/payouts/partners-composition';
import { clock, moneyTable, programs, runs, shards } from '#functions/payouts/task-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makePlanReader } from '#shared/adapters/dynamodb/plan-reader';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referral-facts';
import { makeSimulatePlan } from '#shared/application/payouts/simulate-plan';
import { simulatePlanRoute } from '#shared/contracts/payouts/simulate-plan';

const environment = readEnvironment(z.object({ REFERRALS_TABLE: z.string() }));

const simulate = makeSimulatePlan({
  programs,
  runs,
  shards,
  partners,
  plans: makePlanReader(moneyTable),
  facts: makeReferralFacts({ documents, tableName: environment.REFERRALS_TABLE }),
  clock,
});

export const simulatePlan: HttpHandler<typeof simulatePlanRoute> = ({ params, body }) =>
  simulate({ programId: params.programId, ...body });

/** Nothing is stored, not even under an Idempotency-Key: closed months answer the same for ever. */
export const handler = httpFunction(simulatePlanRoute, simulatePlan);
