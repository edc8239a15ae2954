import { submitShard } from '#functions/payouts/paying-composition';
import { shardEventSchema } from '#functions/payouts/task-composition';

/** Task of the payout run's workflow, once a shard. */
export const handler = (event: unknown): ReturnType<typeof submitShard> => submitShard(shardEventSchema.parse(event));
