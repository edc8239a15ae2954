import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ComputeMonthDeps } from '#shared/application/payouts/figures/compute-month-so-far';
import type { FigureWish, RememberedFigures } from '#shared/application/payouts/figures/figure-ports';
import { makeGetMonthSoFar } from '#shared/application/payouts/figures/get-month-so-far';
import type { MonthSoFar } from '#shared/application/payouts/figures/month-so-far';
import { makeRefreshFigures } from '#shared/application/payouts/figures/refresh-figures';
import type { StatementAmounts } from '#shared/domain/statement/statement';
import type { Period } from '#shared/domain/time/instant';
import { FLOOR, ONE, planOf, RETAINER, SHARE, WELCOME } from '#test/support/builders/liability-plans';
import { aLiabilityWorld } from '#test/support/builders/liability-world';
import { instant } from '#test/support/builders/runs';
import { makeFakeFigures } from '#test/support/fakes/figures';

const PROGRAM = 'acme';
const DAY_MS = 86_400_000;

function figuresOf(world: ReturnType<typeof aLiabilityWorld>, plan = planOf(SHARE)) {
  const remembered: RememberedFigures = makeFakeFigures();
  const wishes: FigureWish[] = [];
  const { half, fake, facts, hasFacts } = world;
  const deps: ComputeMonthDeps = {
    programs: half.programs,
    runs: half.money.runs,
    partners: half.terms,
    plans: { get: async () => plan },
    facts,
    hasFacts,
    adjustments: half.money.adjustments,
    balances: fake.balances,
    journal: fake.journal,
    statements: half.money.statements,
    clock: () => half.time.now,
  };
  const get = makeGetMonthSoFar({ ...deps, remembered, request: async (wish) => void wishes.push(wish) });
  const refresh = makeRefreshFigures({
    ...deps,
    remembered,
    sales: { async *sales() {} },
    log: { warn: () => {} },
  });
  return {
    remembered,
    wishes,
    refresh: (wish: FigureWish) => refresh([JSON.stringify({ type: 'figures', ...wish })]),
    so: (partnerId: string, period?: string) =>
      get({ programId: PROGRAM, partnerId, period: period as Period | undefined }),
  };
}

function six({
  earnedMinor,
  clawbackMinor,
  adjustmentMinor,
  openingBalanceMinor,
  payableMinor,
  closingBalanceMinor,
}: StatementAmounts) {
  return { earnedMinor, clawbackMinor, adjustmentMinor, openingBalanceMinor, payableMinor, closingBalanceMinor };
}

/** By month, the statements of a month so far and of those before it. */
function estimatesOf({ period, statements, earlier }: MonthSoFar): Map<string, object[]> {
  return new Map([...earlier, { period, statements }].map((one) => [one.period, one.statements.map(six)]));
}

describe('a month so far', () => {
  type Step =
    | { readonly do: 'sell'; readonly back: number; readonly minor: bigint; readonly who: number }
    | { readonly do: 'refund'; readonly order: number; readonly minor: bigint }
    | { readonly do: 'adjust'; readonly minor: bigint };
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('sell' as const),
        back: fc.nat(40),
        minor: fc.bigInt({ min: 0n, max: 9_999n }),
        who: fc.nat(3),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('refund' as const),
        order: fc.nat(12),
        minor: fc.bigInt({ min: 1n, max: 4_000n }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('adjust' as const), minor: fc.bigInt({ min: -500n, max: 500n }) }),
    },
  );

  it('is to the unit what the closes then write, also where several months are open, and says how it follows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { maxLength: 6 }), { minLength: 3, maxLength: 3 }),
        fc.constantFrom(0, 10),
        fc.boolean(),
        async (months, holdDays, isFirstClosed) => {
          const plan = planOf({ ...SHARE, windowMonths: 1 }, WELCOME, RETAINER, FLOOR);
          const world = aLiabilityWorld({ plan, holdDays });
          await world.ready();
          const figures = figuresOf(world, plan);
          let count = 0;
          for (const [index, steps] of months.entries()) {
            const period = `2026-0${index + 1}` as Period;
            let nowMs = Date.parse(`${period}-10T09:00:00Z`);
            for (const one of steps) {
              nowMs += 2 * DAY_MS;
              world.at(new Date(nowMs).toISOString());
              count += 1;
              const back = one.do === 'sell' ? one.back * DAY_MS : 0;
              const occurredAt = new Date(Math.max(nowMs - back, Date.parse('2026-01-01T00:00:00Z'))).toISOString();
              if (one.do === 'sell') {
                world.sell(
                  { orderId: `o${count}`, occurredAt, amountMinor: one.minor },
                  { partnerId: ['p1', 'p2', 'p1', undefined][one.who], customerId: `u${count % 3}` },
                );
              } else if (one.do === 'refund') {
                world.refund({ orderId: `o${one.order}`, occurredAt, amountMinor: one.minor }, `r${count}`);
              } else if (one.minor !== 0n) {
                const by = { reason: 'r', by: 'person:f', currency: 'GBP' };
                const adjustment = { adjustmentId: `a${count}`, partnerId: 'p1', amountMinor: one.minor, ...by };
                await world.half.adjust({ programId: PROGRAM, occurredAt: instant(occurredAt), ...adjustment });
              }
            }
            if (index === 0 && isFirstClosed) {
              world.at('2026-02-02T09:00:00Z');
              await world.approveAndPost(await world.open(period));
            }
          }
          world.at('2026-04-02T08:00:00Z');
          const estimates = new Map<string, Map<string, object[]>>();
          for (const partnerId of ['p1', 'p2']) {
            const month = await figures.so(partnerId, '2026-03');
            estimates.set(partnerId, estimatesOf(month));
            for (const { ways, earnedMinor } of month.statements) {
              expect(ways.reduce((sum, way) => sum + way.amountMinor, 0n)).toBe(earnedMinor);
            }
          }
          for (const period of (isFirstClosed
            ? ['2026-02', '2026-03']
            : ['2026-01', '2026-02', '2026-03']) as Period[]) {
            const run = await world.open(period);
            for (const partnerId of ['p1', 'p2']) {
              const { items } = await world.half.money.statements.list(PROGRAM, run, { partnerId, limit: 9 });
              const estimate = estimates.get(partnerId)?.get(period);
              // A month in which nothing happened is not listed before another.
              if (estimate) expect(items.map(six)).toEqual(estimate);
              else expect(items.every(({ earnedMinor }) => earnedMinor === 0n)).toBe(true);
            }
            await world.approveAndPost(run);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('goes on from what a run leaves that is not posted yet, and tells it as being closed', async () => {
    const world = aLiabilityWorld({ plan: planOf(SHARE), partners: ONE });
    await world.ready();
    const figures = figuresOf(world);
    world.at('2026-01-20T09:00:00Z');
    world.sell({ orderId: 'o1', occurredAt: '2026-01-20T09:00:00Z', amountMinor: 1_000n });
    world.at('2026-02-02T09:00:00Z');
    const run = await world.open('2026-01' as Period);
    world.sell({ orderId: 'o2', occurredAt: '2026-02-02T09:00:00Z', amountMinor: 5_000n });
    expect(await figures.so('p1', '2026-01')).toMatchObject({ state: 'closing', statements: [{ earnedMinor: 100n }] });
    const before = await figures.so('p1');
    expect(before).toMatchObject({
      period: '2026-02',
      openFrom: '2026-01',
      state: 'open',
      statements: [{ earnedMinor: 500n }],
      earlier: [{ period: '2026-01', statements: [{ earnedMinor: 100n }] }],
    });
    await world.approveAndPost(run);
    const after = await figures.so('p1');
    expect(after).toMatchObject({ openFrom: '2026-02', earlier: [] });
    expect(after.statements.map(six)).toEqual(before.statements.map(six));
    await expect(figures.so('p1', '2026-01')).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('is closed'),
    });
    await expect(figures.so('p1', '2026-03')).rejects.toThrow('has not begun');
    await expect(figures.so('nobody')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('takes back in a later open month what it stated for a sale of an earlier one', async () => {
    const world = aLiabilityWorld({ plan: planOf(SHARE), partners: ONE });
    await world.ready();
    world.at('2026-01-20T09:00:00Z');
    const sale = { orderId: 'o1', occurredAt: '2026-01-20T09:00:00Z', amountMinor: 1_000n };
    world.sell(sale);
    world.at('2026-02-10T09:00:00Z');
    world.refund({ ...sale, occurredAt: '2026-02-10T09:00:00Z', amountMinor: 400n });
    const month = await figuresOf(world).so('p1');
    expect(month.statements).toMatchObject([
      { clawbackMinor: -40n, clawbacks: 1, closingBalanceMinor: expect.any(BigInt) },
    ]);
    expect(month.mayChange).toContain('earlier_months');
  });

  it('tells sales that count later by the hold days, and what may still change', async () => {
    const world = aLiabilityWorld({ plan: planOf(SHARE, FLOOR, RETAINER), partners: ONE, holdDays: 14 });
    await world.ready();
    world.at('2026-01-25T09:00:00Z');
    world.sell({ orderId: 'o1', occurredAt: '2026-01-05T09:00:00Z', amountMinor: 2_000n });
    world.sell({ orderId: 'o2', occurredAt: '2026-01-24T09:00:00Z', amountMinor: 700n });
    const month = await figuresOf(world, planOf(SHARE, FLOOR, RETAINER)).so('p1');
    expect(month.later).toEqual([{ period: '2026-02', currency: 'GBP', conversions: 1, amountMinor: 700n }]);
    expect(month.mayChange).toEqual(['later_sales', 'refunds', 'guarantee', 'fixed_fee']);
    expect(month.statements[0]?.ways.map(({ kind, amountMinor, sentence }) => [kind, amountMinor, sentence])).toEqual([
      ['revenue_share', 200n, '10 % of 20.00 GBP from 1 sale (tier referral).'],
      ['fixed_fee', 3_100n, 'A fixed amount for the month, as the month would end with the terms of today.'],
      ['minimum_commitment', 5_700n, 'Tops the month up to what is guaranteed; it shrinks as sales come in.'],
    ]);
  });
});

describe('a month of many sales', () => {
  const wish = { programId: PROGRAM, partnerId: 'p1', period: '2026-01' as Period, kind: 'month' as const };
  async function aBusyWorld() {
    const world = aLiabilityWorld({ plan: planOf(SHARE), partners: ONE });
    await world.ready();
    world.at('2026-01-20T09:00:00Z');
    for (let id = 0; id < 501; id += 1) {
      world.sell({ orderId: `o${id}`, occurredAt: '2026-01-20T09:00:00Z', amountMinor: 100n });
    }
    return { world, figures: figuresOf(world) };
  }

  it('is worked out once, then answered as it was remembered, and refreshed when it is older than a minute', async () => {
    const { world, figures } = await aBusyWorld();
    const first = await figures.so('p1');
    expect([first.statements[0]?.conversions, figures.wishes]).toEqual([501, [wish]]);
    await figures.refresh(wish);
    world.sell({ orderId: 'late', occurredAt: '2026-01-20T10:00:00Z', amountMinor: 100n });
    world.at('2026-01-20T09:00:59Z');
    expect(await figures.so('p1')).toEqual(first);
    expect(figures.wishes).toHaveLength(1);
    world.at('2026-01-20T09:02:00Z');
    expect((await figures.so('p1')).asOf).toBe('2026-01-20T09:00:00.000Z');
    expect(figures.wishes).toHaveLength(2);
    await figures.refresh(wish);
    expect(await figures.so('p1')).toMatchObject({
      asOf: '2026-01-20T09:02:00.000Z',
      statements: [{ conversions: 502, earnedMinor: 5_020n }],
    });
    expect(figures.wishes).toHaveLength(2);
  });

  it('is not answered as it was before the month before it was posted', async () => {
    const { world, figures } = await aBusyWorld();
    world.at('2026-02-02T09:00:00Z');
    world.sell({ orderId: 'new', occurredAt: '2026-02-02T09:00:00Z', amountMinor: 100n });
    await figures.refresh({ ...wish, period: '2026-02' as Period });
    expect(await figures.so('p1')).toMatchObject({ openFrom: '2026-01' });
    await world.approveAndPost(await world.open('2026-01' as Period));
    expect(await figures.so('p1')).toMatchObject({ openFrom: '2026-02', earlier: [] });
  });

  it('that takes too long is wished for, and whoever asks is told to come back', async () => {
    const { world, figures } = await aBusyWorld();
    const { half, fake, facts, hasFacts } = world;
    const wishes: FigureWish[] = [];
    let reads = 0;
    const get = makeGetMonthSoFar({
      programs: half.programs,
      runs: half.money.runs,
      partners: half.terms,
      plans: { get: async () => planOf(SHARE) },
      facts,
      hasFacts,
      adjustments: half.money.adjustments,
      balances: fake.balances,
      journal: fake.journal,
      statements: half.money.statements,
      clock: () => half.time.now,
      remembered: figures.remembered,
      request: async (wished) => void wishes.push(wished),
    });
    const box = { isOver: () => ++reads > 0 };
    await expect(get({ programId: PROGRAM, partnerId: 'p1' }, box)).rejects.toMatchObject({
      code: 'temporarily_unavailable',
    });
    expect(wishes).toEqual([wish]);
  });
});
