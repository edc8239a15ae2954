import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { asPartner } from '#test/support/partner-token';
import { closePeriod } from '#test/support/programme';

type Fact = { occurredAt: string; amountMinor: number; closedThroughAtRecording?: string };
/** The case's own partner is `part` of them, from 0. */
type Credit = { sharesBps: number[]; part: number };
type Case = {
  name: string;
  history: {
    program: { timeZone: string; holdDays: number; currency: string; minimumPayoutMinor: number };
    planHistory: { version: number; from: string; components: unknown[] }[];
    tierHistory: { tier: string; from: string }[];
    conversions: (Fact & {
      id: string;
      customerId: string;
      currency?: string;
      category?: string;
      country?: string;
      credit?: Credit;
    })[];
    refunds?: (Fact & { id: string; conversionId: string })[];
    adjustments?: (Fact & { id: string })[];
    customerFirstPurchaseAt?: Record<string, string>;
    openingBalanceMinor?: number;
    /** Of the statements; the programme's if absent. */
    currency?: string;
    periods: string[];
  };
  statements: { period: string; lines: Record<string, unknown>[] }[];
};

const AMOUNTS = [
  'earnedMinor',
  'clawbackMinor',
  'adjustmentMinor',
  'openingBalanceMinor',
  'payableMinor',
  'closingBalanceMinor',
];
const COMPARED = ['kind', 'componentId', 'conversionId', 'refundId', 'baseMinor', 'rateBps', 'amountMinor'];
const CASES = [
  'flat-rate-by-program-tier',
  'graduated-crosses-two-brackets',
  'volume-rate-applies-to-all',
  'three-partial-refunds-sum-to-the-whole',
  'late-fact-goes-to-the-first-open-period',
  'negative-balance-is-carried',
  'all-components-together',
  'month-boundary-east-of-utc',
  'adjustments',
  'late-refunds-go-by-period-first',
  'ruled-sale-counts-in-revenue-brackets',
  'both-caps-cut-one-line',
  'fixed-fee-in-a-currency-nobody-sold-in',
  'split-sale-refunded-over-three-periods',
];

const all = ['statements.json', 'rules.json'].flatMap(
  (name) => JSON.parse(readFileSync(join(import.meta.dirname, '../vectors', name), 'utf8')) as Case[],
);
let stack: SharedStack;

beforeAll(async () => {
  stack = await sharedLocalStack();
});

describe('worked cases over HTTP', () => {
  it.concurrent.each(CASES)('%s comes out equal to the minor unit', async (name) => {
    const found = all.find((candidate) => candidate.name === name);
    expect(found, `no vector is called ${name}`).toBeDefined();
    const { history, statements } = found as Case;
    const programId = await setUp(history);
    const sent = new Set<string>();
    await sendFacts(programId, history, undefined, sent);
    for (const expected of statements) {
      await closePeriod(stack, programId, expected.period);
      const api = stack.as('finance');
      const { items } = await api.get<{ items: Record<string, unknown>[] }>(
        `/v1/programs/${programId}/statements?period=${expected.period}&partnerId=p1`,
      );
      const { program, currency = program.currency } = history;
      expect(items.map((item) => item.currency).sort()).toEqual([...new Set([program.currency, currency])].sort());
      const statement = items.find((item) => item.currency === currency)!;
      expect(pick(statement, AMOUNTS)).toEqual(pick(expected as never, AMOUNTS));
      const lines = await api.list<Record<string, unknown>>(
        `/v1/programs/${programId}/statements/${statement.statementId}/lines`,
      );
      expect(lines.map((line) => pick(line, COMPARED))).toEqual(expected.lines.map((line) => pick(line, COMPARED)));
      await sendFacts(programId, history, expected.period, sent);
    }
  });

  it('explains a converted sale by the rule and the cap that decided it, and refuses one that its rate does not come to', async () => {
    const { history } = all.find(({ name }) => name === 'ruled-line-cut-to-the-cap')!;
    const programId = await setUp(history);
    const merchant = stack.as('merchant_key');
    const convertedFrom = { minor: 65_574, currency: 'JPY', rate: '0.0061', source: 'ECB', at: '2026-01-05T15:00:00Z' };
    const sale = {
      orderId: 'yen',
      customerId: 'u1',
      occurredAt: '2026-01-05T12:00:00Z',
      partnerId: 'p1',
      convertedFrom,
    };
    const about = { category: 'books', country: 'JP' };
    const send = (minor: number) => ({ ...sale, ...about, amount: { minor, currency: 'EUR' } });
    await expect(merchant.post(`/v1/programs/${programId}/conversions`, send(40_001))).rejects.toThrow(
      /422 invalid_request: Send the amount 40000, or the rate/,
    );
    const kept = {
      ...about,
      amount: { minor: 40_000, currency: 'EUR' },
      convertedFrom: { ...convertedFrom, at: '2026-01-05T15:00:00.000Z' },
    };
    expect(await merchant.post(`/v1/programs/${programId}/conversions`, send(40_000))).toMatchObject(kept);
    expect(await merchant.get(`/v1/programs/${programId}/conversions/yen`)).toMatchObject(kept);
    const told = await stack
      .as('finance')
      .get<{ story: string[]; decisions: Record<string, unknown>[] }>(
        `/v1/programs/${programId}/conversions/yen/explanation`,
      );
    expect(told).toMatchObject(kept);
    expect(told.story).toContain(
      'It was made in 65574 JPY and converted at 0.0061 EUR for one JPY, as ECB stated at 2026-01-05T15:00:00.000Z: 400.00 EUR.',
    );
    expect(told.story).toContain(
      'The revenue share "base" would earn 15.00 EUR: 5 % of 400.00 EUR, by its rule 1: category books, cut to its cap: at most 15.00 EUR for one customer in a statement.',
    );
  });

  it('shows a split sale with every part to staff, and to a partner its own', async () => {
    const { history } = all.find(({ name }) => name === 'split-referral-fee-the-first')!;
    const programId = await setUp(history);
    const merchant = stack.as('merchant_key');
    const path = `/v1/programs/${programId}/conversions`;
    const sale = {
      orderId: 'both',
      customerId: 'u1',
      occurredAt: '2026-01-05T12:00:00Z',
      amount: { minor: 101, currency: 'EUR' },
      credits: [{ partnerId: 'q1', shareBps: 5_000 }],
    };
    const whole = { ...sale, credits: [...sale.credits, { partnerId: 'p1', shareBps: 5_000 }] };
    await expect(merchant.post(path, { ...whole, partnerId: 'p1' })).rejects.toThrow(/422 invalid_request: Name one/);
    const { items } = await merchant.post<{ items: { status: number; problem?: { errors: unknown[] } }[] }>(
      `${path}/batch`,
      {
        items: [
          sale,
          { ...whole, orderId: 'stranger', credits: [...sale.credits, { partnerId: 'zoe', shareBps: 5_000 }] },
          whole,
          { ...whole, credits: whole.credits.toReversed() },
        ],
      },
    );
    expect(items.map(({ status }) => status)).toEqual([422, 422, 201, 200]);
    expect(items[1]?.problem?.errors).toMatchObject([{ pointer: '/items/1/credits/1/partnerId' }]);
    const refund = { refundId: 'r1', orderId: 'both', occurredAt: '2026-01-06T12:00:00Z', amountMinor: 3 };
    expect(await merchant.post(`/v1/programs/${programId}/refunds`, refund)).toMatchObject({ partnerId: null });
    expect(await merchant.get(`${path}/both`)).toMatchObject({
      partnerId: null,
      credits: [
        { partnerId: 'p1', shareBps: 5_000, amountMinor: 50, refundedMinor: 2, nettedMinor: 2 },
        { partnerId: 'q1', shareBps: 5_000, amountMinor: 51, refundedMinor: 1, nettedMinor: 1 },
      ],
    });
    await expect(
      stack.as('finance').post(`${path}/both/reattribution`, { partnerId: 'p1', reason: 'Alone' }),
    ).rejects.toThrow(/409 reattribution_refused: A split sale stays with its partners/);
    const told = await stack.as('finance').get(`${path}/both/explanation`);
    expect(told).toMatchObject({ amount: { minor: 101 }, parts: [{ partnerId: 'p1' }, { partnerId: 'q1' }] });
    const partner = await asPartner(stack, `q1.${programId}@partners.example`);
    const listed = await partner.get(`${path}?period=2026-01`);
    expect(listed).toMatchObject({ items: [{ amount: { minor: 51 }, shareBps: 5_000, nettedMinor: 1 }] });
    const own = await partner.get(`${path}/both/explanation`);
    expect(own).toMatchObject({ partnerId: 'q1', shareBps: 5_000, netting: { baseMinor: 50 } });
    expect(JSON.stringify([listed, own])).not.toContain('p1');
  });
});

async function setUp(history: Case['history']): Promise<string> {
  const api = stack.as('admin');
  const firstPlan = history.planHistory[0]!;
  const firstTier = history.tierHistory[0]!;
  const { programId } = await api.post<{ programId: string }>('/v1/programs', {
    name: 'Vector',
    ...history.program,
    booksOpenFrom: history.periods[0],
  });
  const versions = new Map(history.planHistory.map((plan) => [plan.version, plan.components]));
  for (const [version, components] of versions)
    await api.post(`/v1/programs/${programId}/plans`, { version, components });
  const others = history.conversions.flatMap(({ credit }) => (credit ? creditsOf(credit) : []));
  for (const partnerId of new Set(['p1', ...others.map((other) => other.partnerId)])) {
    await api.post(`/v1/programs/${programId}/partners`, {
      partnerId,
      name: 'Partner',
      email: `${partnerId}.${programId}@partners.example`,
      startsAt: firstPlan.from,
      planVersion: firstPlan.version,
      tier: firstTier.tier,
    });
  }
  for (const { from, version } of history.planHistory.slice(1)) {
    await api.post(`/v1/programs/${programId}/partners/p1/agreements`, { startsAt: from, planVersion: version });
  }
  for (const { from, tier } of history.tierHistory.slice(1)) {
    await api.post(`/v1/programs/${programId}/partners/p1/tiers`, { from, tier, reason: 'As in the case' });
  }
  return programId;
}

/** The shares with p1 in its place: by id, which is the order that rounding follows. */
function creditsOf({ sharesBps, part }: Credit): { partnerId: string; shareBps: number }[] {
  const idOf = (place: number): string => (place === part ? 'p1' : `${place < part ? 'a' : 'q'}${place}`);
  return sharesBps.map((shareBps, place) => ({ partnerId: idOf(place), shareBps }));
}

/** Sends what is recorded after `closedThrough` was closed: facts say so themselves, the others come first. */
async function sendFacts(
  programId: string,
  history: Case['history'],
  closed: string | undefined,
  sent: Set<string>,
): Promise<void> {
  const merchant = stack.as('merchant_key');
  const currency = history.program.currency;
  const isDue = (fact: Fact & { id: string }, kind: string): boolean => {
    const key = `${kind}:${fact.id}`;
    const after = fact.closedThroughAtRecording;
    const isFirstRound = after === undefined || after < history.periods[0]!;
    const due = !sent.has(key) && (closed === undefined ? isFirstRound : isFirstRound || after <= closed);
    if (due) sent.add(key);
    return due;
  };
  for (const sale of history.conversions.filter((fact) => isDue(fact, 'sale'))) {
    await merchant.post(`/v1/programs/${programId}/conversions`, {
      orderId: sale.id,
      customerId: sale.customerId,
      occurredAt: sale.occurredAt,
      amount: { minor: sale.amountMinor, currency: sale.currency ?? currency },
      ...(sale.credit ? { credits: creditsOf(sale.credit).toReversed() } : { partnerId: 'p1' }),
      ...pick(sale, ['category', 'country']),
      ...(history.customerFirstPurchaseAt?.[sale.customerId]
        ? { customerFirstPurchaseAt: history.customerFirstPurchaseAt[sale.customerId] }
        : {}),
    });
  }
  for (const refund of (history.refunds ?? []).filter((fact) => isDue(fact, 'refund'))) {
    await merchant.post(`/v1/programs/${programId}/refunds`, {
      refundId: refund.id,
      orderId: refund.conversionId,
      occurredAt: refund.occurredAt,
      amountMinor: refund.amountMinor,
      kind: 'refund',
    });
  }
  for (const adjustment of (history.adjustments ?? []).filter((fact) => isDue(fact, 'adjustment'))) {
    await stack.as('admin').post(`/v1/programs/${programId}/adjustments`, {
      partnerId: 'p1',
      amountMinor: adjustment.amountMinor,
      currency,
      occurredAt: adjustment.occurredAt,
      reason: 'As in the case',
    });
  }
}

function pick(from: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]])));
}
