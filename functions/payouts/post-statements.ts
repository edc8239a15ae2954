import * as z from 'zod';
import { postShard } from '#functions/payouts/ledger-composition';

const inputSchema = z.object({ programId: z.string(), runId: z.string(), shard: z.string() });

/** Task of the payout run's workflow, once a shard. */
export const handler = (event: unknown): ReturnType<typeof postShard> => postShard(inputSchema.parse(event));
