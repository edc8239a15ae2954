import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOTHING_BEFORE, type ReviewFacts, reviewRow } from '#shared/domain/run/review';
import { makeReviewTally, pageLeaf, reviewRoot } from '#shared/domain/run/review-summary';
import { at, sha256 } from '#test/support/builders/payouts';

const asOf = at('2026-02-01T08:00:00Z');
const rules = { asOf, changeFlagPercent: 50 };
const payee = { payeeId: 'c1', rail: 'bank_file' as const };

function facts(over: Partial<ReviewFacts> = {}, payableMinor = 1_000n): ReviewFacts {
  return {
    partnerId: 'p1',
    currency: 'GBP',
    statement: {
      earnedMinor: 1_000n,
      clawbackMinor: 0n,
      adjustmentMinor: 0n,
      openingBalanceMinor: 0n,
      payableMinor,
      closingBalanceMinor: 0n,
    },
    waitingPayouts: 0,
    waitingMinor: 0n,
    payee,
    lastPaid: { runId: '2025-12.1', payeeId: 'c1' },
    before: { earnedMinor: 1_000n, payableMinor: 1_000n },
    standingHolds: [],
    openDisputes: 0,
    heldSales: 0,
    heldSalesMinor: 0n,
    ...over,
  };
}
const row = (over: Partial<ReviewFacts> = {}, payableMinor?: bigint) => reviewRow(facts(over, payableMinor), rules);
const closing = (closingBalanceMinor: bigint) => ({ ...facts().statement!, payableMinor: 0n, closingBalanceMinor });

describe('what becomes of a partner in a run', () => {
  it('is paid when nothing speaks against it, and then nothing is flagged', () => {
    expect(row()).toMatchObject({ outcome: 'pay', flags: [] });
  });

  it.each([
    ['held', { standingHolds: ['h1'], payee: undefined }],
    ['payee_incomplete', { payee: undefined }],
    ['payee_cooling_down', { payee: { ...payee, usableFrom: at('2026-02-01T08:00:00.001Z') } }],
    ['pay', { payee: { ...payee, usableFrom: asOf } }],
    ['currency_unsupported', { railProblem: 'currency_unsupported' }],
    ['negative_balance', { statement: closing(-5n) }],
    ['below_minimum', { statement: closing(5n) }],
    ['nothing_due', { statement: closing(0n) }],
    ['nothing_due', { statement: undefined }],
    ['pay', { statement: closing(-5n), waitingPayouts: 1, waitingMinor: 7n }],
    ['held', { statement: closing(5n), waitingPayouts: 1, waitingMinor: 7n, standingHolds: ['h1'] }],
    ['below_minimum', { statement: closing(5n), standingHolds: ['h1'] }],
  ] as const)('is %s with %o', (outcome, over) => {
    expect(row(over as Partial<ReviewFacts>).outcome).toBe(outcome);
  });

  it.each([
    [['new_payee'], { lastPaid: undefined }],
    [['new_payee', 'payee_changed'], { lastPaid: { runId: '2025-12.1', payeeId: 'c0' } }],
    [['new_payee', 'payee_changed'], { lastPaid: { runId: '2025-12.1' } }],
    [['amount_changed'], { before: { earnedMinor: 666n, payableMinor: 0n } }],
    [[], { before: { earnedMinor: 667n, payableMinor: 0n } }],
    [['amount_changed'], { before: { earnedMinor: 2_001n, payableMinor: 0n } }],
    [[], { before: { earnedMinor: 2_000n, payableMinor: 0n } }],
    [['amount_changed'], { before: { earnedMinor: 0n, payableMinor: 0n } }],
    [[], { before: undefined }],
    [['negative_balance'], { statement: closing(-5n) }],
    [['standing_hold'], { standingHolds: ['h1'] }],
    [['open_dispute'], { openDisputes: 2 }],
    [['sales_held'], { heldSales: 1, heldSalesMinor: 500n }],
    [['waiting_payouts'], { waitingPayouts: 1, waitingMinor: 7n }],
  ] as const)('is flagged %o with %o', (flags, over) => {
    expect(row(over as Partial<ReviewFacts>).flags).toEqual(flags);
  });

  it('says what another attempt had otherwise: amounts, outcome or payee', () => {
    const same = { outcome: 'pay', earnedMinor: 1_000n, dueMinor: 1_000n, carriedMinor: 0n, payeeId: 'c1' } as const;
    expect(row({ attemptBefore: same }).flags).toEqual([]);
    for (const other of [{ outcome: 'held' }, { earnedMinor: 1n }, { dueMinor: 1n }, { payeeId: 'c0' }] as const) {
      expect(row({ attemptBefore: { ...same, ...other } }).flags).toEqual(['changed_since_attempt']);
    }
    expect(row({ attemptBefore: NOTHING_BEFORE }).flags).toEqual(['changed_since_attempt']);
  });
});

const minor = fc.bigInt({ min: 0n, max: 5_000n });
const anyFacts = fc
  .record({
    partnerId: fc.constantFrom('p1', 'p2', 'p3', 'p4'),
    currency: fc.constantFrom('GBP', 'EUR'),
    paid: fc.boolean(),
    amount: fc.bigInt({ min: -3_000n, max: 3_000n }),
    earned: minor,
    waiting: minor,
    before: minor,
    payeeId: fc.option(fc.constantFrom('c1', 'c2'), { nil: undefined }),
    holds: fc.subarray(['h1', 'h2']),
    openDisputes: fc.nat(2),
    heldSales: fc.nat(2),
  })
  .map(({ paid, amount, earned, waiting, before, payeeId, holds, ...rest }) =>
    facts({
      ...rest,
      statement: {
        ...facts().statement!,
        earnedMinor: earned,
        payableMinor: paid && amount > 0n ? amount : 0n,
        closingBalanceMinor: paid && amount > 0n ? 0n : amount,
      },
      waitingPayouts: waiting > 0n ? 1 : 0,
      waitingMinor: waiting,
      before: { earnedMinor: before, payableMinor: before },
      payee: payeeId === undefined ? undefined : { ...payee, payeeId },
      standingHolds: holds,
    }),
  );

describe('the sums of a review', () => {
  it('put every row into exactly one outcome, and add up to what is payable, waits and is carried', () => {
    fc.assert(
      fc.property(fc.array(anyFacts, { maxLength: 30 }), (all) => {
        const rows = all.map((one) => reviewRow(one, rules));
        const tally = makeReviewTally();
        for (const one of rows) tally.add(one);
        for (const total of tally.totals()) {
          const own = rows.filter(({ currency }) => currency === total.currency);
          const sum = (of: (one: (typeof own)[number]) => bigint): bigint =>
            own.reduce((all, one) => all + of(one), 0n);
          const outcomes = (name: 'dueMinor' | 'carriedMinor'): bigint =>
            total.outcomes.reduce((all, one) => all + one[name], 0n);
          expect(total.outcomes.reduce((all, { count }) => all + count, 0)).toBe(own.length);
          expect(outcomes('dueMinor')).toBe(
            sum(({ statement, waitingMinor }) => statement!.payableMinor + waitingMinor),
          );
          expect(outcomes('carriedMinor')).toBe(sum(({ statement }) => statement!.closingBalanceMinor));
          const paid = total.outcomes.find(({ outcome }) => outcome === 'pay');
          expect(total.payMinor).toBe(paid?.dueMinor ?? 0n);
          expect(total.largest.length).toBe(Math.min(10, paid?.count ?? 0));
        }
      }),
    );
  });

  it('names the largest payouts first', () => {
    const tally = makeReviewTally();
    for (let index = 0; index < 12; index += 1) tally.add(row({ partnerId: `p${index}` }, BigInt(index * 10)));
    const [total] = tally.totals();
    expect(total?.largest[0]).toEqual({ partnerId: 'p11', payMinor: 110n });
    expect(total?.largest).toHaveLength(10);
    expect(total).toMatchObject({ count: 12, payouts: 11, payMinor: 660n });
  });
});

describe('the root of a review', () => {
  const header = { ...rules, policyVersion: 0 };
  const rootOf = (rows: readonly ReturnType<typeof row>[], over = {}): string => {
    const tally = makeReviewTally();
    for (const one of rows) tally.add(one);
    const leaves = rows.map((one, ordinal) => pageLeaf({ shard: '000000', ordinal, rows: [one] }, sha256));
    return reviewRoot({ header: { ...header, ...over }, totals: tally.totals() }, leaves, sha256);
  };

  it('changes with every fact that approvers see', () => {
    const changes: readonly Partial<ReviewFacts>[] = [
      { partnerId: 'p2' },
      { currency: 'EUR' },
      ...Object.keys(facts().statement!).map((name) => ({ statement: { ...facts().statement!, [name]: 999n } })),
      { statement: undefined },
      { waitingPayouts: 1 },
      { waitingMinor: 1n },
      { payee: { ...payee, payeeId: 'c2' } },
      { payee: { ...payee, rail: 'nacha' } },
      { payee: { ...payee, usableFrom: asOf } },
      { payee: undefined },
      { railProblem: 'currency_unsupported' },
      { lastPaid: undefined },
      { lastPaid: { runId: '2025-11.1', payeeId: 'c1' } },
      { before: { earnedMinor: 1_001n, payableMinor: 1_000n } },
      { before: { earnedMinor: 1_000n, payableMinor: 1_001n } },
      { standingHolds: ['h1'] },
      { openDisputes: 1 },
      { heldSales: 1 },
      { heldSalesMinor: 1n },
      { attemptBefore: NOTHING_BEFORE },
    ];
    const roots = [row(), ...changes.map((over) => row(over))].map((one) => rootOf([one]));
    expect(new Set(roots).size).toBe(roots.length);
    for (const over of [
      { changeFlagPercent: 51 },
      { policyVersion: 1 },
      { lastRunId: '2025-12.1' },
      { attemptBefore: 'x' },
    ]) {
      expect(roots).not.toContain(rootOf([row()], over));
    }
  });

  it('changes with a row more, a row less, and a row judged otherwise', () => {
    const two = [row(), row({ partnerId: 'p2' })];
    const roots = [two, two.slice(0, 1), [...two, row({ partnerId: 'p3' })], []].map((rows) => rootOf(rows));
    expect(new Set(roots).size).toBe(4);
    expect(rootOf([{ ...row(), outcome: 'held' }])).not.toBe(rootOf([row()]));
    expect(rootOf([{ ...row(), flags: ['new_payee'] }])).not.toBe(rootOf([row()]));
  });
});
