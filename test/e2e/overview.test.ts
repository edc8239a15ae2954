import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#test/support/eventually';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme, aSale } from '#test/support/programme';

type Dashboard = {
  status: string;
  asOf: string;
  isStale: boolean;
  month: { activePartners: number; currencies: object[] };
  topPerformers: object[];
  pipeline: object;
  alerts: { items: { code: string; partnerId: string; target: string }[] };
};
type Health = { total: number; items: { partnerId: string; health: string; reasons: { code: string }[] }[] };

const now = new Date(Date.now() - 1_000).toISOString();
let stack: SharedStack;
let programId: string;
const path = (rest: string): string => `/v1/programs/${programId}${rest}`;

beforeAll(async () => {
  stack = await sharedLocalStack();
  programId = await aProgramme(stack.as('admin'));
  await aPartner(stack.as('partner_manager'), programId, 'anna', { startsAt: '2026-01-01T00:00:00Z' });
  await aPartner(stack.as('partner_manager'), programId, 'ben', { name: 'Ben & Söhne' });
  await aSale(stack.as('merchant_key'), programId, 'o1', 30_00, { partnerId: 'anna', occurredAt: now });
  await aSale(stack.as('merchant_key'), programId, 'o2', 10_00, { occurredAt: now });
}, 120_000);

describe("what a manager sees of a programme's month", () => {
  it('is nothing before it was asked for, and is there some seconds later for all who manage, and nobody else', async () => {
    const manager = stack.as('partner_manager');
    expect(await manager.get(path('/dashboard'))).toMatchObject({ status: 'not_ready' });
    expect(await manager.get(path('/partner-health'))).toMatchObject({ status: 'not_ready' });
    await expect(stack.as('partner').get(path('/dashboard'))).rejects.toMatchObject({ status: 404 });
    await expect(stack.as('merchant_key').post(path('/overview-refreshes'), {})).rejects.toMatchObject({ status: 403 });

    expect(await manager.post(path('/overview-refreshes'), {})).toMatchObject({ status: 'requested' });
    const shown = await eventually(async () => {
      const found = await stack.as('finance').get<Dashboard>(path('/dashboard'));
      expect(found).toMatchObject({ status: 'ready', isStale: false });
      return found;
    });
    expect(shown.month).toMatchObject({
      activePartners: 1,
      currencies: [
        { currency: 'GBP', partnerRevenueMinor: 30_00, totalRevenueMinor: 40_00, shareBps: 7_500, conversions: 1 },
      ],
    });
    expect(shown.topPerformers).toMatchObject([{ partnerId: 'anna', revenueMinor: 30_00, shareBps: 10_000 }]);
    expect(shown.pipeline).toMatchObject({ noLink: 1, heldSales: 0 });
    expect(await manager.post(path('/overview-refreshes'), {})).toMatchObject({ status: 'fresh' });
  });

  it('lists partners by health, found by a part of their name', async () => {
    const list = (query: string) => stack.as('partner_manager').get<Health>(path(`/partner-health${query}`));
    const all = await list('');
    expect(all.items.map(({ partnerId, health }) => [partnerId, health])).toEqual([
      ['ben', 'watch'],
      ['anna', 'healthy'],
    ]);
    expect(all.items[0]?.reasons.map(({ code }) => code)).toEqual(['no_link']);
    expect(await list('?q=s%C3%B6hne')).toMatchObject({ total: 1, items: [{ partnerId: 'ben' }] });
    await expect(list('?sort=size')).rejects.toMatchObject({ status: 422 });
    await expect(list('?cursor=abc')).rejects.toMatchObject({ status: 422 });
  });
});
