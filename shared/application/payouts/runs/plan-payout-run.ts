import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { PayoutRuns, RunShards } from '#shared/application/payouts/ports';

/** Partners of one shard: a minute of work, and at most one child execution in a small programme. */
export const PARTNERS_PER_SHARD = 50;
const SHARD_DIGITS = 6;

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
    let after: string | undefined;
    for (;;) {
      const partnerIds = await deps.partners.listIds(programId, { after, limit: PARTNERS_PER_SHARD });
      if (partnerIds.length === 0) break;
      await deps.shards.put(programId, runId, shardName(count), partnerIds);
      count += 1;
      after = partnerIds.at(-1);
      if (partnerIds.length < PARTNERS_PER_SHARD) break;
    }
    if (!(await deps.runs.advance(programId, runId, 'computing', { shardCount: count }))) {
      throw new Error(`run ${runId} is ${run.status} and cannot be computed`);
    }
    return { phase: 'compute', shards: shardNames(count) };
  };
}

const shardName = (index: number): string => String(index).padStart(SHARD_DIGITS, '0');

function shardNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => shardName(index));
}
