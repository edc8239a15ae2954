import { partners } from '#functions/payouts/partners-composition';
import { runEventSchema, runs, shards } from '#functions/payouts/task-composition';
import { makePlanPayoutRun } from '#shared/application/payouts/runs/plan-payout-run';

const planRun = makePlanPayoutRun({ runs, shards, partners });

/** Task of the payout run's workflow, after the drain. */
export const handler = (event: unknown): ReturnType<typeof planRun> => planRun(runEventSchema.parse(event));
