import { submitShard } from '#functions/payouts/paying/paying-composition';
import { shardRangeSchema } from '#functions/payouts/task-composition';
import { type LambdaContext, timeBoxOf } from '#functions/runtime/time-box';
import { overShards, type RangeProgress } from '#shared/application/payouts/runs/shard-ranges';

const submitRange = overShards(submitShard);

/** Task of the payout run's workflow, once a range of shards, again until the range is done. */
export const handler = (event: unknown, context: LambdaContext): Promise<RangeProgress> =>
  submitRange(shardRangeSchema.parse(event), timeBoxOf(context));
