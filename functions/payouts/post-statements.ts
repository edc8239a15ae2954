import { postShard } from '#functions/payouts/paying-composition';
import { shardEventSchema } from '#functions/payouts/task-composition';

/** Task of the payout run's workflow, once a shard. */
export const handler = (event: unknown): ReturnType<typeof postShard> => postShard(shardEventSchema.parse(event));
