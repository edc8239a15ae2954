import type { AdjustmentStore, PayoutRuns, RunShards } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import type { ReferralFacts } from '#shared/application/referral-facts';
import { FactsChanged, stopRun } from '../runs/stop-run.ts';
import type { RunningHash } from './statement-draft.ts';
import { watchFacts } from './watch-facts.ts';

export type RecountFacts = (input: {
  readonly programId: string;
  readonly runId: string;
  readonly shard: string;
}) => Promise<void>;

/**
 * Reads a shard's facts again. They come through an index that may lag: a fact that came into sight or changed after the
 * computation ends the run, with the reason, before anybody approves it.
 * @throws FactsChanged
 */
export function makeRecountFacts(deps: {
  runs: Pick<PayoutRuns, 'get' | 'endUnpaid'>;
  shards: Pick<RunShards, 'partnerIds' | 'result'>;
  facts: ReferralFacts;
  adjustments: Pick<AdjustmentStore, 'ofPartner'>;
  newHash: () => RunningHash;
  clock: Clock;
}): RecountFacts {
  return async ({ programId, runId, shard }) => {
    const run = await deps.runs.get(programId, runId);
    const result = await deps.shards.result(programId, runId, shard);
    if (!run || !result) throw new Error(`shard ${shard} of run ${runId} was not computed`);
    try {
      const { facts, adjustments, digest } = watchFacts(deps);
      let count = 0;
      for (const partnerId of await deps.shards.partnerIds(programId, runId, shard)) {
        count += await countOf(facts.conversions(programId, partnerId, run.period));
        count += await countOf(facts.refunds(programId, partnerId, run.period));
        count += (await adjustments.ofPartner(programId, partnerId, run.period)).length;
      }
      if (digest() === result.factsDigest) return;
      const now = count === result.factCount ? 'of these some have changed' : `now there are ${count}`;
      throw new FactsChanged(
        `Shard ${shard} was computed from ${result.factCount} facts, ${now}: open the period again.`,
      );
    } catch (error) {
      await stopRun(deps, run, error);
    }
  };
}

async function countOf(items: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of items) count += 1;
  return count;
}
