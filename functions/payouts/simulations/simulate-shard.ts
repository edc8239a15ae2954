import * as z from 'zod';
import { partners } from '#functions/payouts/partners-composition';
import { files, simulations } from '#functions/payouts/simulations/simulation-composition';
import { moneyTable, programs } from '#functions/payouts/task-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makePlanReader } from '#shared/adapters/dynamodb/money/plans/plan-reader';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import { makeSimulateShard } from '#shared/application/payouts/simulations/run-simulation';

const environment = readEnvironment(z.object({ REFERRALS_TABLE: z.string() }));

const simulate = makeSimulateShard({
  simulations,
  files,
  programs,
  partners,
  plans: makePlanReader(moneyTable),
  facts: makeReferralFacts({ documents, tableName: environment.REFERRALS_TABLE }),
});

const eventSchema = z.object({ programId: z.string(), simulationId: z.string(), shard: z.string() });

/** Task of a simulation's workflow, once a shard of partners. */
export const handler = (event: unknown): Promise<void> => simulate(eventSchema.parse(event));
