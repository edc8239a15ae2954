import type { AdjustmentStore, PayoutRuns, RunShards } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import type { ReferralFacts } from '#shared/application/referral-facts';
import { toInstant } from '#shared/domain/instant';

export type RecountFacts = (input: {
  readonly programId: string;
  readonly runId: string;
  readonly shard: string;
}) => Promise<void>;

/** The facts of a closed period are not the ones that were computed: the run must not be approved. */
export class FactsChanged extends Error {
  override readonly name = 'FactsChanged';
}

/**
 * Counts a shard's facts again. They are read through an index that may lag: a fact that came into sight after the
 * computation ends the run, with the reason, before anybody approves it.
 * @throws FactsChanged
 */
export function makeRecountFacts(deps: {
  runs: Pick<PayoutRuns, 'get' | 'endUnpaid'>;
  shards: Pick<RunShards, 'partnerIds' | 'result'>;
  facts: Pick<ReferralFacts, 'conversions' | 'refunds'>;
  adjustments: Pick<AdjustmentStore, 'ofPartner'>;
  clock: Clock;
}): RecountFacts {
  return async ({ programId, runId, shard }) => {
    const run = await deps.runs.get(programId, runId);
    const result = await deps.shards.result(programId, runId, shard);
    if (!run || !result) throw new Error(`shard ${shard} of run ${runId} was not computed`);
    let count = 0;
    for (const partnerId of await deps.shards.partnerIds(programId, runId, shard)) {
      count += await countOf(deps.facts.conversions(programId, partnerId, run.period));
      count += await countOf(deps.facts.refunds(programId, partnerId, run.period));
      count += (await deps.adjustments.ofPartner(programId, partnerId, run.period)).length;
    }
    if (count === result.factCount) return;
    const reason = `Shard ${shard} was computed from ${result.factCount} facts, now there are ${count}: open it again.`;
    await deps.runs.endUnpaid(run, 'failed', { at: toInstant(deps.clock()), reason });
    throw new FactsChanged(reason);
  };
}

async function countOf(items: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of items) count += 1;
  return count;
}
