import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RecordedAdjustment } from '#shared/application/payouts/ports';
import { watchFacts } from '#shared/application/payouts/statements/watch-facts';
import type { ConversionFact } from '#shared/application/referral-facts';
import { newHash } from '#test/support/builders/closing-half';
import { factsWith, sale } from '#test/support/builders/computed-run';
import { instant, JANUARY } from '#test/support/builders/runs';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const line = (fields: readonly unknown[]): string => `${JSON.stringify(fields)}\n`;

const anAdjustment = (overrides: Partial<RecordedAdjustment> = {}): RecordedAdjustment => ({
  adjustmentId: 'a1',
  partnerId: 'p1',
  period: JANUARY,
  occurredAt: instant('2026-01-20T00:00:00Z'),
  amountMinor: 500n,
  currency: 'GBP',
  reason: 'Goodwill',
  reasonCode: 'other',
  recordedBy: 'person:x',
  recordedAt: instant('2026-01-20T00:00:00Z'),
  ...overrides,
});

async function digestOf(fact: ConversionFact, adjustment = anAdjustment()): Promise<string> {
  const watched = watchFacts({
    facts: factsWith([fact]),
    adjustments: { ofPartner: async () => [adjustment] },
    newHash,
  });
  for await (const _ of watched.facts.conversions('acme', 'p1', JANUARY));
  await watched.adjustments.ofPartner('acme', 'p1', JANUARY);
  return watched.digest();
}

describe('the digest of what a shard read', () => {
  it.each([
    ['a category', { category: 'books' }, {}],
    ['another category', { category: 'games' }, {}],
    ['a country', { country: 'DE' }, {}],
    ['the same word as a country', { country: 'books' }, {}],
    ['a reason code', {}, { reasonCode: 'bonus' as const }],
  ])('is another one with %s', async (_what, fact, adjustment) => {
    const others = [sale('o1'), sale('o1', { category: 'toys' })];
    const digest = await digestOf(sale('o1', fact), anAdjustment(adjustment));
    for (const other of others) expect(digest).not.toBe(await digestOf(other));
    expect(digest).toBe(await digestOf(sale('o1', fact), anAdjustment(adjustment)));
  });

  it('stays as it was for a sale and an adjustment that say none of these', async () => {
    const { orderId, customerId, occurredAt } = sale('o1');
    const sales = sha(line([orderId, customerId, occurredAt, '10000', 'GBP', '0', null]));
    const adjustments = sha(line(['a1', '2026-01-20T00:00:00.000Z', '500', 'GBP']));
    const keys = [line(['Adjustments of p1', adjustments]), line(['Sales of p1', sales])];
    expect(await digestOf(sale('o1'))).toBe(sha(keys.join('')));
  });
});
