import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { makeClickRollups } from '#shared/adapters/dynamodb/referrals/clicks/click-rollups';
import type { ClickToCount } from '#shared/application/tracking/clicks/click-ports';
import { aClickToCount } from '#test/support/builders/clicks';
import { makeClickEngine } from '#test/support/fakes/click-engine';

const SEEDS = Number(process.env.CLICK_SEEDS ?? 450);
const MAX_STEPS = 12;

/** Chance that is the same for the same seed (mulberry32). */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Twelve clicks of five visitors on one link, two of them by machines. */
const CLICKS: readonly ClickToCount[] = Array.from({ length: 12 }, (_, index) =>
  aClickToCount({
    clickId: `c${index}`,
    visitor: `v${index % 5}`,
    kind: index === 3 ? 'bot' : index === 7 ? 'prefetch' : 'human',
    country: index % 2 ? 'DE' : 'FR',
  }),
);
const EXPECTED = { clicks: 10, bots: 1, prefetches: 1, visitors: 5, byCountry: 10 };

async function play(seed: number): Promise<typeof EXPECTED> {
  const chance = chanceOf(seed);
  const engine = makeClickEngine();
  let tokens = 0;
  const steps = async (most: number): Promise<void> => {
    for (let step = Math.floor(chance() * most); step > 0; step -= 1) await Promise.resolve();
  };
  /** A process that takes its commands at its own pace, and dies after some of them, or never. */
  const aProcess = (diesAfter: number) => {
    let sent = 0;
    // A slow one is taken for dead by an impatient one, ended, and then goes on.
    const pace = chance() < 0.3 ? MAX_STEPS * 20 : MAX_STEPS;
    const patience = chance() < 0.5 ? 2 : MAX_STEPS * 2;
    const live = (): void => {
      if (sent > diesAfter) throw new Error('the process is gone');
    };
    return makeClickRollups({
      documents: {
        send: async (command: unknown) => {
          sent += 1;
          live();
          await steps(pace);
          const answer = engine.send(command);
          await steps(MAX_STEPS);
          live();
          return answer;
        },
      } as unknown as DynamoDBDocumentClient,
      tableName: 'Referrals',
      pause: () => steps(patience),
      random: chance,
      newToken: () => `t${++tokens}`,
    });
  };
  const some = (): ClickToCount[] => {
    const part = CLICKS.filter(() => chance() < 0.6);
    return chance() < 0.5 ? part : part.reverse();
  };
  const racers = 2 + Math.floor(chance() * 4);
  await Promise.allSettled(
    Array.from({ length: racers }, () => aProcess(chance() < 0.7 ? chance() * 40 : 1_000).count(some())),
  );
  for (let tries = 0; ; tries += 1) {
    const done = await aProcess(10_000)
      .count(CLICKS)
      .catch(() => undefined);
    if (done !== undefined) break;
    if (tries > 5) throw new Error('a redelivery never got through');
  }
  return {
    clicks: engine.sumOf('TOTAL', 'clicks'),
    bots: engine.sumOf('TOTAL', 'bots'),
    prefetches: engine.sumOf('TOTAL', 'prefetches'),
    visitors: engine.sumOf('TOTAL', 'visitors'),
    byCountry: engine.sumOf('#f DAY#', 'f1c') + engine.sumOf('#f DAY#', 'f2c'),
  };
}

describe('deliveries that race, overlap and die in any order', () => {
  it(`count each click and visitor once (${SEEDS} schedules)`, async () => {
    for (let seed = 1; seed <= SEEDS; seed += 1)
      expect(await play(seed), `CLICK_SEEDS: seed ${seed}`).toEqual(EXPECTED);
  });
});
