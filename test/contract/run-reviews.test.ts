import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditEffectsOfItem } from '#shared/adapters/dynamodb/money/audit/audit-effects';
import { payoutHoldKey, payoutHoldReleaseKey, reviewPageKey } from '#shared/adapters/dynamodb/money/money-keys';
import { makePayoutHolds } from '#shared/adapters/dynamodb/money/runs/payout-holds';
import { makeRunReviews } from '#shared/adapters/dynamodb/money/runs/run-reviews';
import { disputeItem } from '#shared/adapters/dynamodb/partners/dispute-items';
import { makeOpenDisputes } from '#shared/adapters/dynamodb/partners/open-disputes';
import { payeeKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import { makePayeesOnRecord } from '#shared/adapters/dynamodb/partners/payees-on-record';
import type { PayoutHold, PayoutHolds } from '#shared/application/payouts/holds/payout-hold-ports';
import type { RunReviews } from '#shared/application/payouts/runs/review/review-ports';
import { NOTHING_BEFORE, type ReviewFacts, reviewRow } from '#shared/domain/run/review';
import { makeReviewTally, pageLeaf } from '#shared/domain/run/review-summary';
import { AT_ONCE } from '#test/support/builders/closing-half';
import { aDispute } from '#test/support/builders/disputes';
import { at, bankPayee, sha256 } from '#test/support/builders/payouts';
import { collected } from '#test/support/collected';
import { makeFakePayoutHolds, makeFakeReviews } from '#test/support/fakes/reviews';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table?.stop());

const asOf = at('2026-02-01T08:00:00Z');
const LATER = at('2026-02-02T08:00:00Z');
const rules = { asOf, changeFlagPercent: 50 };
const facts = (partnerId: string, over: Partial<ReviewFacts> = {}): ReviewFacts => ({
  partnerId,
  currency: 'GBP',
  statement: {
    earnedMinor: 9_007_199_254_740_991n,
    clawbackMinor: -1n,
    adjustmentMinor: 0n,
    openingBalanceMinor: 0n,
    payableMinor: 5n,
    closingBalanceMinor: 0n,
  },
  waitingPayouts: 0,
  waitingMinor: 0n,
  standingHolds: [],
  openDisputes: 0,
  heldSales: 0,
  heldSalesMinor: 0n,
  ...over,
});
const full = reviewRow(
  facts('p2', {
    payee: { payeeId: 'c1', rail: 'nacha', usableFrom: asOf },
    railProblem: 'currency_unsupported',
    lastPaid: { runId: '2025-12.1', payeeId: 'c0' },
    before: { earnedMinor: 1n, payableMinor: 2n },
    standingHolds: ['h1'],
    attemptBefore: NOTHING_BEFORE,
  }),
  rules,
);

const reviewStores: readonly [string, () => RunReviews][] = [
  ['on the engine', () => makeRunReviews(table)],
  ['in memory', makeFakeReviews],
];

describe.each(reviewStores)('the review of a run %s', (_where, make) => {
  it('is read as it was put, by shard and from a page on, each part written once', async () => {
    const reviews = make();
    const review = { programId: 'acme', runId: '2026-01.1', asOf };
    const pages = ['000000', '000001', '000001'].map((shard, index) => ({
      shard,
      ordinal: index === 2 ? 1 : 0,
      rows: index === 1 ? [full] : [reviewRow(facts(`p${index + 1}`), rules)],
    }));
    for (const page of pages) await reviews.putPage(review, page);
    await reviews.putPage({ ...review, asOf: LATER }, pages[0]!);
    await expect(reviews.putPage(review, pages[0]!)).rejects.toThrow();

    expect(await collected(reviews.pages(review))).toMatchObject(pages);
    expect(await collected(reviews.pages(review, { shard: '000001' }))).toMatchObject(pages.slice(1));
    const from = { shard: '000001', ordinal: 1 };
    expect(await collected(reviews.pages(review, { from }))).toMatchObject(pages.slice(2));
    const [read] = await collected(reviews.pages(review, { shard: '000001' }));
    expect(pageLeaf(read!, sha256)).toEqual(pageLeaf(pages[1]!, sha256));

    const tally = makeReviewTally();
    for (const { rows } of pages) for (const row of rows) tally.add(row);
    const summary = {
      header: { ...rules, policyVersion: 1, lastRunId: '2025-12.1', attemptBefore: '2026-01.0' },
      totals: tally.totals(),
    };
    expect(await reviews.summary(review)).toBeUndefined();
    await reviews.putSummary(review, summary);
    expect(await reviews.summary(review)).toEqual(summary);
    await expect(reviews.putSummary(review, summary)).rejects.toThrow();
  });
});

it('keeps a full page of reviewed partners far below what an item may hold', async () => {
  const ids = Array.from({ length: 200 }, (_, index) => `${'p'.repeat(60)}${index}`);
  const rows = ids.map((partnerId) => ({
    ...full,
    partnerId,
    standingHolds: Array.from({ length: 10 }, () => 'h'.repeat(26)),
  }));
  const review = { programId: 'acme', runId: '2026-02.1', asOf };
  await makeRunReviews(table).putPage(review, { shard: '000000', ordinal: 0, rows });
  expect(
    JSON.stringify(rows, (_name, value) => (typeof value === 'bigint' ? Number(value) : value)).length,
  ).toBeLessThan(400_000 * 0.8);
  expect(reviewPageKey('acme', '2026-02.1', { asOf, shard: '000000', ordinal: 0 }).sk).toContain('PAGE#000000#000000');
});

it('reads pages as earlier versions stored them, with the same bytes for the root', async () => {
  const of = { programId: 'acme', runId: '2026-03.1', asOf };
  const page = { shard: '000000', ordinal: 0, rows: [full] };
  const Item = { ...reviewPageKey('acme', '2026-03.1', { asOf, ...page }), type: 'review_page', ...page };
  await table.documents.send(new PutCommand({ TableName: table.tableName, Item }));
  const reviews = makeRunReviews(table);
  const packed = { ...page, shard: '000001' };
  await reviews.putPage(of, packed);
  const [before, after] = await collected(reviews.pages(of));
  expect(before).toEqual(page);
  expect(after).toEqual(packed);
  expect(pageLeaf(before!, sha256).digest).toBe(pageLeaf(after!, sha256).digest);
});

const aHold = (partnerId: string, holdId: string, over: Partial<PayoutHold> = {}): PayoutHold => ({
  ...{ programId: 'acme', partnerId, holdId, reason: 'odd', by: 'person:a', at: asOf },
  ...over,
});
const holdStores: readonly [string, () => PayoutHolds][] = [
  ['on the engine', () => makePayoutHolds(table)],
  ['in memory', makeFakePayoutHolds],
];

describe.each(holdStores)('standing holds %s', (_where, make) => {
  it('are kept once, released once, and listed by partner', async () => {
    const holds = make();
    const names = async (of?: Parameters<PayoutHolds['all']>[1]): Promise<readonly string[]> =>
      (await collected(holds.all('acme', of))).map(
        ({ partnerId, holdId, release }) => `${partnerId} ${holdId}${release ? ` by ${release.by}` : ''}`,
      );
    for (const [partnerId, holdId] of [
      ['p1', 'h1'],
      ['p10', 'h2'],
      ['p1', 'h3'],
    ] as const) {
      await holds.hold(aHold(partnerId, holdId));
    }
    expect(await holds.hold(aHold('p1', 'h1', { by: 'person:b' }))).toMatchObject({ by: 'person:a' });
    expect(await holds.release(aHold('p1', 'h1'), { reason: 'fine', by: 'person:c', at: LATER })).toBe(true);
    expect(await holds.release(aHold('p1', 'h1'), { reason: 'fine', by: 'person:d', at: LATER })).toBe(false);

    expect(await names()).toEqual(['p1 h1 by person:c', 'p1 h3', 'p10 h2']);
    expect(await names({ partnerId: 'p1' })).toEqual(['p1 h1 by person:c', 'p1 h3']);
    expect(await names({ after: { partnerId: 'p1', holdId: 'h1' } })).toEqual(['p1 h3', 'p10 h2']);
    expect(await names({ partnerId: 'p1', after: { partnerId: 'p1', holdId: 'h3' } })).toEqual([]);
    expect(await collected(holds.all('other'))).toEqual([]);
    expect(await holds.find('acme', 'p1', 'h1')).toEqual(
      aHold('p1', 'h1', { release: { reason: 'fine', by: 'person:c', at: LATER } }),
    );
    expect(await holds.find('acme', 'p10', 'h1')).toBeUndefined();
  });
});

it('has a record in the audit chain for each hold and each release', () => {
  const said = { programId: 'acme', partnerId: 'p1', holdId: 'h1', reason: 'odd', by: 'person:a', at: asOf };
  const effects = [
    { ...payoutHoldKey('acme', 'p1', 'h1'), type: 'payout_hold', ...said },
    { ...payoutHoldReleaseKey('acme', 'p1', 'h1'), type: 'payout_hold_release', ...said },
  ].flatMap(auditEffectsOfItem);
  expect(effects.map(({ kind, subjectId, recordedBy }) => [kind, subjectId, recordedBy])).toEqual([
    ['payouts.held', 'p1~h1', 'person:a'],
    ['payouts.released', 'p1~h1', 'person:a'],
  ]);
});

it('counts disputes that wait for an end by partner, and none that has ended', async () => {
  const statuses = ['open', 'escalated', 'decided', 'failed', 'carried_out', 'declined', 'withdrawn'] as const;
  for (const status of statuses) {
    const Item = disputeItem(aDispute({ disputeId: `of ${status}`, status }));
    await table.documents.send(new PutCommand({ TableName: table.tableName, Item }));
  }
  expect(await makeOpenDisputes(table).count('acme')).toEqual(new Map([['mira', 4]]));
});

it('reads the payees of many partners without their details, also one from before payees had ids', async () => {
  const known = { changedAt: asOf, changedBy: 'person:a' };
  const items = [
    { ...payeeKey('acme', 'p1'), ...known, payee: bankPayee() },
    {
      ...{ ...payeeKey('acme', 'p2'), ...known, payeeId: 'c2', usableFrom: LATER },
      ...{ shown: { rail: 'nacha', name: 'P' }, sealed: 'x', fingerprint: 'y' },
    },
  ];
  for (const Item of items) await table.documents.send(new PutCommand({ TableName: table.tableName, Item }));
  const ids = ['p1', 'p2', ...Array.from({ length: 120 }, (_, index) => `q${index}`)];
  const found = await makePayeesOnRecord({ ...table, ...AT_ONCE }).payeesOnRecord('acme', ids);
  expect([...found].sort()).toEqual([
    ['p1', { payeeId: expect.stringContaining(asOf), rail: 'bank_file', changedAt: asOf }],
    ['p2', { payeeId: 'c2', rail: 'nacha', changedAt: asOf, usableFrom: LATER }],
  ]);
});
