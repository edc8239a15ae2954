import { describe, expect, it } from 'vitest';
import type { ClickSeriesQuery } from '#shared/application/tracking/clicks/click-ports';
import { type ListLinkClicksInput, makeListLinkClicks } from '#shared/application/tracking/clicks/list-link-clicks';
import { listLinkClicksRoute } from '#shared/contracts/tracking/list-link-clicks';
import { aClickToCount } from '#test/support/builders/clicks';
import { aLink } from '#test/support/builders/referrals';
import { makeFakeClicks } from '#test/support/fakes/clicks';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';
import { makeFakeLinks } from '#test/support/fakes/tracking';

async function aDesk(now = '2026-01-15T20:00:00Z') {
  const links = makeFakeLinks();
  await links.add(aLink());
  const asked: ClickSeriesQuery[] = [];
  const clicks = makeFakeClicks();
  const list = makeListLinkClicks({
    links,
    reads: { series: (query) => clicks.series(asked[asked.push(query) - 1] ?? query) },
    programs: makeFakePrograms(aProgram({ timeZone: 'Asia/Kolkata' })),
    clock: () => Date.parse(now),
  });
  const ask = (input: Partial<ListLinkClicksInput> = {}) =>
    list({ programId: 'shop', slug: 'spring', granularity: 'day', by: 'none', ...input });
  return { ask, asked, clicks };
}

describe("a link's clicks", () => {
  it("are those of the last 30 days of the programme's clock, or two for hours", async () => {
    const { ask, asked } = await aDesk();
    expect(await ask()).toEqual({
      timeZone: 'Asia/Kolkata',
      from: '2025-12-18',
      to: '2026-01-16',
      granularity: 'day',
      by: 'none',
      asOf: '2026-01-15T20:00:00.000Z',
      items: [],
    });
    await ask({ granularity: 'hour', by: 'country' });
    expect(asked[1]).toMatchObject({ from: '2026-01-15', to: '2026-01-16', granularity: 'hour', by: 'country' });
    expect(await ask({ to: '2024-03-01' })).toMatchObject({ from: '2024-02-01' });
  });

  it('have the shape that the contract promises', async () => {
    const { ask, clicks } = await aDesk();
    await clicks.count([aClickToCount({ country: 'DE' }), aClickToCount({ clickId: 'b', kind: 'bot' })]);
    const none = await ask();
    expect(none.items).toEqual([{ at: '2026-01-15', clicks: 1, visitors: 1, bots: 1, prefetches: 0 }]);
    expect(listLinkClicksRoute.response.parse(none)).toEqual(none);
    const byCountry = await ask({ by: 'country', from: '2026-01-15' });
    expect(listLinkClicksRoute.response.parse(byCountry).items).toEqual([
      { at: '2026-01-15', value: 'DE', clicks: 1, visitors: 1, bots: 0, prefetches: 0 },
    ]);
  });

  it.each([
    [{ from: '2026-01-02', to: '2026-01-01' }, 'must not be later than `to`'],
    [{ from: '2025-01-15', to: '2026-01-16' }, 'must be at most 366 days'],
    [{ from: '2025-12-16', to: '2026-01-16', granularity: 'hour' }, 'must be at most 31 days'],
    [{ from: '2025-10-16', to: '2026-01-16', by: 'sub1' }, 'must be at most 92 days'],
    [{ from: '2026-01-13', to: '2026-01-16', granularity: 'hour', by: 'country' }, 'must be at most 3 days'],
  ] as const)('of %o are refused with the rule', async (range, rule) => {
    const { ask, asked } = await aDesk();
    await expect(ask(range)).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: 'query:from', rule: expect.stringContaining(rule) }],
    });
    expect(asked).toEqual([]);
  });

  it.each([
    { from: '2025-01-16', to: '2026-01-16' },
    { from: '2025-12-17', to: '2026-01-16', granularity: 'hour' },
    { from: '2025-10-17', to: '2026-01-16', by: 'sub1' },
    { from: '2026-01-14', to: '2026-01-16', granularity: 'hour', by: 'country' },
  ] as const)('of %o are within the limits', async (range) => {
    const { ask } = await aDesk();
    expect(await ask(range)).toMatchObject(range);
  });

  it('are for the partner that shared the link, and for staff', async () => {
    const { ask } = await aDesk();
    await expect(ask({ partnerIds: ['noor'] })).rejects.toMatchObject({ code: 'not_found' });
    await expect(ask({ slug: 'winter' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(ask({ programId: 'another' })).rejects.toMatchObject({ code: 'unknown_program' });
    expect(await ask({ partnerIds: ['mira'] })).toMatchObject({ items: [] });
  });

  it.each([{ from: '2026-02-30' }, { to: 'yesterday' }, { granularity: 'week' }, { by: 'sub6' }])(
    'are not asked for by %o',
    (query) => expect(listLinkClicksRoute.query.safeParse(query).success).toBe(false),
  );
});
