import { describe, expect, it } from 'vitest';
import type { Period } from '#shared/domain/time/instant';
import { accrued, FLOOR, ONE, planOf, RETAINER, SHARE, WELCOME } from '#test/support/builders/liability-plans';
import { aLiabilityWorld, aPartner } from '#test/support/builders/liability-world';
import { instant, JANUARY } from '#test/support/builders/runs';

describe('the liability of a programme', () => {
  it('accrues a sale from when it had occurred and was recorded, also while it is in its hold', async () => {
    const world = aLiabilityWorld({ plan: planOf(SHARE), partners: ONE, holdDays: 30 });
    await world.ready();
    world.at('2026-01-20T00:00:00Z');
    world.sell({ orderId: 'o1', occurredAt: '2026-01-10T00:00:00Z', amountMinor: 10_000n });
    world.at('2026-03-05T00:00:00Z');
    expect(await accrued(world, '2026-01-19T23:59:59Z')).toBe(0n);
    expect(await accrued(world, '2026-01-20T00:00:00Z')).toBe(1_000n);
    expect(await world.liability()).toMatchObject({
      partners: [{ partnerId: 'p1', currency: 'GBP', accruedMinor: 1_000n }],
      others: [],
    });
    await expect(world.liability('2026-03-05T00:00:00.001Z')).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('accrues a fixed fee by the days that have passed, and a guarantee once its month is over', async () => {
    const world = aLiabilityWorld({ plan: planOf(RETAINER, FLOOR), partners: ONE });
    await world.ready();
    world.at('2026-02-15T00:00:00Z');
    expect(await accrued(world, '2026-01-01T00:00:00Z')).toBe(0n);
    expect(await accrued(world, '2026-01-11T00:00:00Z')).toBe(1_000n);
    expect(await accrued(world, '2026-01-31T23:59:59.999Z')).toBe(3_000n);
    expect(await accrued(world, '2026-02-01T00:00:00Z')).toBe(9_000n);
    expect(await accrued(world, '2026-02-15T00:00:00Z')).toBe(9_000n + 1_550n);
  });

  it('is reduced by a late refund of a sale that is itself still open, and by one that was netted later', async () => {
    const world = aLiabilityWorld({ plan: planOf(SHARE), partners: ONE });
    await world.ready();
    world.at('2026-02-10T00:00:00Z');
    world.sell({ orderId: 'o1', occurredAt: '2026-01-10T00:00:00Z', amountMinor: 10_000n });
    world.at('2026-02-11T00:00:00Z');
    world.refund({ orderId: 'o1', occurredAt: '2026-02-10T12:00:00Z', amountMinor: 2_500n });
    world.at('2026-02-12T00:00:00Z');
    world.refund({ orderId: 'o1', occurredAt: '2026-01-12T00:00:00Z', amountMinor: 5_000n });
    expect(await accrued(world, '2026-02-10T00:00:00Z')).toBe(1_000n);
    expect(await accrued(world, '2026-02-11T00:00:00Z')).toBe(750n);
    expect(await accrued(world, '2026-02-12T00:00:00Z')).toBe(250n);
  });

  it('pays a first purchase as it was known then, though an earlier one came to light later', async () => {
    const world = aLiabilityWorld({ plan: planOf(WELCOME) });
    await world.ready();
    world.at('2026-01-20T00:00:00Z');
    const by = (partnerId: string | undefined) => ({ partnerId, customerId: 'u' });
    world.sell({ orderId: 'o2', occurredAt: '2026-01-10T00:00:00Z', amountMinor: 100n }, by('p1'));
    const before = await world.liability('2026-01-20T00:00:00Z');
    expect(before.partners).toMatchObject([{ partnerId: 'p1', currency: 'GBP', accruedMinor: 500n }]);
    world.at('2026-01-21T00:00:00Z');
    world.sell({ orderId: 'o1', occurredAt: '2026-01-05T00:00:00Z', amountMinor: 100n }, by(undefined));
    expect(await world.liability('2026-01-20T00:00:00Z')).toEqual(before);
    expect((await world.liability()).partners).toEqual([]);
  });

  it('is not changed by an earlier date that a sale of a later month names', async () => {
    const world = aLiabilityWorld({ plan: planOf(WELCOME), partners: ONE, holdDays: 10 });
    await world.ready();
    world.at('2026-01-14T09:00:00Z');
    world.sell({ orderId: 'o1', occurredAt: '2026-01-14T09:00:00Z', amountMinor: 100n }, { customerId: 'u' });
    const before = await world.liability();
    expect(before.totals[0]?.accruedMinor).toBe(500n);
    world.at('2026-01-22T09:00:00Z');
    const firstAt = instant('2026-01-13T09:00:00Z');
    world.sell({ orderId: 'o2', occurredAt: '2026-01-22T09:00:00Z', amountMinor: 0n }, { customerId: 'u', firstAt });
    expect(await world.liability(before.asOf)).toEqual(before);
    expect(await accrued(world)).toBe(0n);
  });

  it('counts terms from when they were recorded', async () => {
    const late = aPartner('p1');
    const recordedAt = instant('2026-01-15T00:00:00Z');
    const agreements = late.agreements.map((term) => ({ ...term, recordedAt }));
    const world = aLiabilityWorld({ plan: planOf(RETAINER), partners: [{ ...late, agreements }] });
    await world.ready();
    world.at('2026-01-21T00:00:00Z');
    expect(await accrued(world, '2026-01-14T00:00:00Z')).toBe(0n);
    expect(await accrued(world)).toBe(2_000n);
  });

  it('adjusts, and writes off no more than is owed from earlier months', async () => {
    const world = aLiabilityWorld({ plan: planOf(SHARE), partners: ONE });
    await world.ready();
    world.at('2026-02-20T00:00:00Z');
    const record = (
      adjustmentId: string,
      month: '2026-01' | '2026-02',
      amountMinor: bigint,
      reasonCode: 'other' | 'write_off',
    ) =>
      world.half.money.adjustments.record('acme', {
        adjustmentId,
        partnerId: 'p1',
        period: month as Period,
        currency: 'GBP',
        reason: 'r',
        recordedBy: 'person:f',
        amountMinor,
        reasonCode,
        occurredAt: instant(`${month}-15T00:00:00Z`),
        recordedAt: instant(`${month}-15T00:00:00Z`),
      });
    await record('a', '2026-01', -300n, 'other');
    expect(await accrued(world)).toBe(-300n);
    await record('b', '2026-02', 900n, 'write_off');
    expect(await accrued(world)).toBe(0n);
    await record('c', '2026-02', -70n, 'other');
    expect(await accrued(world)).toBe(-70n);
    expect(await accrued(world, '2026-01-14T00:00:00Z')).toBe(0n);
  });

  it('writes off nothing that only waits in payouts that were not sent, in the first open month and after', async () => {
    const world = aLiabilityWorld({ plan: planOf(SHARE), partners: ONE });
    await world.ready();
    world.at('2026-01-20T00:00:00Z');
    world.sell({ orderId: 'o1', occurredAt: '2026-01-10T00:00:00Z', amountMinor: 10_000n });
    world.at('2026-02-01T08:00:00Z');
    await world.approveAndPost(await world.open(JANUARY));
    world.at('2026-03-02T00:00:00Z');
    const record = (adjustmentId: string, period: string, amountMinor: bigint, reasonCode: 'other' | 'write_off') =>
      world.half.money.adjustments.record('acme', {
        adjustmentId,
        partnerId: 'p1',
        period: period as Period,
        currency: 'GBP',
        reason: 'r',
        recordedBy: 'person:f',
        amountMinor,
        reasonCode,
        occurredAt: instant(`${period}-01T12:00:00Z`),
        recordedAt: instant('2026-03-01T12:00:00Z'),
      });
    await record('a', '2026-02', -1_000n, 'other');
    await record('b', '2026-02', 1_000n, 'write_off');
    expect(await accrued(world)).toBe(-1_000n);
    await record('c', '2026-03', 1_000n, 'write_off');
    expect(await accrued(world)).toBe(-1_000n);
    await record('d', '2026-02', -40n, 'other');
    expect(await accrued(world)).toBe(-1_000n);
  });

  it('never sets what one partner owes off against what another is owed', async () => {
    const world = aLiabilityWorld({ plan: planOf(SHARE) });
    await world.ready();
    world.at('2026-01-20T00:00:00Z');
    world.sell({ orderId: 'o1', occurredAt: '2026-01-10T00:00:00Z', amountMinor: 11_120n }, { partnerId: 'p1' });
    await world.half.money.adjustments.record('acme', {
      adjustmentId: 'a',
      partnerId: 'p2',
      period: JANUARY,
      currency: 'GBP',
      reason: 'r',
      recordedBy: 'person:f',
      amountMinor: -3_333n,
      reasonCode: 'other',
      occurredAt: instant('2026-01-15T00:00:00Z'),
      recordedAt: instant('2026-01-15T00:00:00Z'),
    });
    world.at('2026-02-01T08:00:00Z');
    await world.approveAndPost(await world.open(JANUARY));
    const { totals, partners } = await world.liability();
    const nothing = { payableMinor: 0n, receivableMinor: 0n, inTransitMinor: 0n, accruedMinor: 0n };
    const total = { ...nothing, payableMinor: 1_112n, receivableMinor: 3_333n };
    expect(totals).toEqual([{ currency: 'GBP', ...total, totalMinor: 1_112n, netMinor: -2_221n }]);
    expect(partners).toEqual([
      { partnerId: 'p2', currency: 'GBP', ...nothing, receivableMinor: 3_333n },
      { partnerId: 'p1', currency: 'GBP', ...nothing, payableMinor: 1_112n },
    ]);
  });

  it("states a past month's end for a history that was imported later, as it had been recorded by then", async () => {
    const world = aLiabilityWorld({ plan: planOf(SHARE, WELCOME), partners: ONE });
    await world.ready();
    world.at('2026-05-01T00:00:00Z');
    world.sell({ orderId: 'o1', occurredAt: '2026-01-10T00:00:00Z', amountMinor: 10_000n });
    world.sell({ orderId: 'o2', occurredAt: '2026-02-10T00:00:00Z', amountMinor: 10_000n });
    world.at('2026-05-02T00:00:00Z');
    world.refund({ orderId: 'o1', occurredAt: '2026-01-20T00:00:00Z', amountMinor: 4_000n });
    world.refund({ orderId: 'o1', occurredAt: '2026-02-20T00:00:00Z', amountMinor: 1_000n });
    const end = '2026-01-31T23:59:59.999Z';
    const stated = async (asOf: string, knownAt: string) =>
      (await world.liability(asOf, knownAt)).totals[0]?.accruedMinor ?? 0n;
    const all = async () => [
      await accrued(world, end),
      await stated(end, '2026-04-30T00:00:00Z'),
      await stated(end, '2026-05-01T00:00:00Z'),
      await stated(end, '2026-05-02T00:00:00Z'),
      await stated('2026-02-28T23:59:59.999Z', '2026-05-02T00:00:00Z'),
    ];
    expect(await all()).toEqual([0n, 0n, 1_500n, 1_100n, 2_417n]);
    expect(await world.liability(end, '2026-05-01T00:00:00Z')).toMatchObject({
      asOf: end,
      knownAt: '2026-05-01T00:00:00.000Z',
    });
    world.at('2026-05-03T00:00:00Z');
    await world.approveAndPost(await world.open(JANUARY));
    world.at('2026-05-04T00:00:00Z');
    expect(await all()).toEqual([0n, 0n, 1_500n, 1_100n, 2_417n]);
    world.sell({ orderId: 'late', occurredAt: '2026-01-12T00:00:00Z', amountMinor: 2_000n });
    expect(await stated(end, '2026-05-03T12:00:00Z')).toBe(1_100n);
    expect(await stated(end, '2026-05-04T00:00:00Z')).toBe(1_800n);
  });

  it.each([
    ['2026-02-01T00:00:00.001Z', undefined, 'query:asOf', 'must not be after 2026-02-01T00:00:00.000Z'],
    ['2026-01-20T00:00:00Z', '2026-02-02T00:00:00Z', 'query:knownAt', 'must not be after 2026-02-01T00:00:00.000Z'],
    [
      '2026-01-20T00:00:00Z',
      '2026-01-19T00:00:00Z',
      'query:knownAt',
      'must not be before asOf, 2026-01-20T00:00:00.000Z',
    ],
    [undefined, '2026-01-19T00:00:00Z', 'query:knownAt', 'must not be before asOf, 2026-02-01T00:00:00.000Z'],
  ])('asked as of %s, known at %s, names what is wrong', async (asOf, knownAt, pointer, rule) => {
    const world = aLiabilityWorld({ plan: planOf(SHARE), partners: ONE });
    await world.ready();
    world.at('2026-02-01T00:00:00Z');
    await expect(world.liability(asOf, knownAt)).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer, rule }],
    });
  });

  it('is refused when there is too much to read', async () => {
    const world = aLiabilityWorld({ plan: planOf(SHARE), limits: { reads: 1, partners: 5, seconds: 9 } });
    await world.ready();
    world.at('2026-01-20T00:00:00Z');
    world.sell({ orderId: 'o1', occurredAt: '2026-01-10T00:00:00Z', amountMinor: 100n });
    expect(await accrued(world)).toBe(10n);
    world.sell({ orderId: 'o2', occurredAt: '2026-01-10T00:00:00Z', amountMinor: 100n });
    await expect(world.liability()).rejects.toMatchObject({ code: 'liability_too_large' });
  });
});
