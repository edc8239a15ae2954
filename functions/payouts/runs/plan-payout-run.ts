import { partners } from '#functions/payouts/partners-composition';
import { runEventSchema, runs, shards } from '#functions/payouts/task-composition';
import { makePlanPayoutRun } from '#shared/application/payouts/runs/plan-payout-run';
import { type Children, childrenOf } from '#shared/application/payouts/runs/shard-ranges';

const planRun = makePlanPayoutRun({ runs, shards, partners });

/** Task of the payout run's workflow, after the drain. Shards are named by their numbers: a list of them would outgrow a state. */
export const handler = async (event: unknown): Promise<Children & { readonly phase: 'compute' | 'post' }> => {
  const { phase, shards: planned } = await planRun(runEventSchema.parse(event));
  return { phase, ...childrenOf(planned.length) };
};
