import type { AdjustmentStore, PayoutRuns, RunShards } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import type { ReferralFacts } from '#shared/application/referral-facts';
import { type TimeBox, TimeIsOver, UNLIMITED } from '#shared/application/time-box';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { FactsChanged, PartnerTooLarge, SMALLER, stopRun } from '../runs/stop-run.ts';
import type { RunningHash } from './statement-draft.ts';
import { watchFacts } from './watch-facts.ts';

/** `after`: the partner it was cut at, to be called with again. */
export type RecountFacts = (
  input: {
    readonly programId: string;
    readonly runId: string;
    readonly shard: string;
    readonly after?: string | undefined;
  },
  box?: TimeBox,
) => Promise<{ readonly after?: string | undefined }>;

/**
 * Reads a shard's facts again. They come through an index that may lag: a fact that came into sight or changed after the
 * computation ends the run, with the reason, before anybody approves it.
 * @throws FactsChanged and PartnerTooLarge, which end the run
 */
export function makeRecountFacts(deps: {
  runs: Pick<PayoutRuns, 'get' | 'endUnpaid'>;
  shards: Pick<RunShards, 'partnerIds' | 'result' | 'putPart' | 'part'>;
  facts: ReferralFacts;
  adjustments: Pick<AdjustmentStore, 'ofPartner'>;
  newHash: () => RunningHash;
  clock: Clock;
}): RecountFacts {
  return async ({ programId, runId, shard, after }, box = UNLIMITED) => {
    const run = await deps.runs.get(programId, runId);
    const result = await deps.shards.result(programId, runId, shard);
    if (!run || !result) throw new Error(`shard ${shard} of run ${runId} was not computed`);
    try {
      const before = after === undefined ? undefined : await deps.shards.part(programId, runId, shard, 'recount');
      const { facts, adjustments, digest, digests } = watchFacts({ ...deps, digests: before?.digests });
      const done = [...(before?.done ?? [])];
      let factCount = before?.factCount ?? 0;
      const partnerIds = await deps.shards.partnerIds(programId, runId, shard);
      for (const partnerId of partnerIds.filter((id) => !done.includes(id))) {
        const count = await inTime(async () => {
          const conversions = await countOf(facts.conversions(programId, partnerId, run.period), box);
          const refunds = await countOf(facts.refunds(programId, partnerId, run.period), box);
          return conversions + refunds + (await adjustments.ofPartner(programId, partnerId, run.period)).length;
        });
        if (count === undefined) {
          const tries = assertFirstCut(run, partnerId, before?.tries ?? {});
          const part = { done, digests: digests(), tries, factCount, statements: [] };
          await deps.shards.putPart(programId, runId, shard, 'recount', part);
          return { after: partnerId };
        }
        factCount += count;
        done.push(partnerId);
      }
      if (digest() === result.factsDigest) return {};
      const now = factCount === result.factCount ? 'of these some have changed' : `now there are ${factCount}`;
      throw new FactsChanged(
        `Shard ${shard} was computed from ${result.factCount} facts, ${now}: open the period again.`,
      );
    } catch (error) {
      return stopRun(deps, run, error);
    }
  };
}

async function countOf(items: AsyncIterable<unknown>, box: TimeBox): Promise<number> {
  let count = 0;
  for await (const _ of items) {
    if (box.isOver()) throw new TimeIsOver();
    count += 1;
  }
  return count;
}

async function inTime<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TimeIsOver) return undefined;
    throw error;
  }
}

/** The second time, the partner had a call of its own. @throws PartnerTooLarge */
function assertFirstCut(
  { period }: PayoutRun,
  partnerId: string,
  tries: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  if (tries[partnerId] === undefined) return { [partnerId]: 1 };
  throw new PartnerTooLarge(
    `The sales of partner ${partnerId} in ${period} cannot be counted again within one call. ${SMALLER}`,
  );
}
