import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRedemptionStore } from '#shared/adapters/dynamodb/referrals/codes/redemptions';
import type { Redemption, RedemptionStore } from '#shared/application/referrals/redemptions/redemption-ports';
import { aRedemption, instant } from '#test/support/builders/referrals';
import { makeFakeRedemptions } from '#test/support/fakes/redemption-store';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

const NOW = instant('2026-01-15T12:00:00Z');
const AFTER = instant('2026-01-15T13:00:00Z');

let table: TestTable;
beforeAll(async () => {
  table = await aReferralsTable();
});
afterAll(() => table?.stop());

const implementations: readonly [string, () => RedemptionStore][] = [
  ['on the engine', () => makeRedemptionStore(table)],
  ['in memory', makeFakeRedemptions],
];

describe.each(implementations)('redemptions %s', (_name, make) => {
  let redemptions: RedemptionStore;
  let codes = 0;
  const aNewCode = (): string => `CODE${++codes}`;
  beforeAll(() => {
    redemptions = make();
  });

  const held = (code: string, id: string, overrides: Partial<Redemption> = {}): Redemption =>
    aRedemption({ redemptionId: `${code}-${id}`, code, limited: true, shard: 0, ...overrides });

  it('reserves a code once a customer, and again after it was released', async () => {
    const redemption = aRedemption({ redemptionId: aNewCode() });
    expect(await redemptions.reserve(redemption, NOW)).toBe('reserved');
    expect(await redemptions.reserve(redemption, NOW)).toBe('exists');
    expect(await redemptions.release(redemption)).toBe('done');
    expect((await redemptions.find('shop', redemption.redemptionId))?.status).toBe('released');
    expect(await redemptions.reserve(redemption, NOW)).toBe('reserved');
    expect(await redemptions.confirm(redemption)).toBe('done');
    expect(await redemptions.release(redemption)).toBe('changed');
    expect(await redemptions.reserve(redemption, AFTER)).toBe('exists');
  });

  it('gives terms, basket and order back as they were stored', async () => {
    const redemption = aRedemption({
      redemptionId: aNewCode(),
      terms: {
        discount: { kind: 'percent', rateBps: 1_000, capMinor: 2n ** 53n },
        currency: 'EUR',
        minimumSpendMinor: 20_00n,
        newCustomersOnly: true,
      },
      spend: { minor: 25_00n, currency: 'EUR' },
    });
    await redemptions.reserve(redemption, NOW);
    expect(await redemptions.find('shop', redemption.redemptionId)).toEqual(redemption);
    const repriced = { ...redemption, spend: { minor: 30_00n, currency: 'EUR' } };
    expect(await redemptions.reprice(repriced)).toBe('done');
    await redemptions.confirm(repriced);
    expect(await redemptions.reprice(redemption)).toBe('changed');
    expect(await redemptions.confirm({ ...repriced, orderId: 'o1' })).toBe('done');
    expect(await redemptions.confirm({ ...repriced, orderId: 'o2' })).toBe('changed');
    const stored = await redemptions.find('shop', redemption.redemptionId);
    expect(stored).toEqual({ ...repriced, status: 'confirmed', orderId: 'o1' });
  });

  it('replaces a lapsed reservation that holds no seat', async () => {
    const redemption = aRedemption({ redemptionId: aNewCode() });
    await redemptions.reserve(redemption, NOW);
    const later = { ...redemption, reservedUntil: instant('2026-01-15T13:30:00Z') };
    expect(await redemptions.reserve(later, AFTER)).toBe('reserved');
    expect(await redemptions.confirm(redemption)).toBe('changed');
  });

  it('gives no more seats of a shard than its places, and one back when it is released', async () => {
    const code = aNewCode();
    const seat = { index: 0, places: 1 };
    expect(await redemptions.reserve(held(code, 'a'), NOW, seat)).toBe('reserved');
    expect(await redemptions.reserve(held(code, 'b'), NOW, { index: 0, places: 9 })).toBe('contended');
    await redemptions.release(held(code, 'a'));
    expect(await redemptions.reserve(held(code, 'b'), NOW, seat)).toBe('reserved');
    await redemptions.confirm(held(code, 'b'));
    expect(await redemptions.reserve(held(code, 'c'), AFTER, seat)).toBe('contended');
    expect(await redemptions.find('shop', `${code}-c`)).toBeUndefined();
    expect((await redemptions.shards('shop', code, 1)).map(({ taken }) => taken)).toEqual([1]);
  });

  it('shows all shards of a limit, those taken from with what was taken', async () => {
    const code = aNewCode();
    await redemptions.reserve(held(code, 'a', { shard: 5 }), NOW, { index: 5, places: 8 });
    const shards = await redemptions.shards('shop', code, 50);
    expect(shards).toHaveLength(6);
    expect(shards.reduce((sum, { places = 0 }) => sum + places, 0)).toBe(50);
    expect(shards[5]).toEqual({ index: 5, taken: 1, places: 8 });
    expect((await redemptions.shards('shop', code, 4)).map(({ index }) => index)).toEqual([0, 5]);
  });

  it('finds the reservations of a limited code that have lapsed, oldest first, and no closed ones', async () => {
    const code = aNewCode();
    const early = instant('2026-01-15T11:00:00Z');
    const all = { late: NOW, later: early, confirmed: NOW, released: NOW, open: AFTER };
    for (const [id, reservedUntil] of Object.entries(all)) {
      await redemptions.reserve(held(code, id, { reservedUntil }), NOW, { index: 0, places: 9 });
    }
    await redemptions.confirm(held(code, 'confirmed', { reservedUntil: NOW }));
    await redemptions.release(held(code, 'released', { reservedUntil: NOW }));
    const until = instant('2026-01-15T12:30:00Z');
    const lapsed = await redemptions.lapsed('shop', code, until, 10);
    expect(lapsed.map(({ redemptionId }) => redemptionId)).toEqual([`${code}-later`, `${code}-late`]);
    expect(await redemptions.lapsed('shop', code, until, 1)).toHaveLength(1);
  });
});

describe('what earlier versions stored', () => {
  const put = (Item: Record<string, unknown>) =>
    table.documents.send(new PutCommand({ TableName: table.tableName, Item }));
  const find = async (sk: string) =>
    (await table.documents.send(new GetCommand({ TableName: table.tableName, Key: { pk: 'shop#SEATS#0LD', sk } })))
      .Item;

  it('is counted, confirmed, taken back and given again', async () => {
    const redemptions = makeRedemptionStore(table);
    const { shard: _none, terms: _no, ...old } = aRedemption({ code: '0LD', limited: true, reservedUntil: NOW });
    for (const id of ['rd-x', 'rd-y']) {
      await put({ pk: `shop#REDEMPTION#${id}`, sk: 'REDEMPTION', ...old, redemptionId: id });
      await put({ pk: 'shop#SEATS#0LD', sk: `SEAT#${NOW}#${id}`, redemptionId: id, isOpen: true });
    }
    await put({ pk: 'shop#SEATS#0LD', sk: 'COUNTER', taken: 9 });
    expect((await redemptions.shards('shop', '0LD', 10))[0]).toEqual({ index: 0, taken: 9 });
    await redemptions.confirm({ ...old, redemptionId: 'rd-y' });
    const [lapsed] = await redemptions.lapsed('shop', '0LD', AFTER, 5);
    expect(lapsed?.redemptionId).toBe('rd-x');
    expect(lapsed && (await redemptions.release(lapsed))).toBe('done');
    expect(await redemptions.lapsed('shop', '0LD', AFTER, 5)).toEqual([]);
    expect(await find('COUNTER')).toMatchObject({ taken: 8 });
    expect(await find(`SEAT#${NOW}#rd-x`)).toMatchObject({ isOpen: false, expiresAt: expect.any(Number) });
  });
});
