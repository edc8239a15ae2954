import { beforeEach, describe, expect, it } from 'vitest';
import { makeGetDashboard } from '#shared/application/partners/overview/get-dashboard';
import { makeListPartnerHealth } from '#shared/application/partners/overview/list-partner-health';
import type { Dashboard, OverviewFacts, Overviews } from '#shared/application/partners/overview/overview';
import { makeRefreshOverview } from '#shared/application/partners/overview/refresh-overview';
import { makeRequestOverview } from '#shared/application/partners/overview/request-overview';
import type { ConversionRecord } from '#shared/application/referrals/ports';
import type { Period } from '#shared/domain/time/instant';
import { acme, aProfile, aStanding, instant } from '#test/support/builders/partners';
import { aConversion } from '#test/support/builders/referrals';
import { makeFakeOverviewFacts, makeMemoryOverviews, makeMemoryReturned } from '#test/support/fakes/overviews';
import { makeMemoryPartners } from '#test/support/fakes/partner-store';
import { makeFakePrograms } from '#test/support/fakes/programs';
import { makeFakeReferrals } from '#test/support/fakes/referrals';

const JUNE = '2026-06' as Period;
const PAGE = { sort: 'health', limit: 50 } as const;

let now: number;
let overviews: Overviews;
let fails: boolean;
let requests = 0;
let readPeriods: Set<string>;
let record: (sale: Partial<ConversionRecord>) => Promise<unknown>;
let house: ReturnType<typeof aHouse>;

/** Partners p1 and p2 with agreements since January; the 20th of June; sales count once 30 days are over. */
function aHouse() {
  now = Date.parse('2026-06-20T12:00:00Z');
  fails = false;
  readPeriods = new Set();
  const referrals = makeFakeReferrals();
  let orders = 0;
  record = (sale) => {
    orders += 1;
    return referrals.conversions.add(
      aConversion({ programId: 'acme', partnerId: 'p1', orderId: `o${orders}`, customerId: `c${orders}`, ...sale }),
      {},
    );
  };
  const programs = makeFakePrograms(acme());
  const store = makeMemoryPartners().store;
  overviews = makeMemoryOverviews();
  const facts: OverviewFacts = makeFakeOverviewFacts(referrals, { held: { p2: 1 }, steps: { p2: 'no_click' } });
  const clock = (): number => now;
  const deps = {
    ...{ overviews, programs, clock, partners: store, returned: makeMemoryReturned() },
    facts: {
      ...facts,
      sales: (...asked: Parameters<OverviewFacts['sales']>) => {
        if (fails) throw new Error('the store went away');
        readPeriods.add(asked[2]);
        return facts.sales(...asked);
      },
    },
    payees: { payeesOnRecord: async () => new Map() },
    disputes: { count: async () => new Map([['p1', 1]]) },
    mail: { stopped: async () => ({ items: [] }) },
    payouts: { reserved: async function* () {} },
    runs: { list: async () => ({ items: [] }) },
    applicationsWaiting: async () => undefined,
  };
  const refresh = makeRefreshOverview(deps);
  const ask = makeRequestOverview(deps);
  return {
    store,
    ask,
    get: makeGetDashboard(deps),
    list: makeListPartnerHealth(deps),
    refresh: async (period = JUNE) => {
      requests += 1;
      await ask({ programId: 'acme', period, requestId: `r${requests}` });
      return refresh({ programId: 'acme', period, requestId: `r${requests}` });
    },
    take: refresh,
  };
}

const dashboard = async (period?: Period): Promise<Dashboard> => {
  const shown = await house.get({ programId: 'acme', period });
  if (!shown) throw new Error('nothing was computed');
  return shown.dashboard;
};
const at = (day: string) => ({ occurredAt: instant(`${day}T12:00:00Z`) });

beforeEach(async () => {
  house = aHouse();
  for (const [partnerId, name] of [
    ['p1', 'Ada & Co'],
    ['p2', 'Brook Ltd'],
  ] as const) {
    await house.store.enrol(
      aStanding({ partnerId }),
      aProfile({ partnerId, name, email: `${partnerId}@x.example` }),
      undefined,
    );
  }
});

describe('what managers see of a month', () => {
  it('is by when sales took place, whatever month they count in, with the month before and its same days', async () => {
    await record({ ...at('2026-06-02'), period: '2026-07' as Period, refundedMinor: 2_50n });
    await record({ ...at('2026-05-10'), period: JUNE });
    await record({ ...at('2026-05-30'), period: JUNE, amountMinor: 90_00n });
    await record({ ...at('2026-06-03'), period: '2026-07' as Period, partnerId: undefined, amountMinor: 30_00n });
    await house.refresh();
    const { month, before, sameDaysBefore, isRunning } = await dashboard();
    const figures = { currency: 'GBP', conversions: 1, refundedMinor: 2_50n, refundedConversions: 1 };
    expect(month).toMatchObject({
      ...{ period: JUNE, activePartners: 1 },
      figures: [{ ...figures, partnerMinor: 7_50n, totalMinor: 37_50n }],
    });
    expect(before).toMatchObject({ period: '2026-05', figures: [{ partnerMinor: 100_00n, conversions: 2 }] });
    expect(sameDaysBefore).toMatchObject({ figures: [{ partnerMinor: 10_00n, conversions: 1 }] });
    expect(isRunning).toBe(true);
  });

  it('counts what earns its partner nothing in the total alone, and a split sale once', async () => {
    await record({ ...at('2026-06-02'), period: JUNE, earnsNothing: 'self_referral' });
    const split = { ...at('2026-06-03'), period: JUNE, amountMinor: 5_00n };
    await record({ ...split, credit: { sharesBps: [5_000, 5_000], part: 0 } });
    await record({ ...split, partnerId: 'p2', credit: { sharesBps: [5_000, 5_000], part: 1 } });
    await house.refresh();
    const { month } = await dashboard();
    expect(month).toMatchObject({
      activePartners: 2,
      figures: [{ partnerMinor: 10_00n, totalMinor: 20_00n, conversions: 1 }],
    });
  });

  it('names who brought most against the same days before, what is under way, and what to look at', async () => {
    await record({ ...at('2026-06-02'), period: '2026-07' as Period });
    await record({ ...at('2026-05-03'), period: JUNE, amountMinor: 4_00n });
    await house.refresh();
    const shown = await dashboard();
    expect(shown.topPerformers).toEqual([
      { partnerId: 'p1', name: 'Ada & Co', currency: 'GBP', revenueMinor: 10_00n, beforeMinor: 4_00n, conversions: 1 },
    ]);
    expect(shown.pipeline).toEqual({ agreementNotAccepted: 0, noLink: 0, noClick: 1, noSale: 0, heldSales: 1 });
    expect(shown.alerts.items.map(({ partnerId, code, target }) => [partnerId, code, target])).toEqual([
      ['p1', 'payee_missing', 'payee'],
      ['p1', 'dispute_open', 'disputes'],
      ['p2', 'sales_held', 'holds'],
    ]);
    expect(shown.health).toEqual({ at_risk: 0, watch: 2, new: 0, healthy: 0, ended: 0 });
  });

  it('reads a year of open books at first, later only what may have changed, and remembers the rest', async () => {
    await record({ ...at('2026-02-03'), period: '2026-03' as Period });
    await house.refresh();
    expect((await dashboard()).trend.map(({ period }) => period)).toEqual([
      '2026-01',
      '2026-02',
      '2026-03',
      '2026-04',
      '2026-05',
    ]);
    expect([...readPeriods].toSorted()[0]).toBe('2026-01');
    readPeriods.clear();
    now += 11 * 60_000;
    await house.refresh();
    expect([...readPeriods].toSorted()).toEqual(['2026-05', '2026-06', '2026-07']);
    const { trend } = await dashboard();
    expect(trend.find(({ period }) => period === '2026-02')?.figures).toMatchObject([{ partnerMinor: 10_00n }]);
    expect((await house.list('acme', PAGE))?.page.items[0]).toMatchObject({
      lastSaleAt: instant('2026-02-03T12:00:00Z'),
    });
  });

  it('of a month that is over is against the whole month before', async () => {
    await record({ ...at('2026-05-10'), period: JUNE });
    await house.refresh('2026-05' as Period);
    const shown = await dashboard('2026-05' as Period);
    expect(shown).toMatchObject({ isRunning: false, month: { figures: [{ partnerMinor: 10_00n }] } });
    expect(shown.sameDaysBefore).toBeUndefined();
    await expect(dashboard('2026-07' as Period)).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(dashboard('2024-05' as Period)).rejects.toMatchObject({ code: 'invalid_request' });
  });
});

describe('asking for it anew', () => {
  const ask = (requestId: string) => house.ask({ programId: 'acme', requestId });

  it('starts it once at a time, and not while what there is is fresh', async () => {
    expect(await house.get({ programId: 'acme' })).toBeUndefined();
    expect(await ask('a')).toBe('requested');
    expect(await ask('b')).toBe('under_way');
    expect(await house.take({ programId: 'acme', period: JUNE, requestId: 'b' })).toBe('left');
    expect(await house.take({ programId: 'acme', period: JUNE, requestId: 'a' })).toBe('refreshed');
    expect(await house.take({ programId: 'acme', period: JUNE, requestId: 'a' })).toBe('left');
    expect(await ask('c')).toBe('fresh');
    now += 11 * 60_000;
    expect((await house.get({ programId: 'acme' }))?.isStale).toBe(true);
    expect(await ask('d')).toBe('requested');
  });

  it('is let in again after a failure, of which the same request may be taken up anew', async () => {
    expect(await ask('a')).toBe('requested');
    fails = true;
    const again = { programId: 'acme', period: JUNE, requestId: 'a' };
    await expect(house.take(again)).rejects.toThrow('the store went away');
    fails = false;
    expect(await house.take(again)).toBe('refreshed');
  });

  it('waits two minutes for a request that nobody takes up', async () => {
    await ask('a');
    now += 2 * 60_000 + 1;
    expect(await ask('b')).toBe('requested');
  });
});

describe('the list of partners', () => {
  it('is narrowed, ordered and paged, each page of the same computation', async () => {
    await record({ ...at('2026-06-02'), period: JUNE, partnerId: 'p2', amountMinor: 1_00n });
    await house.refresh();
    const ids = async (query: object): Promise<unknown> =>
      (await house.list('acme', { ...PAGE, ...query }))?.page.items.map(({ partnerId }) => partnerId);
    expect(await ids({ sort: 'name' })).toEqual(['p1', 'p2']);
    expect(await ids({ sort: 'revenue' })).toEqual(['p2', 'p1']);
    expect(await ids({ q: 'brook LTD' })).toEqual(['p2']);
    expect(await ids({ tier: 'certified' })).toEqual([]);
    const first = await house.list('acme', { ...PAGE, sort: 'name', limit: 1 });
    expect(first?.page).toMatchObject({ found: 2, items: [{ partnerId: 'p1' }] });
    now += 11 * 60_000;
    await house.refresh();
    const second = await house.list('acme', { ...PAGE, sort: 'name', limit: 1, cursor: first?.page.nextCursor });
    expect(second?.page).toMatchObject({ asOf: first?.page.asOf, items: [{ partnerId: 'p2' }] });
    expect(second?.page).not.toHaveProperty('nextCursor');
    await expect(house.list('acme', { ...PAGE, cursor: 'x' })).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
