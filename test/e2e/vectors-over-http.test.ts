import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalStack, startLocalStack } from '#test/support/local-stack';
import { closePeriod } from '#test/support/programme';

type Fact = { occurredAt: string; amountMinor: number; closedThroughAtRecording?: string };
type Case = {
  name: string;
  history: {
    program: { timeZone: string; holdDays: number; currency: string; minimumPayoutMinor: number };
    planHistory: { version: number; from: string; components: unknown[] }[];
    tierHistory: { tier: string; from: string }[];
    conversions: (Fact & { id: string; customerId: string })[];
    refunds?: (Fact & { id: string; conversionId: string })[];
    adjustments?: (Fact & { id: string })[];
    customerFirstPurchaseAt?: Record<string, string>;
    openingBalanceMinor?: number;
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
];

const all = JSON.parse(readFileSync(join(import.meta.dirname, '../vectors/statements.json'), 'utf8')) as Case[];
let stack: LocalStack;

beforeAll(async () => {
  stack = await startLocalStack();
});
afterAll(() => stack?.stop());

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
      expect(items).toHaveLength(1);
      expect(pick(items[0]!, AMOUNTS)).toEqual(pick(expected as never, AMOUNTS));
      const lines = await api.list<Record<string, unknown>>(
        `/v1/programs/${programId}/statements/${items[0]!.statementId}/lines`,
      );
      expect(lines.map((line) => pick(line, COMPARED))).toEqual(expected.lines.map((line) => pick(line, COMPARED)));
      await sendFacts(programId, history, expected.period, sent);
    }
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
  await api.post(`/v1/programs/${programId}/partners`, {
    partnerId: 'p1',
    name: 'Partner',
    email: `p1.${programId}@partners.example`,
    startsAt: firstPlan.from,
    planVersion: firstPlan.version,
    tier: firstTier.tier,
  });
  for (const { from, version } of history.planHistory.slice(1)) {
    await api.post(`/v1/programs/${programId}/partners/p1/agreements`, { startsAt: from, planVersion: version });
  }
  for (const { from, tier } of history.tierHistory.slice(1)) {
    await api.post(`/v1/programs/${programId}/partners/p1/tiers`, { from, tier, reason: 'As in the case' });
  }
  return programId;
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
      amount: { minor: sale.amountMinor, currency },
      partnerId: 'p1',
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
