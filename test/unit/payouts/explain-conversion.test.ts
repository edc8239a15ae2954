import { describe, expect, it } from 'vitest';
import { explanationAnswer } from '#functions/payouts/explanation-answer';
import { toJson } from '#functions/runtime/http';
import { makeExplainConversion } from '#shared/application/payouts/explain-conversion';
import type { ExplainedOrder } from '#shared/application/payouts/explain-ports';
import type { Explanation } from '#shared/application/payouts/explanation';
import type { ConversionFact, ReferralFacts } from '#shared/application/referral-facts';
import { explanationSchema } from '#shared/contracts/payouts/explain-conversion';
import type { Payout } from '#shared/domain/payout';
import type { PartnerTerms, Plan } from '#shared/domain/plan';
import type { NothingEarned } from '#shared/domain/statement';
import { aClosingHalf, NO_FACTS } from '#test/support/builders/closing-half';
import { aPayout } from '#test/support/builders/payouts';
import { aConversion, aRefund, instant } from '#test/support/builders/referrals';
import { FEBRUARY, JANUARY } from '#test/support/builders/runs';
import { makeFakeStatedFacts } from '#test/support/fakes/stated-facts';

const SHARE = { kind: 'revenue_share', id: 'share', ratesByTier: { referral: 1000 }, windowMonths: 12 } as const;
const VOLUME = {
  kind: 'revenue_share',
  id: 'volume',
  mode: 'volume',
  metric: 'conversions',
  brackets: [
    { upTo: 1n, rateBps: 100 },
    { upTo: null, rateBps: 200 },
  ],
} as const;
const WELCOME = { kind: 'referral_fee', id: 'welcome', amountMinor: 500n } as const;
const RETAINER = { kind: 'fixed_fee', id: 'retainer', amountMinor: 900n } as const;
const PLAN: Plan = { version: 1, components: [SHARE, WELCOME, RETAINER] };
const MIRA: PartnerTerms = {
  partnerId: 'mira',
  agreements: [{ from: instant('2026-01-01T00:00:00Z'), planVersion: 1, sequence: 1 }],
  tiers: [{ from: instant('2026-01-01T00:00:00Z'), tier: 'referral', sequence: 1 }],
};

type World = {
  readonly orders?: readonly ExplainedOrder[];
  readonly terms?: PartnerTerms;
  readonly plan?: Plan;
  readonly firstPurchase?: { readonly at: ReturnType<typeof instant>; readonly orderId?: string };
  readonly reasons?: ReadonlyMap<string, readonly NothingEarned[]>;
  readonly payout?: Payout;
  readonly holdDays?: number;
  readonly maxCounted?: number;
};

async function aWorld(world: World = {}) {
  const orders = world.orders ?? [{ conversion: aConversion(), refunds: [] }];
  const plans = new Map([[1, world.plan ?? PLAN]]);
  const sales = orders.map(({ conversion }) => conversion);
  const facts: ReferralFacts = {
    ...NO_FACTS,
    async *conversions(_programId, partnerId, period): AsyncIterable<ConversionFact> {
      yield* sales.filter((sale) => sale.partnerId === partnerId && sale.period === period);
    },
    firstPurchases: async (_programId, ids) =>
      new Map(
        sales
          .filter(({ customerId, amountMinor }) => ids.includes(customerId) && amountMinor > 0n)
          .map((sale) => [sale.customerId, world.firstPurchase ?? { at: sale.occurredAt, orderId: sale.orderId }]),
      ),
  };
  const half = aClosingHalf({
    program: { holdDays: world.holdDays ?? 0 },
    partners: [world.terms ?? MIRA],
    plans,
    facts,
  });
  await half.ready();
  const explain = makeExplainConversion({
    programs: half.programs,
    runs: half.money.runs,
    partners: { terms: async (_programId, id) => (id === 'mira' ? (world.terms ?? MIRA) : undefined) },
    plans: { get: async (_programId, version) => plans.get(version) },
    facts,
    orders: { findOrder: async (_programId, orderId) => orders.find((one) => one.conversion.orderId === orderId) },
    statements: half.money.statements,
    stated: makeFakeStatedFacts(half.money.statements, world.reasons),
    payouts: { get: async (_programId, payoutId) => (payoutId === world.payout?.payoutId ? world.payout : undefined) },
    maxCounted: world.maxCounted,
  });
  const ask = (orderId = 'o1', onlyPartners?: readonly string[]): Promise<Explanation> =>
    explain({ programId: 'acme', orderId, onlyPartners });
  const close = async (holds?: readonly string[]): Promise<void> => {
    const run = await half.toDecision(JANUARY);
    await half.approve(run, 'person:a', holds);
    await half.approve(run, 'person:b', holds);
  };
  return { ask, close, half };
}

const orderOf = (overrides: Parameters<typeof aConversion>[0], refunds: ExplainedOrder['refunds'] = []) => ({
  conversion: aConversion(overrides),
  refunds,
});

describe('explaining a sale', () => {
  it('tells an open month as an estimate, component by component', async () => {
    const { ask } = await aWorld();
    const told = await ask();
    expect(told).toMatchObject({ status: 'attributed', estimate: true, earnedMinor: 600n, statements: [] });
    expect(told.decisions.map(({ componentId, outcome, sentence }) => [componentId, outcome, sentence])).toEqual([
      ['share', 'paid', 'The revenue share "share" would earn 1.00 GBP: 10 % of 10.00 GBP.'],
      ['welcome', 'paid', 'The referral fee "welcome" would earn 5.00 GBP.'],
      ['retainer', 'by_the_period', 'The fixed fee "retainer" pays by the month, not for a single sale.'],
    ]);
    expect(told.decisions[0]?.lines[0]?.calculation).toBe('1000 x 1000 / 10000 = 100, half to even: 100');
    expect(told.story).toContain("No statement of 2026-01 holds it yet: what follows is an estimate by today's facts.");
  });

  it('tells a stated month from its statement, with the payout', async () => {
    const payout = aPayout({ payoutId: 'po~2026-01.1~mira~GBP', status: 'settled', amountMinor: 1_500n });
    const { ask, close } = await aWorld({ payout });
    await close();
    const told = await ask('o1', ['mira']);
    expect(told).toMatchObject({ estimate: false, earnedMinor: 600n, summary: 'It earned partner mira 6.00 GBP.' });
    expect(told.statements).toMatchObject([
      { statementId: '2026-01.1~mira~GBP', state: 'final', payout: { status: 'settled' } },
    ]);
    expect(told.story.at(-1)).toBe('Statement 2026-01.1~mira~GBP is final; its payout of 15.00 GBP was paid.');
  });

  it('says that a held payout stays in the balance', async () => {
    const { ask, close } = await aWorld();
    await close(['mira']);
    expect((await ask()).story.at(-1)).toContain('is held back and stays in the balance');
  });

  it('shows a draft to staff as an estimate and never to its partner', async () => {
    const { ask, half } = await aWorld();
    await half.toDecision(JANUARY);
    expect(await ask()).toMatchObject({ estimate: true, statements: [{ state: 'draft' }] });
    expect(await ask('o1', ['mira'])).toMatchObject({ estimate: true, earnedMinor: 600n, statements: [] });
  });

  it('says that nobody can claim a sale without a partner', async () => {
    const attribution = { touches: [], why: 'no_touch' as const };
    const { ask } = await aWorld({ orders: [orderOf({ partnerId: undefined, attribution })] });
    const told = await ask();
    expect(told).toMatchObject({ status: 'unattributed', earnedMinor: 0n, decisions: [], statements: [] });
    expect(told.summary).toMatch(/^Nobody can claim this sale: it came with no partner, code or click\./);
  });

  it.each([
    ['no_value', orderOf({ amountMinor: 0n }), 'the sale has no value'],
    [
      'refunded_before_the_statement',
      orderOf({ nettedMinor: 10_00n, refundedMinor: 10_00n }),
      'all of it was refunded',
    ],
    ['self_referral', orderOf({ earnsNothing: 'self_referral' }), 'a self-referral never earns'],
    ['no_agreement', orderOf({ occurredAt: instant('2025-12-31T00:00:00Z') }), 'no agreement in force'],
  ])('names %s as the reason to earn nothing', async (reason, order, words) => {
    const { ask } = await aWorld({ orders: [order] });
    const told = await ask();
    expect(told).toMatchObject({ earnedMinor: 0n, decisions: [], nothingBecause: { reason } });
    expect(told.summary).toContain(words);
  });

  it('says when the window of a component ended and whose purchase was the first', async () => {
    const firstPurchase = { at: instant('2025-01-10T00:00:00Z'), orderId: 'elsewhere' };
    const { ask } = await aWorld({ firstPurchase });
    const [share, welcome] = (await ask()).decisions;
    expect(share).toMatchObject({ outcome: 'nothing', reason: 'outside_window' });
    expect(share?.sentence).toContain('12 months');
    expect(share?.sentence).toContain('2026-01-10T00:00:00.000Z');
    expect(welcome).toMatchObject({ outcome: 'nothing', reason: 'not_the_first_purchase' });
    expect((await ask()).firstPurchase).toMatchObject({ isThisSale: false, orderId: 'elsewhere' });
    expect((await ask('o1', ['mira'])).firstPurchase.orderId).toBeUndefined();
  });

  it('believes the reasons that a statement kept before the engine of today', async () => {
    const sale = { partnerId: 'mira', amountMinor: 10_00n };
    const tiers = [{ from: instant('2026-01-01T00:00:00Z'), tier: 'premium', sequence: 1 }];
    const plan: Plan = { version: 1, components: [SHARE] };
    const reasons = new Map([
      ['2026-01.1~mira~GBP', [{ conversionId: 'o1', componentId: 'share', reason: 'no_tier' }]],
    ]);
    const { ask, close } = await aWorld({ orders: [orderOf(sale)], terms: { ...MIRA, tiers }, plan, reasons });
    expect((await ask()).decisions).toMatchObject([{ reason: 'tier_not_named', estimate: true }]);
    await close();
    expect((await ask()).decisions).toMatchObject([{ reason: 'no_tier', estimate: false }]);
  });

  it('says that a month was closed before the sale was recorded, and counts the hold on the wall clock', async () => {
    const sale = { occurredAt: instant('2026-01-28T12:00:00Z'), period: FEBRUARY };
    const held = await aWorld({ orders: [orderOf(sale)], holdDays: 14 });
    expect((await held.ask()).period).toMatchObject({ reason: 'month_after_hold', maturesOn: '2026-02-11' });
    const late = await aWorld({ orders: [orderOf(sale)] });
    expect((await late.ask()).period).toMatchObject({ reason: 'first_open_month', naturalPeriod: '2026-01' });
    expect((await late.ask()).period.sentence).toContain('2026-01 was closed when it was recorded');
  });

  it('nets a refund in time and estimates what a late one takes back', async () => {
    const netted = aRefund({ refundId: 'r1', amountMinor: 2_00n });
    const late = aRefund({ refundId: 'r2', amountMinor: 4_00n, period: FEBRUARY, late: true, kind: 'chargeback' });
    const order = orderOf({ nettedMinor: 2_00n, refundedMinor: 6_00n }, [late, netted]);
    const { ask, close } = await aWorld({ orders: [order] });
    await close();
    const told = await ask();
    expect(told.netting).toMatchObject({ nettedMinor: 2_00n, baseMinor: 8_00n, refunds: [{ refundId: 'r1' }] });
    // Half of what is left to earn on is given back: half of 0.80 and half of 5.00.
    expect(told).toMatchObject({ estimate: false, earnedMinor: 580n, clawbackMinor: -290n });
    expect(told.clawbacks).toMatchObject([
      { refundId: 'r2', estimate: true, lines: [{ amountMinor: -40n }, { amountMinor: -250n }] },
    ]);
    expect(told.clawbacks[0]?.sentence).toContain('would take back 2.90 GBP');
  });

  it('finds the bracket among the other sales of the month, unless they are too many', async () => {
    const orders = [orderOf({}), orderOf({ orderId: 'o2', occurredAt: instant('2026-01-20T00:00:00Z') })];
    const plan: Plan = { version: 1, components: [VOLUME, SHARE] };
    const counted = await (await aWorld({ orders, plan })).ask();
    expect(counted.decisions[0]).toMatchObject({ outcome: 'paid', lines: [{ rateBps: 200, amountMinor: 20n }] });
    const tooMany = await (await aWorld({ orders, plan, maxCounted: 1 })).ask();
    expect(tooMany.decisions.map(({ outcome }) => outcome)).toEqual(['not_counted', 'paid']);
  });
});

describe('a partner that asks', () => {
  const touches = [
    { kind: 'code' as const, reference: 'MIRA10', partnerId: 'mira', outcome: 'won' as const },
    {
      kind: 'link' as const,
      reference: 'rival',
      partnerId: 'rival',
      clickId: 'k1',
      at: 5,
      outcome: 'outweighed' as const,
    },
    { kind: 'code' as const, reference: 'RIVAL', outcome: 'rejected' as const, rejected: 'unknown_code' as const },
  ];
  const attribution = { touches, why: 'code_beats_link' as const };

  it('is told of its own sales only: others are not found, as if they did not exist', async () => {
    const { ask } = await aWorld({ orders: [orderOf({}), orderOf({ orderId: 'free', partnerId: undefined })] });
    await expect(ask('o1', ['rival'])).rejects.toMatchObject({ code: 'not_found' });
    await expect(ask('free', ['mira'])).rejects.toMatchObject({ code: 'not_found' });
    await expect(ask('nothing', ['mira'])).rejects.toMatchObject({ code: 'not_found' });
    await expect(ask('o1', [])).rejects.toMatchObject({ code: 'not_found' });
  });

  it('sees that others touched the sale, never who, and not who bought', async () => {
    const { ask } = await aWorld({ orders: [orderOf({ attribution })] });
    const told = await ask('o1', ['mira']);
    expect(told.attribution.touches).toEqual([
      { kind: 'code', reference: 'MIRA10', partnerId: 'mira', outcome: 'won', sentence: 'The code MIRA10 won.' },
      { kind: 'link', outcome: 'outweighed', sentence: 'Another link counted but was outweighed.' },
      {
        kind: 'code',
        outcome: 'rejected',
        rejected: 'unknown_code',
        sentence: 'Another code did not count: no such code was given out.',
      },
    ]);
    expect(toJson(explanationAnswer(told))).not.toMatch(/rival|k1|c1/i);
    expect((await ask()).attribution.touches[1]).toMatchObject({ partnerId: 'rival', at: '1970-01-01T00:00:00.005Z' });
  });

  it.each([undefined, ['mira']])('gets what the contract promises and nothing else (%j)', async (onlyPartners) => {
    const late = aRefund({ refundId: 'r2', period: FEBRUARY, late: true });
    const { ask, close } = await aWorld({ orders: [orderOf({ attribution, refundedMinor: 4_00n }, [late])] });
    await close();
    const sent: unknown = JSON.parse(toJson(explanationAnswer(await ask('o1', onlyPartners))));
    expect(explanationSchema.parse(sent)).toEqual(sent);
  });
});
