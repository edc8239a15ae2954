import { describe, expect, it } from 'vitest';
import { explanationAnswer } from '#functions/payouts/statements/explanation-answer';
import { toJson } from '#functions/runtime/http';
import type { RecordedAdjustment } from '#shared/application/payouts/adjustments/adjustment-ports';
import { makeExplainConversion } from '#shared/application/payouts/explain/explain-conversion';
import type { ExplainedOrder, OrderDispute } from '#shared/application/payouts/explain/explain-ports';
import type { Explanation } from '#shared/application/payouts/explain/explanation';
import type { ConversionFact, ReferralFacts } from '#shared/application/referral-facts';
import { explanationSchema } from '#shared/contracts/payouts/statements/explain-conversion';
import { namesOrder } from '#shared/domain/explain/explain-naming';
import type { Payout } from '#shared/domain/ledger/payout';
import type { PartnerTerms, Plan } from '#shared/domain/plan/plan';
import type { NothingEarned } from '#shared/domain/statement/statement';
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
  readonly disputes?: readonly OrderDispute[];
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
    adjustments: half.money.adjustments,
    disputes: { ofOrder: async (_programId, orderId) => (orderId === 'o1' ? (world.disputes ?? []) : []) },
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
    expect(told.nothingBecause).toMatchObject({ reason: 'unattributed', estimate: false });
    expect(told.story.at(-1)).toBe(
      'It earned nothing because nobody can claim it: without a partner no agreement and no plan is asked.',
    );
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
    expect(told).toMatchObject({ earnedMinor: 0n, nothingBecause: { reason } });
    expect(told.summary).toContain(words);
    // Each component of the plan in force says so too; without an agreement there is none.
    const decided = told.decisions.map(({ componentId, outcome, reason: why }) => [componentId, outcome, why]);
    const each = [
      ['share', 'nothing', reason],
      ['welcome', 'nothing', reason],
      ['retainer', 'by_the_period', undefined],
    ];
    expect(decided).toEqual(reason === 'no_agreement' ? [] : each);
    expect(told.story.filter((sentence) => sentence.includes(words))).toHaveLength(1);
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

describe('where a sale stands in its brackets', () => {
  const day = (date: string) => instant(`2026-01-${date}T00:00:00Z`);
  const three = ['05', '06', '07'].map((date, index) => orderOf({ orderId: `o${index + 1}`, occurredAt: day(date) }));
  const byRevenue = {
    kind: 'revenue_share',
    id: 'steps',
    mode: 'graduated',
    metric: 'revenue',
    brackets: [
      { upTo: 15_00n, rateBps: 1000 },
      { upTo: null, rateBps: 2000 },
    ],
  } as const;
  const byCount = {
    ...byRevenue,
    metric: 'conversions',
    brackets: [
      { upTo: 1n, rateBps: 1000 },
      { upTo: 2n, rateBps: 1500 },
      { upTo: null, rateBps: 2000 },
    ],
  } as const;
  const toldOf = async (plan: Plan, orderId: string, isClosed = false) => {
    const world = await aWorld({ orders: three, plan });
    if (isClosed) await world.close();
    return (await world.ask(orderId)).decisions[0]?.position;
  };

  it.each([false, true])('says how much of it lies in which bracket (stated: %j)', async (isClosed) => {
    const plan: Plan = { version: 1, components: [byRevenue] };
    expect(await toldOf(plan, 'o2', isClosed)).toEqual({
      mode: 'graduated',
      metric: 'revenue',
      countedBefore: 10_00n,
      countedAfter: 20_00n,
      brackets: [
        { above: 0n, upTo: 15_00n, rateBps: 1000, baseMinor: 5_00n },
        { above: 15_00n, upTo: null, rateBps: 2000, baseMinor: 5_00n },
      ],
      sentence:
        'For "steps" the month had counted 10.00 GBP before it, so it lies with 5.00 GBP in the bracket up to 15.00 GBP ' +
        'at 10 % and 5.00 GBP in the bracket above 15.00 GBP at 20 %.',
    });
  });

  it('says which sale of the month it is', async () => {
    const plan: Plan = { version: 1, components: [byCount] };
    expect((await toldOf(plan, 'o2', true))?.sentence).toBe(
      'For "steps" it is sale number 2 of the month: the bracket above 1 up to 2 pays 15 %.',
    );
    expect((await toldOf(plan, 'o3'))?.sentence).toContain(
      'sale number 3 of the month: the bracket above 2 pays 20 %.',
    );
  });

  it('says what the whole month comes to where one rate is for all', async () => {
    const plan: Plan = { version: 1, components: [VOLUME] };
    expect(await toldOf(plan, 'o1', true)).toMatchObject({
      countedBefore: 0n,
      countedAfter: 1n,
      monthTotal: 3n,
      brackets: [{ above: 1n, upTo: null, rateBps: 200, baseMinor: 10_00n }],
      sentence: 'For "volume" the whole month comes to 3 sales: the bracket above 1 pays all of it 2 %.',
    });
  });

  it('names no bracket where a rate rule outranks them, and none of a sale outside the window', async () => {
    const ruled: Plan = { version: 1, components: [{ ...byCount, rates: [{ category: 'books', rateBps: 500 }] }] };
    const orders = [orderOf({}), orderOf({ orderId: 'o2', occurredAt: day('20'), category: 'books' })];
    const position = (await (await aWorld({ orders, plan: ruled })).ask('o2')).decisions[0]?.position;
    expect(position).toMatchObject({ countedBefore: 1n, countedAfter: 2n, brackets: [] });
    expect(position?.sentence).toBe('For "steps" the month had counted 1 sale before it.');
    const windowed: Plan = { version: 1, components: [{ ...byCount, windowMonths: 1 }] };
    const firstPurchase = { at: instant('2025-01-01T00:00:00Z') };
    const [outside] = (await (await aWorld({ orders, plan: windowed, firstPurchase })).ask('o2')).decisions;
    expect(outside).toMatchObject({ outcome: 'nothing', reason: 'outside_window', position: undefined });
  });
});

describe('what an explanation tells of a sale', () => {
  it('says what each refund in time leaves, in the order in which they count', async () => {
    const first = aRefund({ refundId: 'r9', amountMinor: 2_00n, occurredAt: instant('2026-01-11T00:00:00Z') });
    const second = aRefund({ refundId: 'r1', amountMinor: 3_00n, occurredAt: instant('2026-01-12T00:00:00Z') });
    const { ask } = await aWorld({ orders: [orderOf({ nettedMinor: 5_00n, refundedMinor: 5_00n }, [second, first])] });
    const { netting, story } = await ask();
    expect(netting.refunds.map(({ refundId, leftMinor }) => [refundId, leftMinor])).toEqual([
      ['r9', 8_00n],
      ['r1', 5_00n],
    ]);
    expect(netting.refunds[0]?.sentence).toBe(
      'The refund r9 of 2.00 GBP at 2026-01-11T00:00:00.000Z belongs to 2026-01 and leaves 8.00 GBP.',
    );
    expect(story).toEqual(expect.arrayContaining(netting.refunds.map(({ sentence }) => sentence)));
  });

  it("says until when agreement and tier were in force, and that terms are the partner's own", async () => {
    const at = (date: string) => instant(`2026-${date}T00:00:00Z`);
    const terms: PartnerTerms = {
      partnerId: 'mira',
      agreements: [
        { agreementId: 'a1', from: at('01-01'), endsAt: at('06-01'), planVersion: 1, sequence: 1, components: [SHARE] },
        { from: at('03-01'), planVersion: 1, sequence: 2 },
      ],
      tiers: [
        { from: at('01-01'), tier: 'referral', sequence: 1 },
        { from: at('02-01'), tier: 'certified', sequence: 2 },
      ],
    };
    const { agreement, tier } = await (await aWorld({ terms })).ask();
    expect(agreement).toMatchObject({ agreementId: 'a1', ownTerms: true, until: at('03-01'), endsAt: at('06-01') });
    expect(agreement?.sentence).toContain(`until ${at('03-01')}, pays by the custom terms of agreement a1`);
    expect(tier).toMatchObject({ tier: 'referral', until: at('02-01') });
  });

  it.each([
    ['2025-06-01T00:00:00Z', { at: '2025-06-01T00:00:00Z' }, true, 'that counts'],
    ['2025-06-01T00:00:00Z', { at: '2025-05-01T00:00:00Z' }, false, 'not earlier'],
    ['2025-06-01T00:00:00Z', { at: '2026-01-10T12:00:00Z', orderId: 'o1' }, false, 'after the month'],
  ])('says whether the date %s of a first purchase counts beside %j', async (supplied, known, counts, words) => {
    const firstPurchase = { ...known, at: instant(known.at) };
    const orders = [orderOf({ customerFirstPurchaseAt: instant(supplied) })];
    const told = (await (await aWorld({ orders, firstPurchase })).ask()).firstPurchase.supplied;
    expect(told).toMatchObject({ counts });
    expect(told?.sentence).toContain(words);
  });
});

describe('adjustments and an order', () => {
  const anAdjustment = (adjustmentId: string, changes: Partial<RecordedAdjustment> = {}): RecordedAdjustment => ({
    adjustmentId,
    partnerId: 'mira',
    period: JANUARY,
    occurredAt: instant('2026-01-20T00:00:00Z'),
    amountMinor: 3_00n,
    currency: 'GBP',
    reason: 'dispute d1 about order o1, decided on 2026-01-20',
    reasonCode: 'dispute',
    links: { disputeId: 'd1' },
    recordedBy: 'person:m',
    recordedAt: instant('2026-01-20T00:00:00Z'),
    ...changes,
  });

  it('that name it are told, with their dispute and the statement that counts them', async () => {
    const { ask, close, half } = await aWorld();
    await half.money.adjustments.record('acme', anAdjustment('a1'));
    await half.money.adjustments.record('acme', anAdjustment('a2', { reason: 'goodwill for order o12' }));
    await close();
    const told = await ask('o1', ['mira']);
    expect(told.adjustments).toMatchObject([
      { adjustmentId: 'a1', disputeId: 'd1', status: 'recorded', statementId: '2026-01.1~mira~GBP' },
    ]);
    expect(told.adjustments[0]?.sentence).toBe(
      'The adjustment a1 of 3.00 GBP for partner mira for dispute d1 names it, ' +
        '"dispute d1 about order o1, decided on 2026-01-20", and counts in 2026-01.',
    );
    expect(told.story).toContain(told.adjustments[0]?.sentence);
    // What the sale earned stays what it was.
    expect(told.earnedMinor).toBe(600n);
  });

  it("are told to staff while they wait for a second person, and another partner's to nobody else", async () => {
    const attribution = { touches: [], why: 'no_touch' as const };
    const { ask, half } = await aWorld({
      orders: [orderOf({}), orderOf({ orderId: 'unclaimed-7', partnerId: undefined, attribution })],
    });
    const proposedAt = instant('2026-01-20T00:00:00Z');
    await half.money.adjustments.propose('acme', { ...anAdjustment('a1'), proposedAt });
    await half.money.adjustments.record(
      'acme',
      anAdjustment('a2', { partnerId: 'rival', reason: 'owed for unclaimed-7' }),
    );
    expect((await ask()).adjustments).toMatchObject([{ adjustmentId: 'a1', status: 'proposed' }]);
    expect((await ask('o1', ['mira'])).adjustments).toEqual([]);
    expect((await ask('unclaimed-7')).adjustments).toMatchObject([{ adjustmentId: 'a2', partnerId: 'rival' }]);
  });
});

describe('disputes about an order', () => {
  const filed = { kind: 'missing', filedAt: instant('2026-01-21T00:00:00Z') } as const;
  const decidedAt = instant('2026-01-22T00:00:00Z');
  const decision = { number: 1, decidedBy: 'person:m', authority: 'finance', decidedAt } as const;
  const remedy = { kind: 'adjustment', amountMinor: 3_00n, currency: 'GBP' } as const;
  const disputes: readonly OrderDispute[] = [
    { ...filed, disputeId: 'd1', partnerId: 'mira', decisions: [] },
    {
      ...filed,
      disputeId: 'd2',
      partnerId: 'rival',
      kind: 'incorrect',
      endedAs: 'carried_out',
      decisions: [{ ...decision, outcome: 'partly_accepted', remedy }],
    },
    { ...filed, disputeId: 'd3', partnerId: 'mira', endedAs: 'withdrawn', decisions: [] },
    { ...filed, disputeId: 'd4', partnerId: 'mira', decisions: [{ ...decision, outcome: 'declined' }] },
  ];

  it('are told with what came of them, without who decided', async () => {
    const told = await (await aWorld({ disputes })).ask();
    const since = 'claimed at 2026-01-21T00:00:00.000Z that its commission is';
    expect(told.disputes.map(({ sentence }) => sentence)).toEqual([
      `Partner mira ${since} missing (dispute d1): it waits for an answer.`,
      `Partner rival ${since} incorrect (dispute d2): it was accepted in part at ${decidedAt}, with an adjustment of 3.00 GBP.`,
      `Partner mira ${since} missing (dispute d3): it was withdrawn.`,
      `Partner mira ${since} missing (dispute d4): it was declined at ${decidedAt}.`,
    ]);
    expect(toJson(explanationAnswer(told))).not.toContain('person:m');
    expect(told.story).toEqual(expect.arrayContaining(told.disputes.map(({ sentence }) => sentence)));
  });

  it('of others are not told to a partner', async () => {
    const told = await (await aWorld({ disputes })).ask('o1', ['mira']);
    expect(told.disputes.map(({ disputeId }) => disputeId)).toEqual(['d1', 'd3', 'd4']);
    const sent: unknown = JSON.parse(toJson(explanationAnswer(told)));
    expect(explanationSchema.parse(sent)).toEqual(sent);
    expect(toJson(sent)).not.toContain('rival');
  });

  it('bring the adjustments of whoever filed them', async () => {
    const { ask, half } = await aWorld({ disputes });
    await half.money.adjustments.record('acme', {
      adjustmentId: 'a9',
      partnerId: 'rival',
      period: JANUARY,
      occurredAt: decidedAt,
      amountMinor: 3_00n,
      currency: 'GBP',
      reason: 'dispute d2 about order o1, decided on 2026-01-22',
      reasonCode: 'dispute',
      links: { disputeId: 'd2' },
      recordedBy: 'person:m',
      recordedAt: decidedAt,
    });
    expect((await ask()).adjustments).toMatchObject([{ adjustmentId: 'a9', disputeId: 'd2' }]);
    expect((await ask('o1', ['mira'])).adjustments).toEqual([]);
  });
});

describe('a reason', () => {
  it.each([
    ['dispute d about order o1, decided', 'o1', true],
    ['for order: o1.', 'o1', true],
    ['order "o1"', 'o1', true],
    ['o1', 'o1', false],
    ['order o12', 'o1', false],
    ['order o1.2', 'o1', false],
    ['order xo1', 'o1', false],
    ['bonus for INV-2026-77', 'INV-2026-77', true],
    ['bonus for INV-2026-771', 'INV-2026-77', false],
    ['bonus for INV-2026-77-b and INV-2026-77', 'INV-2026-77', true],
  ])('%j names order %s: %j', (text, orderId, expected) => {
    expect(namesOrder(text, orderId)).toBe(expected);
  });
});

describe('how a sale found its partner', () => {
  const rules = { model: 'first_touch', windowDays: 7, codeBeatsLink: false, bindCustomers: 'first_sale' } as const;
  const touches = [
    { kind: 'binding' as const, reference: 'o0', partnerId: 'mira', at: 4, outcome: 'won' as const },
    { kind: 'link' as const, reference: 'rival', partnerId: 'rival', at: 5, outcome: 'outweighed' as const },
    {
      kind: 'code' as const,
      reference: 'OLD',
      at: 1,
      outcome: 'rejected' as const,
      rejected: 'outside_window' as const,
    },
  ];

  it('is told by the rules that were in force then, in words', async () => {
    const attribution = { touches, why: 'binding_beats_touches' as const, rules };
    const { ask } = await aWorld({ orders: [orderOf({ attribution })] });
    const told = (await ask()).attribution;
    expect(told.rules).toEqual(rules);
    expect(told.sentence).toContain('the customer is bound to the partner, which in this programme outranks');
    expect(told.touches.map(({ sentence }) => sentence)).toEqual([
      'The binding of the customer by o0 won.',
      'The link rival counted but was outweighed.',
      'The code OLD did not count: it is older than the programme looks back.',
    ]);
  });

  it("is told by today's rules where none were kept, and says whose word bound the customer", async () => {
    const bound = [{ kind: 'binding' as const, partnerId: 'mira', at: 4, outcome: 'won' as const }];
    const attribution = { touches: bound, why: 'bound_customer' as const };
    const { ask } = await aWorld({ orders: [orderOf({ attribution, earnsNothing: 'existing_customer' })] });
    const told = await ask();
    expect(told.attribution.rules).toMatchObject({ model: 'last_touch' });
    expect(told.attribution.touches[0]?.sentence).toBe("A person's binding of the customer won.");
    expect(told.nothingBecause?.sentence).toContain('only new customers pay, and the customer had bought before');
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
