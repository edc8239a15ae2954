import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Period } from '#shared/domain/time/instant';
import { FLOOR, ONE, planOf, RETAINER, SHARE, WELCOME } from '#test/support/builders/liability-plans';
import { aLiabilityWorld } from '#test/support/builders/liability-world';
import { instant } from '#test/support/builders/runs';

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
