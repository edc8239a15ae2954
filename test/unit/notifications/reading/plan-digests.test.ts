import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Choices } from '#shared/application/notifications/preferences';
import { instant } from '#test/support/builders/partners';
import { aTellingHouse } from '#test/support/telling-house';

const at = instant('2026-01-10T12:00:00Z');
const HOUR_MS = 3_600_000;

/** A partner whose sales were recorded at these times, each over 1. */
function seller(recordedAt: readonly number[]) {
  const world = aTellingHouse();
  const asked: { from: number; to: number }[] = [];
  world.house.sales = async (_program, _partnerId, from, to) => {
    asked.push({ from, to });
    const recorded = recordedAt.filter((ms) => ms >= from && ms < to).length;
    return { recorded, held: 0, amounts: recorded > 0 ? [{ minor: BigInt(recorded), currency: 'GBP' }] : [] };
  };
  let version = 0;
  const choose = async (choices: Partial<Choices> & { salesFrom?: typeof at }): Promise<void> => {
    version += 1;
    const stored = { cadences: {}, ...choices, version, changedAt: at, changedBy: 'p1' };
    await world.preferences.save('acme', 'partner:p1', stored);
  };
  const sums = async (): Promise<number[]> =>
    (await world.inbox())
      .filter(({ kind }) => kind.startsWith('digest.'))
      .map(({ text }) => Number(text.split('+')[0]));
  return { ...world, asked, choose, sums };
}

describe('the sales of a day', () => {
  it('come once, at the usual hour, by e-mail and as one item of the inbox', async () => {
    const { house, hoursThrough, inbox, sums } = seller(
      [13, 20, 37].map((hour) => Date.parse(at) + (hour - 12) * HOUR_MS),
    );
    await hoursThrough('2026-01-13T00:00:00Z');
    expect(await sums()).toEqual([1, 2]);
    expect(house.sent.map(({ atMs }) => new Date(atMs).toISOString())).toEqual([
      '2026-01-11T08:00:00.000Z',
      '2026-01-12T08:00:00.000Z',
    ]);
    expect((await inbox()).map(({ kind }) => kind)).toEqual(['digest.daily', 'digest.daily']);
  });

  it('without a sale send and write nothing', async () => {
    const { house, hoursThrough, memory } = seller([]);
    await hoursThrough('2026-01-20T00:00:00Z');
    expect([house.sent, memory.states().size]).toEqual([[], 0]);
  });

  it('are asked for once a day of each partner, not every hour', async () => {
    const { hoursThrough, asked } = seller([]);
    await hoursThrough('2026-01-13T12:00:00Z');
    expect(asked).toHaveLength(3);
  });

  it('are one sum after an outage of days', async () => {
    const { house, sendDue, sums } = seller([0, 24, 48].map((hour) => Date.parse(at) + hour * HOUR_MS));
    await sendDue();
    house.nowMs = Date.parse('2026-01-14T11:00:00Z');
    await sendDue();
    await sendDue();
    expect(await sums()).toEqual([3]);
    expect(house.sent).toHaveLength(1);
  });

  it('leave out those that their reader heard of one by one before', async () => {
    const { choose, hoursThrough, sums } = seller([1, 8].map((hour) => Date.parse(at) + hour * HOUR_MS));
    await choose({ salesFrom: instant('2026-01-10T18:00:00Z') });
    await hoursThrough('2026-01-12T00:00:00Z');
    expect(await sums()).toEqual([1]);
  });

  it('of one partner that cannot be read hold up nobody, and come with the next', async () => {
    const { house, hoursThrough, sums } = seller([Date.parse(at) + HOUR_MS]);
    const { sales } = house;
    house.sales = () => Promise.reject(new Error('throttled'));
    await hoursThrough('2026-01-11T10:00:00Z');
    expect(house.errors).toEqual(['the sales of a partner could not be summed up']);
    house.sales = sales;
    await hoursThrough('2026-01-12T10:00:00Z');
    expect(await sums()).toEqual([1]);
  });

  it('are in exactly one sum each, whatever hour, zone and rhythm are chosen when, and whenever nobody looks', async () => {
    const change = fc.record({
      hour: fc.integer({ min: 0, max: 23 }),
      timeZone: fc.constantFrom('Europe/London', 'Asia/Kathmandu', 'America/New_York', 'Pacific/Apia'),
      rhythm: fc.constantFrom('daily' as const, 'daily' as const, 'monthly' as const),
      hours: fc.integer({ min: 1, max: 60 }),
      isOut: fc.boolean(),
    });
    const sales = fc.array(fc.integer({ min: 0, max: 20 * 24 * 60 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(sales, fc.array(change, { maxLength: 6 }), async (minutes, changes) => {
        const { house, choose, hoursThrough, sums } = seller(minutes.map((minute) => Date.parse(at) + minute * 60_000));
        await hoursThrough('2026-01-10T13:00:00Z');
        for (const { hour, timeZone, rhythm, hours, isOut } of changes) {
          await choose({ digestHour: hour, timeZone, cadences: { 'conversion.recorded': rhythm } });
          const until = house.nowMs + hours * HOUR_MS;
          if (isOut) house.nowMs = until;
          else await hoursThrough(new Date(until).toISOString());
        }
        // Hours that are no part of a day, so that each is looked at.
        await hoursThrough('2026-03-02T12:00:00Z', 5);
        expect((await sums()).reduce((sum, one) => sum + one, 0)).toBe(minutes.length);
      }),
      { numRuns: 15 },
    );
  });
});
