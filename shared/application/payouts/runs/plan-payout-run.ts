import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { PayoutRuns, RunShards } from '#shared/application/payouts/ports';
import { forEachConcurrently } from '../concurrency.ts';
import { inChunks } from '../statements/purchases.ts';
import { shardName, shardNames } from './shard-ranges.ts';

/** Partners of one shard: a minute of work, and at most one child execution in a small programme. */
export const PARTNERS_PER_SHARD = 50;
/** Partners listed, and shards stored, at once: a million of them take a minute, where one shard at a time took ten. */
const A_PAGE = 1_000;
const WRITES_AT_ONCE = 16;

export type PlanPayoutRun = (input: {
  readonly programId: string;
  readonly runId: string;
}) => Promise<{ readonly phase: 'compute' | 'post'; readonly shards: readonly string[] }>;

/**
 * Fixes the shards of partners that every map of the run goes over. A run that is resumed after its approval goes on with
 * posting, over the shards it was approved with. A repeat answers the same.
 * @throws Error when the run has ended
 */
export function makePlanPayoutRun(deps: {
  runs: Pick<PayoutRuns, 'get' | 'advance'>;
  shards: Pick<RunShards, 'put'>;
  partners: Pick<PartnerTermsReader, 'listIds'>;
}): PlanPayoutRun {
  return async ({ programId, runId }) => {
    const run = await deps.runs.get(programId, runId);
    if (!run) throw new Error(`there is no run ${runId}`);
    if (run.shardCount !== undefined) {
      return { phase: run.decision === 'approve' ? 'post' : 'compute', shards: shardNames(run.shardCount) };
    }
    let count = 0;
    await forEachConcurrently(
      inChunks(partnerIdsOf(programId), PARTNERS_PER_SHARD),
      WRITES_AT_ONCE,
      async (partnerIds) => {
        const shard = shardName(count);
        count += 1;
        await deps.shards.put(programId, runId, shard, partnerIds);
      },
    );
    if (!(await deps.runs.advance(programId, runId, 'computing', { shardCount: count }))) {
      throw new Error(`run ${runId} is ${run.status} and cannot be computed`);
    }
    return { phase: 'compute', shards: shardNames(count) };
  };

  async function* partnerIdsOf(programId: string): AsyncIterable<string> {
    let after: string | undefined;
    do {
      const listed = await deps.partners.listIds(programId, { after, limit: A_PAGE });
      yield* listed;
      after = listed.at(-1);
    } while (after !== undefined);
  }
}
