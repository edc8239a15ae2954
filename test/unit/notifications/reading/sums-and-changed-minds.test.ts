import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeUnsubscribe } from '#shared/application/notifications/mail/unsubscribe';
import type { Cadence } from '#shared/application/notifications/messages';
import { makeSetPreferences } from '#shared/application/notifications/reading/choose-preferences';
import type { UnsubscribeFrom } from '#shared/application/notifications/unsubscribe';
import { acme } from '#test/support/builders/partners';
import { makeFakePrograms } from '#test/support/fakes/programs';
import { aTellingHouse } from '#test/support/telling-house';

const START = Date.parse('2026-01-10T12:00:00Z');
const HOUR_MS = 3_600_000;
const whose = { programId: 'acme', recipientId: 'partner:p1' };
const chooser = { ...whose, audience: 'partner', by: 'p1' } as const;

/** A partner with these sales, who may change its mind; the hours go on meanwhile. */
function aSeller(recordedAt: readonly number[]) {
  const world = aTellingHouse();
  const { house, preferences } = world;
  house.nowMs = START;
  house.sales = async (_program, _partnerId, from, to) => {
    const recorded = recordedAt.filter((ms) => ms >= from && ms < to).length;
    return { recorded, held: 0, amounts: recorded > 0 ? [{ minor: BigInt(recorded), currency: 'GBP' }] : [] };
  };
  const clock = () => house.nowMs;
  const set = makeSetPreferences({ preferences, interest: { add: async () => undefined }, clock });
  const retry = { pause: async () => undefined, random: () => 0 };
  const tokens = { read: async () => ({ ...whose, kind: 'conversion.recorded' }) as UnsubscribeFrom };
  const unsubscribe = makeUnsubscribe({ tokens, preferences, programs: makeFakePrograms(acme()), clock, retry });
  const choose = async (recorded: Cadence, held?: Cadence): Promise<void> => {
    const cadences = { 'conversion.recorded': recorded, ...(held ? { 'conversion.held': held } : {}) };
    await set(chooser, { cadences });
  };
  const hours = (count: number) => world.hoursThrough(new Date(house.nowMs + count * HOUR_MS).toISOString());
  const summed = async (): Promise<number> =>
    (await world.inbox())
      .filter(({ kind }) => kind.startsWith('digest.'))
      .reduce((sum, { text }) => sum + Number(text.split('+')[0]), 0);
  return { ...world, choose, hours, summed, unsubscribe: () => unsubscribe(digest('token')) };
}

describe('sales of a reader who changes its mind', () => {
  it('are not summed up after they were told one by one, while held ones always were', async () => {
    const { choose, hours, summed } = aSeller([30, 60, 90, 130].map((hour) => START + hour * HOUR_MS));
    await choose('now');
    await hours(100);
    await choose('daily');
    await hours(72);
    expect(await summed()).toBe(1);
  });

  it('are summed up until they are told one by one, also when nothing else is summed up any more', async () => {
    const { choose, hours, summed, house } = aSeller([1, 30].map((hour) => START + hour * HOUR_MS));
    await choose('monthly');
    await hours(20);
    await choose('now', 'now');
    await hours(72);
    expect([await summed(), house.sent.length]).toEqual([1, 1]);
  });

  it('do not come after all when they were switched off by a link, and are wanted again later', async () => {
    const { choose, hours, summed, unsubscribe } = aSeller([1, 40, 80].map((hour) => START + hour * HOUR_MS));
    await hours(2);
    await unsubscribe();
    await hours(60);
    await choose('daily');
    await hours(72);
    expect(await summed()).toBe(1);
  });

  it('are told in exactly one way each', async () => {
    const mind = fc.record({
      recorded: fc.constantFrom<Cadence>('now', 'daily', 'monthly', 'off'),
      held: fc.constantFrom<Cadence>('now', 'daily', 'off'),
      hours: fc.integer({ min: 1, max: 60 }),
    });
    // Never at the instant of a change, which may be either way.
    const sales = fc.array(
      fc.integer({ min: 0, max: 14 * 24 }).map((hour) => START + (hour + 0.5) * HOUR_MS),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(sales, fc.array(mind, { maxLength: 6 }), async (recordedAt, minds) => {
        const { house, choose, hours, summed } = aSeller(recordedAt);
        const spans: { cadence: Cadence; fromMs: number }[] = [{ cadence: 'daily', fromMs: START }];
        for (const { recorded, held, hours: count } of minds) {
          await choose(recorded, held);
          spans.push({ cadence: recorded, fromMs: house.nowMs });
          await hours(count);
        }
        await hours(62 * 24);
        const cadenceAt = (ms: number) => spans.findLast(({ fromMs }) => fromMs <= ms)?.cadence ?? 'off';
        const isSummed = (ms: number) => ['daily', 'monthly'].includes(cadenceAt(ms));
        const wanted = recordedAt.filter(isSummed).length;
        // What was not summed up yet when it was switched off is not wanted any more.
        const wasOff = spans.some(({ cadence }) => cadence === 'off');
        if (!wasOff) expect(await summed()).toBe(wanted);
        else expect(await summed()).toBeLessThanOrEqual(wanted);
      }),
      { numRuns: 25 },
    );
  });
});
