import { describe, expect, it } from 'vitest';
import type { RunTotal } from '#shared/domain/run/payout-run';
import {
  agedAnomalies,
  findAnomalies,
  makeRunTally,
  pendingAnomalies,
  runContent,
} from '#shared/domain/run/run-summary';
import { aStatement } from '#test/support/builders/payouts';
import { aRun, instant, outliersOf } from '#test/support/builders/runs';

type Stated = ReturnType<typeof aStatement>;

function totalsOf(statements: readonly Stated[], last: readonly Stated[] = []): readonly RunTotal[] {
  const tally = makeRunTally();
  for (const statement of statements) tally.add(statement);
  return tally.totals(last.length === 0 ? [] : totalsOf(last));
}

const anomalies = (statements: readonly Stated[], last: readonly Stated[] = []) =>
  findAnomalies(outliersOf(statements), totalsOf(statements, last));
const kinds = (statements: readonly Stated[], last: readonly Stated[] = []): readonly string[] =>
  anomalies(statements, last).map(({ kind }) => kind);
const earned = (earnedMinor: bigint, over: Parameters<typeof aStatement>[0] = {}): Stated =>
  aStatement({ earnedMinor, ...over });

describe('the sums of a run', () => {
  it('count the partners with something earned, clawed back or adjusted', () => {
    const quiet = { earnedMinor: 0n, openingBalanceMinor: 9n };
    const [total] = totalsOf([
      aStatement({ ...quiet, partnerId: 'p1' }),
      aStatement({ ...quiet, partnerId: 'p2', clawbackMinor: -1n }),
      aStatement({ ...quiet, partnerId: 'p3', adjustmentMinor: 1n }),
    ]);
    expect(total).toMatchObject({ statements: 3, partners: 2, openingBalanceMinor: 27n, clawbackMinor: -1n });
  });

  it('are compared with the last period of the same currency', () => {
    const last = [earned(5n, { currency: 'EUR' }), earned(70n)];
    expect(totalsOf([earned(100n)], last)[0]?.earnedChangeMinor).toBe(30n);
  });

  it('are approved in this form', () => {
    const text = runContent(aRun(), totalsOf([aStatement({ earnedMinor: 7n, clawbackMinor: -2n })]), 'root');
    expect(JSON.parse(text)).toEqual([
      'tallystick/run/v1',
      'acme',
      '2026-01.1',
      '2026-01',
      'root',
      [['GBP', 1, 1, '7', '-2', '0', '0', '7', '0']],
    ]);
  });
});

describe('a jump', () => {
  it('is more than half more or half less than the last period', () => {
    expect(kinds([earned(150n)], [earned(100n)])).toEqual([]);
    expect(anomalies([earned(151n)], [earned(100n)])).toEqual([
      { kind: 'earned_jump', currency: 'GBP', amountMinor: 51n },
    ]);
    expect(kinds([earned(50n)], [earned(100n)])).toEqual([]);
    expect(kinds([earned(49n)], [earned(100n)])).toEqual(['earned_jump']);
  });

  it('is not said of a first period, nor after one that earned nothing', () => {
    expect(kinds([earned(100n)])).toEqual([]);
    expect(kinds([earned(100n)], [earned(0n)])).toEqual([]);
    expect(kinds([earned(0n)], [earned(0n)])).toEqual([]);
  });

  it('to nothing is said apart', () => {
    expect(anomalies([earned(0n)], [earned(1n)])).toEqual([
      { kind: 'nothing_earned', currency: 'GBP' },
      { kind: 'earned_jump', currency: 'GBP', amountMinor: -1n },
    ]);
  });
});

describe('a month with sales of which nothing is earned', () => {
  it('is said of each currency with sales, also when nothing was earned before', () => {
    const statements = [earned(0n), earned(0n, { currency: 'EUR' }), earned(5n, { currency: 'JPY' })];
    const sales = new Map([
      ['GBP', 2],
      ['JPY', 1],
    ]);
    expect(findAnomalies(outliersOf(statements), totalsOf(statements), sales)).toEqual([
      { kind: 'nothing_earned', currency: 'GBP' },
    ]);
  });
});

describe('the largest share', () => {
  const of = (partnerId: string, payableMinor: bigint, currency = 'GBP'): Stated =>
    earned(payableMinor, { partnerId, currency });

  it('is one partner with more than half of what is paid in the currency', () => {
    expect(kinds([of('p1', 50n), of('p2', 50n)])).toEqual([]);
    expect(anomalies([of('p1', 49n), of('p2', 51n)])).toEqual([
      { kind: 'largest_share', currency: 'GBP', partnerId: 'p2', amountMinor: 51n },
    ]);
  });

  it('is not said of a run with one statement in the currency, nor of one that pays nothing', () => {
    expect(kinds([of('p1', 100n)])).toEqual([]);
    expect(kinds([of('p1', 100n), of('p2', 100n, 'EUR')])).toEqual([]);
    expect(kinds([of('p1', 0n), of('p2', 0n)])).toEqual([]);
  });

  it('is of its own currency, however much is paid in another', () => {
    expect(anomalies([of('p1', 51n), of('p2', 49n), of('p3', 900n, 'EUR'), of('p4', 900n, 'EUR')])).toEqual([
      { kind: 'largest_share', currency: 'GBP', partnerId: 'p1', amountMinor: 51n },
    ]);
  });

  it('is weighed against what is paid, not what is earned', () => {
    const carried = earned(1_000n, { partnerId: 'p3', payableMinor: 0n });
    expect(kinds([of('p1', 51n), of('p2', 49n), carried])).toEqual(['largest_share']);
  });
});

describe('negative balances', () => {
  const owing = (partnerId: string, closingBalanceMinor: bigint): Stated =>
    earned(0n, { partnerId, payableMinor: 0n, closingBalanceMinor });
  const shown = (...statements: readonly Stated[]) =>
    anomalies(statements).flatMap(({ kind, partnerId }) => (kind === 'negative_balance' ? [partnerId] : []));

  it('come the deepest first, then by partner', () => {
    expect(shown(owing('p3', -5n), owing('p2', -5n), owing('p4', -6n), owing('p1', -5n), owing('p5', 0n))).toEqual([
      'p4',
      'p1',
      'p2',
      'p3',
    ]);
  });

  it('are at most fifty, so that a person reads them', () => {
    const many = Array.from({ length: 60 }, (_, index) => owing(`p${index}`, BigInt(-1 - index)));
    expect(shown(...many)).toEqual(Array.from({ length: 50 }, (_, index) => `p${59 - index}`));
  });
});

describe('aged debts', () => {
  const aged = (partnerId: string, amountMinor: bigint, since = '2026-01-31T00:00:00Z') => ({
    partnerId,
    currency: 'GBP',
    amountMinor,
    since: instant(since),
  });
  const shown = (...debts: readonly ReturnType<typeof aged>[]) =>
    agedAnomalies(debts).map(({ partnerId }) => partnerId);

  it('come the oldest first, of those the largest, then by partner', () => {
    const old = aged('p9', -1n, '2025-12-31T00:00:00Z');
    expect(shown(aged('p3', -5n), aged('p2', -5n), old, aged('p4', -6n))).toEqual(['p9', 'p4', 'p2', 'p3']);
    expect(shown(aged('p4', -6n), aged('p2', -5n), aged('p3', -5n))).toEqual(['p4', 'p2', 'p3']);
    expect(agedAnomalies([old])).toEqual([{ kind: 'aged_negative_balance', ...old }]);
  });

  it('are at most fifty, so that a person reads them', () => {
    const many = Array.from({ length: 60 }, (_, index) => aged(`p${index}`, BigInt(-1 - index)));
    expect(shown(...many)).toEqual(Array.from({ length: 50 }, (_, index) => `p${59 - index}`));
  });

  it('leave the list that they are given as it was', () => {
    const given = [aged('p2', -1n), aged('p1', -1n)];
    agedAnomalies(given);
    expect(given.map(({ partnerId }) => partnerId)).toEqual(['p2', 'p1']);
  });
});

it('counts and sums by currency what waits for a second person', () => {
  const pending = [
    { currency: 'GBP', amountMinor: 5n },
    { currency: 'EUR', amountMinor: -7n },
    { currency: 'GBP', amountMinor: -2n },
  ];
  expect(pendingAnomalies(pending)).toEqual([
    { kind: 'adjustments_pending', currency: 'EUR', count: 1, amountMinor: -7n },
    { kind: 'adjustments_pending', currency: 'GBP', count: 2, amountMinor: 3n },
  ]);
  expect(pendingAnomalies([])).toEqual([]);
});
