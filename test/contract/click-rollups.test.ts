import { randomBytes } from 'node:crypto';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeClickRollups } from '#shared/adapters/dynamodb/referrals/clicks/click-rollups';
import { makeClickReads } from '#shared/adapters/dynamodb/referrals/clicks/click-series';
import { makeKeptClicks } from '#shared/adapters/dynamodb/referrals/clicks/kept-clicks';
import {
  clickKey,
  clickSpreadKey,
  clickTotalKey,
  partnerInPlaceOfSlug,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import type {
  ClickReads,
  ClickRollups,
  ClickToCount,
  KeptClicks,
} from '#shared/application/tracking/clicks/click-ports';
import { aClickToCount } from '#test/support/builders/clicks';
import { makeFakeClicks } from '#test/support/fakes/clicks';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

let table: TestTable;
beforeAll(async () => {
  table = await aReferralsTable();
});
afterAll(() => table?.stop());

type Clicks = ClickRollups & ClickReads & KeptClicks;
const onTheEngine = (documents = table.documents): Clicks => {
  const deps = { ...table, documents, pause: () => Promise.resolve(), random: Math.random };
  const newToken = (): string => randomBytes(9).toString('base64url');
  return { ...makeClickRollups({ ...deps, newToken }), ...makeClickReads(deps), ...makeKeptClicks(deps) };
};

let programs = 0;
const aShop = (): string => `shop-${++programs}`;
const at = (text: string): number => Date.parse(`2026-01-${text}Z`);
const totalOf = async (clicks: ClickReads, programId: string, slug = 'spring') =>
  (await clicks.totals(programId, [slug])).get(slug);

describe.each([
  ['on the engine', onTheEngine],
  ['in memory', makeFakeClicks],
])('clicks %s', (_name, make) => {
  it('are counted once each, however often they are delivered, bots and prefetches apart', async () => {
    const [clicks, programId] = [make(), aShop()];
    const humans = Array.from({ length: 60 }, (_, index) =>
      aClickToCount({ programId, clickId: `h${index}`, visitor: `v${index % 7}`, slug: index % 2 ? 'odd' : 'even' }),
    );
    const others = [
      aClickToCount({ programId, clickId: 'b', kind: 'bot', slug: 'odd' }),
      aClickToCount({ programId, clickId: 'p', kind: 'prefetch', slug: 'odd' }),
    ];
    expect(await clicks.count(humans.slice(0, 10))).toBe(10);
    expect(await clicks.count([...humans, ...others, ...others])).toBe(52);
    expect(await clicks.count([...humans, ...others])).toBe(0);
    const totals = await clicks.totals(programId, ['odd', 'even', 'quiet']);
    expect(totals.get('odd')).toEqual({ clicks: 30, bots: 1, prefetches: 1, visitors: 7 });
    expect(totals.get('even')).toEqual({ clicks: 30, bots: 0, prefetches: 0, visitors: 7 });
    expect(totals.get('quiet')).toBeUndefined();
  });

  it('count a visitor once on a day of UTC, and nobody without a key to know them by', async () => {
    const [clicks, programId] = [make(), aShop()];
    await clicks.count([aClickToCount({ programId }), aClickToCount({ programId, clickId: 'again' })]);
    await clicks.count([aClickToCount({ programId, clickId: 'next day', at: at('16T12:00:00') })]);
    await clicks.count([aClickToCount({ programId, clickId: 'unknown', visitor: '-' })]);
    expect(await totalOf(clicks, programId)).toMatchObject({ clicks: 4, visitors: 2 });
  });

  it('lose nothing when two deliveries overlap', async () => {
    const [clicks, other, programId] = [make(), make(), aShop()];
    const all = Array.from({ length: 40 }, (_, index) => aClickToCount({ programId, clickId: `c${index}` }));
    const both = other.constructor === clicks.constructor && make === onTheEngine ? other : clicks;
    await Promise.all([clicks.count(all.slice(0, 30)), both.count(all.slice(10))]);
    expect(await totalOf(clicks, programId)).toMatchObject({ clicks: 40, visitors: 1 });
  });

  it('are counted by day for the partner of all links together, each as often as its link counts it', async () => {
    const [clicks, programId] = [make(), aShop()];
    const told: Partial<ClickToCount>[] = [
      { slug: 'odd' },
      { slug: 'even' },
      { slug: 'even', kind: 'bot' },
      { slug: 'even', day: '2026-01-16', at: at('16T12:00:00') },
      { slug: 'other', partnerId: 'otto' },
      { slug: 'lost', partnerId: undefined },
    ];
    const all = told.map((it, index) => aClickToCount({ programId, clickId: `c${index}`, ...it }));
    await clicks.count(all.slice(0, 3));
    await clicks.count(all);
    const days = await clicks.series({
      programId,
      slug: partnerInPlaceOfSlug('mira'),
      from: '2026-01-01',
      to: '2026-01-31',
      granularity: 'day',
      by: 'none',
    });
    // Who followed two links is a visitor of each.
    expect(days).toEqual([
      { at: '2026-01-15', clicks: 2, visitors: 2, bots: 1, prefetches: 0 },
      { at: '2026-01-16', clicks: 1, visitors: 1, bots: 0, prefetches: 0 },
    ]);
  });

  it('make a series by hour and by day of the programme, across any offset', async () => {
    const [clicks, programId] = [make(), aShop()];
    // Kolkata, five and a half hours ahead: the 16th begins at 18:30 UTC of the 15th.
    const told: Partial<ClickToCount>[] = [
      { at: at('15T18:10:00'), day: '2026-01-15' },
      { at: at('15T18:40:00'), day: '2026-01-16' },
      { at: at('15T23:59:59'), day: '2026-01-16', kind: 'bot' },
      { at: at('16T18:29:59'), day: '2026-01-16', visitor: 'v2' },
      { at: at('16T18:30:00'), day: '2026-01-17', visitor: 'v2' },
    ];
    await clicks.count(told.map((it, index) => aClickToCount({ programId, clickId: `c${index}`, ...it })));
    const range = { programId, slug: 'spring', from: '2026-01-15', to: '2026-01-16', by: 'none' } as const;
    expect(await clicks.series({ ...range, granularity: 'day' })).toEqual([
      { at: '2026-01-15', clicks: 1, visitors: 1, bots: 0, prefetches: 0 },
      { at: '2026-01-16', clicks: 2, visitors: 1, bots: 1, prefetches: 0 },
    ]);
    expect(await clicks.series({ ...range, from: '2026-01-16', granularity: 'hour' })).toEqual([
      { at: '2026-01-15T18:00:00.000Z', clicks: 1, visitors: 0, bots: 0, prefetches: 0 },
      { at: '2026-01-15T23:00:00.000Z', clicks: 0, visitors: 0, bots: 1, prefetches: 0 },
      { at: '2026-01-16T18:00:00.000Z', clicks: 1, visitors: 1, bots: 0, prefetches: 0 },
    ]);
    expect(await clicks.series({ ...range, slug: 'quiet', granularity: 'day' })).toEqual([]);
  });

  it('make a series by sub-id and by country; clicks without one are in none', async () => {
    const [clicks, programId] = [make(), aShop()];
    const told: Partial<ClickToCount>[] = [
      { subs: ['mail', '', 'blue'], country: 'DE' },
      { subs: ['mail'], country: 'DE', kind: 'bot', at: at('15T13:00:00') },
      { subs: ['', '', 'blue'], country: 'FR', visitor: 'v2' },
      { subs: ['2026'], at: at('16T13:00:00') },
    ];
    await clicks.count(told.map((it, index) => aClickToCount({ programId, clickId: `c${index}`, ...it })));
    const ask = (by: 'sub1' | 'sub3' | 'country', granularity: 'hour' | 'day' = 'day') =>
      clicks.series({ programId, slug: 'spring', from: '2026-01-15', to: '2026-01-16', granularity, by });
    const none = { clicks: 0, visitors: 0, bots: 0, prefetches: 0 };
    expect(await ask('sub1')).toEqual([
      { ...none, at: '2026-01-15', value: 'mail', clicks: 1, visitors: 1, bots: 1 },
      { ...none, at: '2026-01-16', value: '2026', clicks: 1, visitors: 1 },
    ]);
    expect(await ask('sub3')).toEqual([{ ...none, at: '2026-01-15', value: 'blue', clicks: 2, visitors: 2 }]);
    expect(await ask('country', 'hour')).toEqual([
      { ...none, at: '2026-01-15T12:00:00.000Z', value: 'DE', clicks: 1, visitors: 1 },
      { ...none, at: '2026-01-15T12:00:00.000Z', value: 'FR', clicks: 1, visitors: 1 },
      { ...none, at: '2026-01-15T13:00:00.000Z', value: 'DE', bots: 1 },
    ]);
  });

  it('count the first 50 values of a day by name and the rest as one sum, whatever comes', async () => {
    const [clicks, programId] = [make(), aShop()];
    const of = (from: number, to: number, times: string): ClickToCount[] =>
      Array.from({ length: to - from }, (_, index) => from + index).map((id) =>
        aClickToCount({ programId, clickId: `${times}-${id}`, subs: [`id-${id}`], visitor: `v${id}` }),
      );
    await clicks.count(of(0, 45, 'a'));
    await clicks.count(of(40, 120, 'b'));
    await clicks.count(of(0, 120, 'c'));
    const points = await clicks.series({
      programId,
      slug: 'spring',
      from: '2026-01-15',
      to: '2026-01-15',
      granularity: 'day',
      by: 'sub1',
    });
    expect(points).toHaveLength(51);
    expect(points.filter(({ isOther }) => isOther)).toEqual([
      { at: '2026-01-15', isOther: true, clicks: 140, visitors: 70, bots: 0, prefetches: 0 },
    ]);
    expect(points.reduce((sum, point) => sum + point.clicks, 0)).toBe(245);
    expect(points.find(({ value }) => value === 'id-44')).toMatchObject({ clicks: 3, visitors: 1 });
  });

  it('count a delivery of many days, links and programmes', async () => {
    const [clicks, programId, elsewhere] = [make(), aShop(), aShop()];
    const many = Array.from({ length: 120 }, (_, index) =>
      aClickToCount({
        programId: index % 3 ? programId : elsewhere,
        slug: index % 2 ? 'odd' : 'even',
        clickId: `c${index}`,
        at: at('01T00:30:00') + index * 3_600_000,
        country: 'DE',
      }),
    );
    expect(await clicks.count(many)).toBe(120);
    const all = { slug: 'odd', from: '2026-01-01', to: '2026-01-31', by: 'none' } as const;
    const hours = await clicks.series({ ...all, programId, granularity: 'hour' });
    expect(hours).toHaveLength(40);
    expect(hours.reduce((sum, point) => sum + point.clicks, 0)).toBe(40);
    expect(await totalOf(clicks, elsewhere, 'odd')).toMatchObject({ clicks: 20, visitors: 5 });
  });

  it('are kept with what a sale is checked against, and without who clicked', async () => {
    const [clicks, programId] = [make(), aShop()];
    await clicks.count([
      aClickToCount({ programId, clickId: 'plain' }),
      aClickToCount({
        programId,
        clickId: 'rich',
        isPaidSearch: true,
        country: 'DE',
        subs: ['a', '', 'c'],
        at: at('14T00:00:00'),
      }),
    ]);
    const [rich, plain, ...rest] = await clicks.find(programId, ['plain', 'rich', 'never', 'plain']);
    expect(rest).toEqual([]);
    expect(rich).toMatchObject({ clickId: 'rich', isPaidSearch: true, country: 'DE', subs: ['a', '', 'c'] });
    expect(plain).toEqual({
      clickId: 'plain',
      slug: 'spring',
      partnerId: 'mira',
      at: at('15T12:00:00'),
      kind: 'human',
      isPaidSearch: false,
      subs: [],
    });
    expect(await clicks.find(aShop(), ['plain'])).toEqual([]);
  });
});

describe('clicks of a link that was busy', () => {
  it('are read from all its shards', async () => {
    const programId = aShop();
    const Item = { ...clickSpreadKey(programId, 'spring'), shardCount: 8 };
    await table.documents.send(new PutCommand({ TableName: table.tableName, Item }));
    const clicks = onTheEngine();
    for (let delivery = 0; delivery < 12; delivery += 1) {
      await clicks.count([
        aClickToCount({ programId, clickId: `c${delivery}`, visitor: `v${delivery}`, country: 'DE' }),
      ]);
    }
    const shards = await Promise.all(
      Array.from({ length: 8 }, (_, shard) =>
        table.documents.send(
          new GetCommand({ TableName: table.tableName, Key: clickTotalKey(programId, 'spring', shard) }),
        ),
      ),
    );
    expect(shards.filter((shard) => shard.Item).length).toBeGreaterThan(1);
    const all = { clicks: 12, visitors: 12, bots: 0, prefetches: 0 };
    expect(await totalOf(clicks, programId)).toEqual(all);
    const range = { programId, slug: 'spring', from: '2026-01-15', to: '2026-01-15', granularity: 'day' } as const;
    expect(await clicks.series({ ...range, by: 'none' })).toEqual([{ at: '2026-01-15', ...all }]);
    expect(await clicks.series({ ...range, by: 'country' })).toEqual([{ at: '2026-01-15', value: 'DE', ...all }]);
  });

  it('are read for as many days as a request has time for', async () => {
    const programId = aShop();
    const Item = { ...clickSpreadKey(programId, 'spring'), shardCount: 512 };
    await table.documents.send(new PutCommand({ TableName: table.tableName, Item }));
    const ask = (from: string, granularity: 'day' | 'hour' = 'day') =>
      onTheEngine().series({ programId, slug: 'spring', from, to: '2026-03-01', granularity, by: 'country' });
    await expect(ask('2026-01-11')).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: 'query:from', rule: 'must be at most 48 days before `to`, both counted, for this link' }],
    });
    await expect(ask('2026-02-28', 'hour')).rejects.toThrow('fewer days');
    expect(await ask('2026-01-13')).toEqual([]);
  });
});

describe('clicks that were counted before there were shards', () => {
  it('are in the totals, and are not counted again', async () => {
    const programId = aShop();
    const before = { clicks: 7, bots: 2, visitors: 3 };
    const put = (Item: Record<string, unknown>) =>
      table.documents.send(new PutCommand({ TableName: table.tableName, Item }));
    await put({ ...clickTotalKey(programId, 'spring'), ...before });
    await put({ ...clickKey(programId, 'old'), expiresAt: 1_900_000_000 });
    const clicks = onTheEngine();
    expect(await clicks.count([aClickToCount({ programId, clickId: 'old' }), aClickToCount({ programId })])).toBe(1);
    expect(await totalOf(clicks, programId)).toEqual({ clicks: 8, bots: 2, prefetches: 0, visitors: 4 });
    expect(await clicks.find(programId, ['old'])).toEqual([]);
  });
});
