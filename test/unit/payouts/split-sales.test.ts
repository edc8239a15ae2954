import { describe, expect, it } from 'vitest';
import { explanationAnswer } from '#functions/payouts/statements/explanation-answer';
import { toJson } from '#functions/runtime/http';
import { makeExplainConversion } from '#shared/application/payouts/explain/explain-conversion';
import { factsOfPartnerAsOf } from '#shared/application/payouts/ledger/facts-as-of';
import { makeDifferences } from '#shared/application/payouts/proof/verify-differences';
import { verifySplits } from '#shared/application/payouts/proof/verify-splits';
import {
  type ConversionFact,
  factsOfPartner,
  type OrderFacts,
  type ReferralFacts,
  type RefundFact,
} from '#shared/application/referral-facts';
import { partsOfSale, splitRefund } from '#shared/application/referrals/sales/split-credit';
import { explanationSchema } from '#shared/contracts/payouts/statements/explain-conversion';
import type { Component, PartnerTerms, Plan } from '#shared/domain/plan/plan';
import { aClosingHalf } from '#test/support/builders/closing-half';
import { aConversion, aRefund, instant } from '#test/support/builders/referrals';
import { FEBRUARY, JANUARY } from '#test/support/builders/runs';
import { makeFakeReferrals } from '#test/support/fakes/referrals';
import { makeFakeStatedFacts } from '#test/support/fakes/stated-facts';

const share = (rateBps: number): Component => ({
  kind: 'revenue_share',
  id: 'share',
  ratesByTier: { referral: rateBps },
});
const FEE: Component = { kind: 'referral_fee', id: 'welcome', amountMinor: 501n };
const PLANS: ReadonlyMap<number, Plan> = new Map([
  [1, { version: 1, components: [share(1_000), FEE] }],
  [2, { version: 2, components: [share(500)] }],
]);
const partner = (partnerId: string, planVersion: number): PartnerTerms => ({
  partnerId,
  agreements: [{ from: instant('2026-01-01T00:00:00Z'), planVersion, sequence: 1 }],
  tiers: [{ from: instant('2026-01-01T00:00:00Z'), tier: 'referral', sequence: 1 }],
});
const PARTNERS = [partner('mira', 1), partner('noor', 2)];

/** A sale of 100.01 of which mira has a half and noor the other, with a refund in time and one in February. */
async function aWorld() {
  const referrals = makeFakeReferrals();
  const sale = aConversion({
    programId: 'acme',
    partnerId: undefined,
    credits: ['mira', 'noor'].map((partnerId) => ({ partnerId, shareBps: 5_000 })),
    amountMinor: 100_01n,
    attribution: {
      touches: ['mira', 'noor'].map((id) => ({ kind: 'partner', reference: id, partnerId: id, outcome: 'won' })),
      why: 'named_by_merchant',
    },
  });
  const { period, occurredAt } = sale;
  const first = { period, occurredAt, conversionId: sale.orderId };
  await referrals.conversions.add(sale, { first }, partsOfSale(sale));
  const refund = async (changes: Parameters<typeof aRefund>[0]): Promise<void> => {
    const one = aRefund({ programId: 'acme', partnerId: undefined, ...changes });
    const known = (await referrals.conversions.find('acme', 'o1'))!;
    await referrals.refunds.add(one, known.amountMinor, known.reattributions, splitRefund(known, one));
  };
  await refund({ refundId: 'r1', amountMinor: 3_33n });
  const half = aClosingHalf({ partners: PARTNERS, plans: PLANS, facts: referrals.facts });
  await half.ready();
  const explain = makeExplainConversion({
    programs: half.programs,
    runs: half.money.runs,
    partners: half.terms,
    plans: { get: async (_programId, version) => PLANS.get(version) },
    facts: referrals.facts,
    orders: referrals.conversions,
    statements: half.money.statements,
    stated: makeFakeStatedFacts(half.money.statements),
    payouts: { get: async () => undefined },
    adjustments: half.money.adjustments,
    disputes: { ofOrder: async () => [] },
  });
  const close = async (month: typeof JANUARY): Promise<readonly string[]> => {
    half.time.now = Date.parse(`${month === JANUARY ? FEBRUARY : '2026-03'}-01T08:00:00Z`);
    const run = await half.toDecision(month);
    await half.approve(run, 'person:a');
    await half.approve(run, 'person:b');
    await half.complete({ programId: 'acme', runId: run.runId });
    const { items } = await half.list({ programId: 'acme', period: month, limit: 10 });
    const pages = await Promise.all(
      items.map(({ statementId }) => half.money.statements.pages('acme', statementId, { limit: 10 })),
    );
    return pages.flatMap(({ items: found }, index) =>
      found.flatMap(({ lines }) =>
        lines.map(
          (line) => `${items[index]?.partnerId} ${line.componentId} ${line.amountMinor} of ${line.baseMinor ?? ''}`,
        ),
      ),
    );
  };
  return { referrals, half, explain, refund, close };
}

describe('closing months with a split sale', () => {
  it('pays each partner its part by its own terms, and takes back from each its part of a late refund', async () => {
    const { refund, close } = await aWorld();
    expect(await close(JANUARY)).toEqual(['mira share 483 of 4834', 'mira welcome 250 of ', 'noor share 242 of 4834']);
    await refund({
      refundId: 'r2',
      amountMinor: 96_68n,
      period: FEBRUARY,
      late: true,
      occurredAt: instant('2026-02-10T00:00:00Z'),
    });
    expect(await close(FEBRUARY)).toEqual(['mira share -483 of ', 'mira welcome -250 of ', 'noor share -242 of ']);
  });

  it('reads of an order what the partner has of it', async () => {
    const { referrals } = await aWorld();
    const order = (await referrals.facts.order('acme', 'o1'))!;
    expect(factsOfPartner(order, 'noor').conversion).toMatchObject({ amountMinor: 50_01n, nettedMinor: 1_67n });
    expect(factsOfPartner(order, 'zoe').conversion).toMatchObject({ amountMinor: 100_01n, partnerId: undefined });
  });

  it('accrues each part as it was before a refund that came later', async () => {
    const { referrals } = await aWorld();
    const refunds: RefundFact[] = [];
    for await (const one of referrals.facts.refunds('acme', 'noor', JANUARY)) refunds.push(one);
    const at = instant('2026-01-16T00:00:00Z');
    const before = factsOfPartnerAsOf(referrals.facts, { at, knownAt: at }, refunds);
    const order = (await before.order('acme', 'o1'))!;
    expect(factsOfPartner(order, 'noor')).toMatchObject({ conversion: { nettedMinor: 0n }, refunds: [] });
  });
});

describe('explaining a split sale', () => {
  it('tells staff of every part what it earned and why', async () => {
    const { explain, close } = await aWorld();
    await close(JANUARY);
    const told = await explain({ programId: 'acme', orderId: 'o1' });
    expect(explanationSchema.parse(JSON.parse(toJson(explanationAnswer(told))))).toMatchObject({
      partnerId: null,
      amount: { minor: 100_01 },
      status: 'attributed',
      earnedMinor: 975,
      parts: [
        { partnerId: 'mira', shareBps: 5_000, amount: { minor: 50_00 }, earnedMinor: 733, estimate: false },
        { partnerId: 'noor', shareBps: 5_000, amount: { minor: 50_01 }, earnedMinor: 242 },
      ],
    });
    expect(told.summary).toBe("It earned its 2 partners 9.75 GBP together: 2 parts, each by its partner's own terms.");
    expect(told.story).toContain('The merchant split this sale between 2 partners: mira 50 %, noor 50 %.');
    expect(told.story).toContain('mira: It earned partner mira 7.33 GBP.');
    expect(told.parts?.[0]?.story).toContain(
      'The referral fee "welcome" earned 2.50 GBP: its part, 50 %, of 5.01 GBP.',
    );
    expect(told.statements).toHaveLength(2);
  });

  it('tells a partner its own part and that it was split, not with whom', async () => {
    const { explain } = await aWorld();
    const told = await explain({ programId: 'acme', orderId: 'o1', onlyPartners: ['noor'] });
    expect(told).toMatchObject({
      partnerId: 'noor',
      shareBps: 5_000,
      amountMinor: 50_01n,
      netting: { nettedMinor: 1_67n },
    });
    expect(told.attribution.sentence).toBe(
      'The merchant split this sale between 2 partners: partner noor has 50 % of it, 50.01 GBP, and as much of each refund.',
    );
    expect(told.parts).toBeUndefined();
    expect(JSON.stringify(told, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
      'mira',
    );
    await expect(explain({ programId: 'acme', orderId: 'o1', onlyPartners: ['zoe'] })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('proving a split sale', () => {
  const differing = async (change: (order: OrderFacts) => OrderFacts | undefined): Promise<readonly string[]> => {
    const { referrals } = await aWorld();
    const differences = makeDifferences();
    const order: ReferralFacts['order'] = async (...asked) => {
      const read = await referrals.facts.order(...asked);
      return read && change(read);
    };
    const facts = verifySplits({ ...referrals.facts, order }, differences);
    for (const partnerId of ['mira', 'noor']) for await (const _ of facts.conversions('acme', partnerId, JANUARY));
    return differences.found.map(({ id, field, stored, recomputed }) => `${id} ${field}: ${stored}, not ${recomputed}`);
  };
  const withPart = (changes: Partial<ConversionFact>) => (order: OrderFacts) => ({
    ...order,
    parts: order.parts?.map((part, index) =>
      index === 0 ? { ...part, conversion: { ...part.conversion, ...changes } } : part,
    ),
  });

  it('finds nothing where the parts are the sale', async () => {
    expect(await differing((order) => order)).toEqual([]);
  });

  it.each([
    ['a changed amount', withPart({ amountMinor: 1n }), ['o1 part of mira, amountMinor: 1, not 5000']],
    [
      'changed sums',
      withPart({ refundedMinor: 0n, nettedMinor: 0n }),
      [
        'o1 part of mira, refundedMinor: 0, not 166',
        'o1 part of mira, refunds: 166, not 0',
        'o1 parts, nettedMinor: 167, not 333',
      ],
    ],
    [
      'a missing part',
      (order: OrderFacts) => ({ ...order, parts: order.parts?.slice(1) }),
      [
        'o1 part of mira, amountMinor: missing, not 5000',
        'o1 part of mira, refundedMinor: missing, not 166',
        'o1 parts: 1, not 2',
        'o1 parts, nettedMinor: 167, not 333',
      ],
    ],
    ['a missing sale', () => undefined, ['o1 sale: missing, not split between partners']],
  ])('names %s once', async (_, change, expected) => {
    expect(await differing(change)).toEqual(expected);
  });
});
