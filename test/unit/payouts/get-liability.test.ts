import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Component, Plan } from '#shared/domain/plan/plan';
import type { Period } from '#shared/domain/time/instant';
import { aLiabilityWorld, aPartner } from '#test/support/builders/liability-world';
import { instant, JANUARY } from '#test/support/builders/runs';

const planOf = (...components: readonly Component[]): Plan => ({ version: 1, components });
const SHARE: Component = { kind: 'revenue_share', id: 'share', ratesByTier: { referral: 1_000 } };
const WELCOME: Component = { kind: 'referral_fee', id: 'welcome', amountMinor: 500n };
const RETAINER: Component = { kind: 'fixed_fee', id: 'retainer', amountMinor: 3_100n };
const FLOOR: Component = { kind: 'minimum_commitment', id: 'floor', amountMinor: 9_000n };
const ONE = [aPartner('p1')];

const accrued = async (world: ReturnType<typeof aLiabilityWorld>, asOf?: string): Promise<bigint> =>
  (await world.liability(asOf)).totals[0]?.accruedMinor ?? 0n;

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

describe('a date that the merchant supplied', () => {
  const SUPPLIED = instant('2025-12-28T09:00:00Z');
  const nothing = (orderId: string, occurredAt: string) => ({ orderId, occurredAt, amountMinor: 0n });
  const paid = (orderId: string, occurredAt: string) => ({ orderId, occurredAt, amountMinor: 1_000n });
  const customer = { customerId: 'u1' };

  it('before the first purchase was closed still counts for that instant when a later sale names it again', async () => {
    const world = aLiabilityWorld({ plan: planOf(WELCOME), partners: ONE });
    await world.ready();
    world.at('2026-01-12T09:00:00Z');
    world.sell(nothing('trial', '2026-01-12T09:00:00Z'), { ...customer, firstAt: SUPPLIED });
    world.at('2026-01-20T09:00:00Z');
    world.sell(paid('first', '2026-01-20T09:00:00Z'), customer);
    world.at('2026-02-02T09:00:00Z');
    const run = await world.open('2026-01' as Period);
    world.at('2026-02-02T09:30:00Z');
    await world.approveAndPost(run);
    world.at('2026-02-03T09:00:00Z');
    world.sell(paid('second', '2026-02-03T09:00:00Z'), customer);
    const then = await world.liability();
    world.at('2026-02-18T09:00:00Z');
    world.sell(nothing('again', '2026-02-18T09:00:00Z'), { ...customer, firstAt: SUPPLIED });
    expect(await world.liability(then.asOf)).toEqual(then);
    expect(then.totals[0]?.accruedMinor ?? 0n).toBe(0n);
  });

  it('by a sale of a closed month counts for a first purchase in an open one, as it was known at each instant', async () => {
    const world = aLiabilityWorld({ plan: planOf(WELCOME), partners: ONE });
    await world.ready();
    world.at('2026-01-12T09:00:00Z');
    world.sell(nothing('trial', '2026-01-12T09:00:00Z'), { ...customer, firstAt: SUPPLIED });
    world.at('2026-02-02T09:00:00Z');
    const run = await world.open('2026-01' as Period);
    world.at('2026-02-02T09:30:00Z');
    await world.approveAndPost(run);
    world.at('2026-02-10T09:00:00Z');
    world.sell(paid('first', '2026-02-10T09:00:00Z'), customer);
    const then = await world.liability();
    expect(then.totals[0]?.accruedMinor ?? 0n).toBe(0n);
    for (const firstAt of [SUPPLIED, instant('2025-11-01T00:00:00Z')]) {
      world.at('2026-02-18T09:00:00Z');
      world.sell(nothing(`again ${firstAt}`, '2026-02-18T09:00:00Z'), { ...customer, firstAt });
      expect(await world.liability(then.asOf)).toEqual(then);
    }
  });
});

describe('a liability over closes', () => {
  type Step =
    | {
        readonly do: 'sell';
        readonly order: number;
        readonly back: number;
        readonly minor: bigint;
        readonly who: number;
        readonly first: number | undefined;
      }
    | { readonly do: 'refund'; readonly order: number; readonly back: number; readonly minor: bigint }
    | { readonly do: 'adjust'; readonly back: number; readonly minor: bigint };
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({
      do: fc.constant('sell' as const),
      order: fc.nat(7),
      back: fc.nat(40),
      minor: fc.bigInt({ min: 0n, max: 9_999n }),
      who: fc.nat(2),
      first: fc.option(fc.nat(60), { nil: undefined }),
    }),
    fc.record({
      do: fc.constant('refund' as const),
      order: fc.nat(7),
      back: fc.nat(40),
      minor: fc.bigInt({ min: 1n, max: 4_000n }),
    }),
    fc.record({ do: fc.constant('adjust' as const), back: fc.nat(40), minor: fc.bigInt({ min: -500n, max: 500n }) }),
  );
  const DAY_MS = 86_400_000;
  const HOUR_MS = 3_600_000;

  it('is moved by a close from accrued to payable to the unit, and answers the same for every past instant', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { maxLength: 6 }), { minLength: 3, maxLength: 3 }),
        fc.constantFrom(0, 10),
        fc.boolean(),
        async (months, holdDays, isRejectedFirst) => {
          const world = aLiabilityWorld({
            plan: planOf({ ...SHARE, windowMonths: 1 }, WELCOME, RETAINER, FLOOR),
            holdDays,
          });
          await world.ready();
          const seen = new Map<string, unknown>();
          let count = 0;
          const note = async () => {
            const answer = await world.liability();
            seen.set(answer.asOf, answer);
            const [total] = answer.totals;
            for (const part of ['payableMinor', 'receivableMinor', 'inTransitMinor', 'accruedMinor'] as const) {
              const byPartner = answer.partners.reduce((sum, one) => sum + one[part], 0n);
              expect(byPartner).toBe(total?.[part] ?? 0n);
            }
            const balances = await world.balancesMinor();
            const sum = (minors: readonly bigint[]) => minors.reduce((all, minor) => all + minor, 0n);
            expect(total?.payableMinor ?? 0n).toBe(sum(balances.filter((minor) => minor > 0n)));
            expect(total?.receivableMinor ?? 0n).toBe(-sum(balances.filter((minor) => minor < 0n)));
            return { balance: sum(balances), accrued: total?.accruedMinor ?? 0n, net: total?.netMinor ?? 0n };
          };
          for (const [index, steps] of months.entries()) {
            const period = `2026-0${index + 1}` as Period;
            let nowMs = Date.parse(`${period}-10T09:00:00Z`);
            for (const one of steps) {
              nowMs += 2 * DAY_MS;
              world.at(new Date(nowMs).toISOString());
              const occurredAt = new Date(
                Math.max(nowMs - one.back * DAY_MS, Date.parse('2026-01-01T00:00:00Z')),
              ).toISOString();
              count += 1;
              if (one.do === 'sell') {
                const firstAt =
                  one.first === undefined ? undefined : instant(new Date(nowMs - one.first * DAY_MS).toISOString());
                const of = {
                  partnerId: ['p1', 'p2', undefined][one.who],
                  customerId: `u${one.order % 3}`,
                  ...(firstAt ? { firstAt } : {}),
                };
                world.sell({ orderId: `o${one.order}.${count}`, occurredAt, amountMinor: one.minor }, of);
              } else if (one.do === 'refund') {
                const orders = Array.from({ length: count }, (_, n) => `o${one.order}.${n}`);
                orders.some((orderId) => world.refund({ orderId, occurredAt, amountMinor: one.minor }, `r${count}`));
              } else if (one.minor !== 0n) {
                await world.half.adjust({
                  programId: 'acme',
                  adjustmentId: `a${count}`,
                  partnerId: 'p1',
                  amountMinor: one.minor,
                  currency: 'GBP',
                  occurredAt: instant(occurredAt),
                  reason: 'r',
                  by: 'person:f',
                });
              }
              await note();
            }
            const closeMs = Date.parse(`2026-0${index + 2}-02T08:00:00Z`);
            world.at(new Date(closeMs).toISOString());
            if (isRejectedFirst) {
              const sell = (orderId: string) =>
                world.sell({ orderId, occurredAt: `${period}-20T12:00:00Z`, amountMinor: 777n }, { customerId: 'u0' });
              const rejected = await world.open(period);
              sell(`during ${period}`);
              await note();
              world.at(new Date(closeMs + HOUR_MS / 4).toISOString());
              await world.reject(rejected);
              sell(`after ${period}`);
              await note();
              world.at(new Date(closeMs + HOUR_MS / 2).toISOString());
            }
            const before = await note();
            world.at(new Date(closeMs + HOUR_MS).toISOString());
            const run = await world.open(period);
            expect((await note()).net).toBe(before.net);
            world.at(new Date(closeMs + 2 * HOUR_MS).toISOString());
            await world.approveAndPost(run);
            const after = await note();
            expect(after.net).toBe(before.net);
            expect(after.balance - before.balance).toBe(before.accrued - after.accrued);
          }
          for (const [asOf, answer] of seen) expect(await world.liability(asOf)).toEqual(answer);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a history that is imported', () => {
  const DAY_MS = 86_400_000;
  const START_MS = Date.parse('2026-01-01T00:00:00Z');
  const dayOf = (day: number): string => new Date(START_MS + day * DAY_MS).toISOString();
  const fact = fc.record({
    day: fc.nat(70),
    isRefund: fc.boolean(),
    who: fc.nat(3),
    minor: fc.bigInt({ min: 1n, max: 9_999n }),
  });

  it('is told at any past instant as one that was recorded while it happened', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fact, { maxLength: 12 }), fc.constantFrom(0, 10), async (facts, holdDays) => {
        const plan = planOf({ ...SHARE, windowMonths: 1 }, WELCOME, RETAINER, FLOOR);
        const [live, imported] = [aLiabilityWorld({ plan, holdDays }), aLiabilityWorld({ plan, holdDays })];
        const ordered = facts.toSorted((a, b) => a.day - b.day);
        for (const world of [live, imported]) {
          await world.ready();
          for (const [index, { day, isRefund, who, minor }] of ordered.entries()) {
            world.at(world === live ? dayOf(day) : dayOf(100));
            const sent = (id: number) => ({ orderId: `o${id}`, occurredAt: dayOf(day), amountMinor: minor });
            if (isRefund) ordered.some((_, id) => id < index && world.refund(sent(id), `r${index}`));
            else world.sell(sent(index), { customerId: `u${who % 2}`, partnerId: who < 2 ? 'p1' : 'p2' });
          }
          world.at(dayOf(100));
        }
        for (const day of [0, 20, 31, 45, 71]) {
          const told = await imported.liability(dayOf(day), dayOf(100));
          expect({ ...told, knownAt: told.asOf }).toEqual(await live.liability(dayOf(day)));
        }
      }),
      { numRuns: 40 },
    );
  });
});
