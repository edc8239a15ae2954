import { describe, expect, it } from 'vitest';
import {
  makeListNothingEarned,
  type NothingPosition,
} from '#shared/application/payouts/statements/list-nothing-earned';
import { nothingSentence } from '#shared/domain/explain/explain-nothing-words';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import type { NothingEarned } from '#shared/domain/statement/statement';
import { aHeader, aRun } from '#test/support/builders/runs';
import { makeFakeMoney } from '#test/support/fakes/money';
import { makeFakeStatedFacts } from '#test/support/fakes/stated-facts';

const STATEMENT = '2026-01.1~p1~GBP';
const REASONS: readonly NothingEarned[] = [
  { conversionId: 'o1', componentId: 'share', reason: 'no_tier' },
  { conversionId: 'o1', componentId: 'welcome', reason: 'not_the_first_purchase' },
  { conversionId: 'o2', reason: 'no_value' },
  { conversionId: 'o3', reason: 'self_referral' },
];

async function aList(run: Partial<PayoutRun> = { status: 'completed', decision: 'approve' }) {
  const money = makeFakeMoney();
  await money.newWriter().putHeader('acme', aHeader());
  const list = makeListNothingEarned({
    runs: { get: async () => aRun(run) },
    statements: money.statements,
    stated: makeFakeStatedFacts(money.statements, new Map([[STATEMENT, REASONS]])),
  });
  return (limit: number, from: NothingPosition = { page: 0, taken: 0 }, onlyPartners?: readonly string[]) =>
    list({ programId: 'acme', statementId: STATEMENT, onlyPartners, from, limit });
}

describe('the sales of a statement that earned nothing', () => {
  it('are listed with their reasons in words', async () => {
    const { items, next } = await (await aList())(10);
    expect(next).toBeUndefined();
    expect(items.map(({ conversionId, componentId, reason }) => [conversionId, componentId, reason])).toEqual([
      ['o1', 'share', 'no_tier'],
      ['o1', 'welcome', 'not_the_first_purchase'],
      ['o2', undefined, 'no_value'],
      ['o3', undefined, 'self_referral'],
    ]);
    expect(items[2]?.sentence).toBe('It earned nothing because the sale has no value.');
    expect(items[1]?.sentence).toBe(
      'By the component "welcome" it earned nothing because the customer\'s first purchase was another one.',
    );
  });

  it.each([1, 2, 3])('come %i at a time, each once and in order', async (limit) => {
    const list = await aList();
    const seen: NothingEarned[] = [];
    let from: NothingPosition | undefined = { page: 0, taken: 0 };
    while (from) {
      const { items, next } = await list(limit, from);
      expect(items.length).toBeLessThanOrEqual(limit);
      seen.push(...items.map(({ sentence: _, ...entry }) => entry));
      from = next;
    }
    expect(seen).toEqual(REASONS);
  });

  it('are shown to a partner of its own final statement alone', async () => {
    const start = { page: 0, taken: 0 };
    expect((await (await aList())(1, start, ['p1'])).items).toHaveLength(1);
    await expect((await aList())(1, start, ['p2'])).rejects.toMatchObject({ code: 'not_found' });
    const draft = await aList({ status: 'awaiting_decision', contentHash: 'h' });
    await expect(draft(1, start, ['p1'])).rejects.toMatchObject({ code: 'not_found' });
    expect((await draft(1)).items).toHaveLength(1);
  });
});

describe('a reason without its facts', () => {
  it.each([
    'no_agreement',
    'no_value',
    'refunded_before_the_statement',
    'plan_pays_no_conversions',
    'no_tier',
    'tier_not_named',
    'outside_window',
    'not_the_first_purchase',
    'other_currency',
    'cap_reached',
    'after_agreement_ended',
    'self_referral',
  ])('%s reads as a whole sentence', (reason) => {
    const sentence = nothingSentence({ conversionId: 'o1', componentId: 'c', reason });
    expect(sentence).toMatch(/^By the component "c" it earned nothing because [a-z][^:]+(: [^:]+)?\.$/);
    expect(sentence).not.toMatch(/undefined| {2}| \.|at \.|0 months|attribution decided/);
  });
});
