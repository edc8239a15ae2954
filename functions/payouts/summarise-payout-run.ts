import { programs, runEventSchema, runs, shards } from '#functions/payouts/task-composition';
import { digest } from '#shared/adapters/digest';
import { makeSummarisePayoutRun } from '#shared/application/payouts/summarise-payout-run';

const summarise = makeSummarisePayoutRun({ programs, runs, shards, digest });

/** Task of the payout run's workflow, once every shard is computed. */
export const handler = (event: unknown): Promise<void> => summarise(runEventSchema.parse(event));
