import { describe, expect, it } from 'vitest';
import { merkleRoot } from '#shared/domain/run/merkle';
import { statementState } from '#shared/domain/run/payout-run';
import { findAnomalies, makeRunTally, runContent } from '#shared/domain/run/run-summary';
import { aStatement, sha256 } from '#test/support/builders/payouts';
import { aRun, outliersOf } from '#test/support/builders/runs';

const leaf = (id: string, digest = sha256(id)) => ({ id, digest });
const leaves = (count: number) => Array.from({ length: count }, (_, index) => leaf(`s${index}`));

describe('the Merkle root of statements', () => {
  it('does not depend on the order they come in', () => {
    for (const count of [1, 2, 3, 4, 5, 8, 13]) {
      expect(merkleRoot(leaves(count).reverse(), sha256)).toBe(merkleRoot(leaves(count), sha256));
    }
  });

  it('changes with any digest, any id, one more and one less', () => {
    const root = merkleRoot(leaves(5), sha256);
    for (let index = 0; index < 5; index += 1) {
      const changed = leaves(5).with(index, leaf(`s${index}`, 'other'));
      expect(merkleRoot(changed, sha256)).not.toBe(root);
      expect(merkleRoot(leaves(5).with(index, leaf(`t${index}`, sha256(`s${index}`))), sha256)).not.toBe(root);
    }
    expect(new Set([0, 1, 2, 3, 4, 5, 6].map((count) => merkleRoot(leaves(count), sha256))).size).toBe(7);
  });

  it('is built as it was when the first runs were approved', () => {
    const shown = (count: number): string => merkleRoot(leaves(count), (text) => `(${text.replaceAll('\n', ' ')})`);
    const leafOf = (index: number): string => `(tallystick/leaf/v1 s${index} ${sha256(`s${index}`)})`;
    expect(shown(0)).toBe('(tallystick/empty/v1)');
    expect(shown(1)).toBe(leafOf(0));
    expect(shown(3)).toBe(`(tallystick/node/v1 (tallystick/node/v1 ${leafOf(0)} ${leafOf(1)}) ${leafOf(2)})`);
  });

  it('counts no leaf twice and takes no node for a leaf', () => {
    expect(() => merkleRoot([leaf('s1'), leaf('s1')], sha256)).toThrow('two leaves');
    expect(merkleRoot([leaf('s1')], sha256)).not.toBe(sha256('s1'));
  });
});

describe('the sums of a run', () => {
  const tallyOf = (...statements: ReturnType<typeof aStatement>[]) => {
    const tally = makeRunTally();
    for (const statement of statements) tally.add(statement);
    return tally;
  };

  it('are kept by currency, with the change against the last period', () => {
    const tally = tallyOf(
      aStatement({ partnerId: 'p1', earnedMinor: 100n }),
      aStatement({ partnerId: 'p2', earnedMinor: 0n }),
      aStatement({ partnerId: 'p1', currency: 'EUR', earnedMinor: 7n }),
    );
    const [last] = tallyOf(aStatement({ earnedMinor: 150n })).totals([]);
    expect(tally.totals([last!])).toMatchObject([
      { currency: 'EUR', statements: 1, partners: 1, earnedMinor: 7n },
      { currency: 'GBP', statements: 2, partners: 1, earnedMinor: 100n, payableMinor: 100n, earnedChangeMinor: -50n },
    ]);
    expect(tally.totals([])[0]).not.toHaveProperty('earnedChangeMinor');
  });

  it('are part of what is approved', () => {
    const totals = tallyOf(aStatement()).totals([]);
    const content = runContent(aRun(), totals, 'root');
    expect(runContent(aRun(), tallyOf(aStatement({ closingBalanceMinor: 1n })).totals([]), 'root')).not.toBe(content);
    expect(runContent(aRun(), totals, 'other root')).not.toBe(content);
    expect(runContent(aRun({ runId: '2026-01.2' }), totals, 'root')).not.toBe(content);
  });

  it('are approved with the review and with everything that is shown beside it', () => {
    const totals = tallyOf(aStatement()).totals([]);
    const anomaly = { kind: 'negative_balance', currency: 'GBP', partnerId: 'p1', amountMinor: -5n } as const;
    const reviewed = { root: 'r', anomalies: [anomaly], approvalsRequired: 2 };
    const content = runContent(aRun(), totals, 'root', undefined, reviewed);
    // As it is read back: members in another order, absent ones not there.
    const { kind, ...rest } = anomaly;
    const readBack = { ...reviewed, anomalies: [{ ...rest, count: undefined, kind }] };
    expect(runContent(aRun(), totals, 'root', undefined, readBack)).toBe(content);
    for (const other of [
      { ...reviewed, root: 'other' },
      { ...reviewed, anomalies: [] },
      { ...reviewed, anomalies: [{ ...anomaly, amountMinor: -4n }] },
      { ...reviewed, approvalsRequired: 1 },
    ]) {
      expect(runContent(aRun(), totals, 'root', undefined, other)).not.toBe(content);
    }
  });

  it('point at what approvers should look at first', () => {
    const statements = [
      aStatement({ partnerId: 'p1', earnedMinor: 900n }),
      aStatement({ partnerId: 'p2', earnedMinor: 100n }),
      aStatement({ partnerId: 'p3', earnedMinor: 0n, closingBalanceMinor: -5n }),
      aStatement({ partnerId: 'p4', earnedMinor: 0n, closingBalanceMinor: -50n }),
    ];
    const [last] = tallyOf(aStatement({ earnedMinor: 2_001n })).totals([]);
    const totals = tallyOf(...statements).totals([last!]);
    expect(findAnomalies(outliersOf(statements), totals)).toEqual([
      { kind: 'earned_jump', currency: 'GBP', amountMinor: -1_001n },
      { kind: 'largest_share', currency: 'GBP', partnerId: 'p1', amountMinor: 900n },
      { kind: 'negative_balance', currency: 'GBP', partnerId: 'p4', amountMinor: -50n },
      { kind: 'negative_balance', currency: 'GBP', partnerId: 'p3', amountMinor: -5n },
    ]);
    const [half] = tallyOf(aStatement({ earnedMinor: 2_000n })).totals([]);
    const atHalf = findAnomalies(outliersOf(statements), tallyOf(...statements).totals([half!]));
    expect(atHalf.map(({ kind }) => kind)).not.toContain('earned_jump');
  });
});

it('lets the state of a statement follow from its run', () => {
  expect(statementState(aRun({ status: 'awaiting_decision' }))).toBe('draft');
  expect(statementState(aRun({ status: 'posting', decision: 'approve' }))).toBe('final');
  expect(statementState(aRun({ status: 'failed', decision: 'approve' }))).toBe('final');
  expect(statementState(aRun({ status: 'failed' }))).toBe('void');
  expect(statementState(aRun({ status: 'rejected', decision: 'reject' }))).toBe('void');
  expect(statementState(aRun({ status: 'expired' }))).toBe('void');
});
