import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import { journalEntry, statementPostings } from '#shared/domain/ledger/journal';
import { writeOffLine } from '#shared/domain/ledger/write-off';
import { canonicalAmounts, canonicalStatement } from '#shared/domain/statement/canonical-statement';
import { computeStatement } from '#shared/domain/statement/compute-statement';
import { openStatement } from '#shared/domain/statement/open-statement';
import type { Adjustment } from '#shared/domain/statement/statement';
import { instant, period } from '#test/support/histories';

const context = {
  partnerId: 'acme',
  period: period('2026-01'),
  currency: 'EUR',
  programCurrency: 'EUR',
  zone: timeZoneOf('UTC'),
  minimumPayoutMinor: 0n,
  terms: { partnerId: 'acme', agreements: [], tiers: [] },
  plans: new Map(),
  conversions: [],
  lateRefunds: [],
};
const at = instant('2026-01-10T00:00:00Z');
const adjustment = (adjustmentId: string, amountMinor: bigint, reasonCode: Adjustment['reasonCode']): Adjustment => ({
  adjustmentId,
  occurredAt: at,
  amountMinor,
  reason: 'insolvent',
  reasonCode,
});
const stated = (openingBalanceMinor: bigint, ...adjustments: Adjustment[]) =>
  computeStatement({ ...context, openingBalanceMinor, adjustments }).statement;
const statedWithUnsent = (payableMinor: bigint, unsentMinor: bigint, ...adjustments: Adjustment[]) =>
  computeStatement({ ...context, openingBalanceMinor: payableMinor - unsentMinor, unsentMinor, adjustments }).statement;

describe('a write-off on a statement', () => {
  it('takes what is owed, and its line says what it was cut to', () => {
    const statement = stated(-500n, adjustment('a', 600n, 'write_off'), adjustment('b', 50n, 'correction'));
    expect(statement).toMatchObject({ adjustmentMinor: 500n, writtenOffMinor: 450n, closingBalanceMinor: 0n });
    expect(statement.lines.map(({ amountMinor, calculation }) => [amountMinor, calculation])).toEqual([
      [50n, 'as recorded (correction): insolvent'],
      [450n, '600 recorded to be written off, 450 of it still owed from before this month: insolvent'],
    ]);
  });

  it('forgives no debt of the month itself, which nobody had seen, however many write-offs were approved', () => {
    const twice = [adjustment('a', 500n, 'write_off'), adjustment('b', 500n, 'write_off')];
    const statement = stated(-500n, ...twice, adjustment('c', -700n, 'correction'));
    expect(statement).toMatchObject({ writtenOffMinor: 500n, closingBalanceMinor: -700n });
    expect(statement.lines.map(({ amountMinor }) => amountMinor)).toEqual([-700n, 500n, 0n]);
  });

  it('writes a line of 0 when nothing is owed any more, and leaves the digest of the amounts alone', () => {
    const statement = stated(700n, adjustment('a', 600n, 'write_off'));
    expect(statement).toMatchObject({ adjustmentMinor: 0n, payableMinor: 700n });
    expect(statement.writtenOffMinor).toBeUndefined();
    expect(statement.lines).toMatchObject([{ kind: 'adjustment', amountMinor: 0n, adjustmentId: 'a' }]);
    expect(canonicalAmounts(statement).split('\n')).toHaveLength(2);
    const lost = stated(-700n, adjustment('a', 600n, 'write_off'));
    expect(canonicalStatement(lost)).toContain('["written_off","600"]\n');
  });

  it('takes nothing of what only waits in payouts that were not sent, and states how much that was', () => {
    const covered = statedWithUnsent(0n, 1_000n, adjustment('a', 1_000n, 'write_off'));
    expect(covered).toMatchObject({ openingBalanceMinor: -1_000n, adjustmentMinor: 0n, unsentMinor: 1_000n });
    expect(covered.writtenOffMinor).toBeUndefined();
    expect(canonicalAmounts(covered)).toContain('["unsent","1000"]\n');
    const both = statedWithUnsent(-300n, 1_000n, adjustment('a', 1_000n, 'write_off'));
    expect(both).toMatchObject({ writtenOffMinor: 300n, closingBalanceMinor: -1_000n });
    expect(stated(-5n)).not.toHaveProperty('unsentMinor');
  });

  it('never pays money out: with write-offs and without them the same is payable, for any facts', () => {
    const amounts = fc.array(
      fc.bigInt({ min: -900n, max: 900n }).filter((minor) => minor !== 0n),
      { maxLength: 4 },
    );
    const moneyNow = fc.tuple(fc.bigInt({ min: -2_000n, max: 2_000n }), fc.constantFrom(0n, 700n, 5_000n));
    const losses = fc.array(fc.bigInt({ min: 1n, max: 2_000n }), { maxLength: 4 });
    fc.assert(
      fc.property(moneyNow, amounts, losses, ([payable, unsent], others, writeOffs) => {
        const plain = others.map((minor, index) => adjustment(`a${index}`, minor, 'other'));
        const lost = writeOffs.map((minor, index) => adjustment(`w${index}`, minor, 'write_off'));
        const without = statedWithUnsent(payable, unsent, ...plain);
        const withThem = statedWithUnsent(payable, unsent, ...lost, ...plain);
        const part = withThem.writtenOffMinor ?? 0n;
        const asked = writeOffs.reduce((sum, minor) => sum + minor, 0n);
        expect(withThem.payableMinor).toBe(without.payableMinor);
        expect(withThem.adjustmentMinor).toBe(without.adjustmentMinor + part);
        expect(part <= asked).toBe(true);
        if (part > 0n) expect(withThem.closingBalanceMinor + unsent <= 0n).toBe(true);
        const moved = withThem.adjustmentMinor;
        const postings = statementPostings('acme', moved, part);
        expect(postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(0n);
      }),
    );
  });

  it('comes after every adjustment', () => {
    const open = openStatement({ ...context, openingBalanceMinor: -9n });
    open.endConversions();
    open.writeOff(adjustment('a', 5n, 'write_off'));
    expect(() => open.adjustment(adjustment('b', 5n, 'other'))).toThrow('write_offs');
    expect(() => open.writeOff(adjustment('Z', 5n, 'write_off'))).toThrow(RangeError);
  });
});

it('is worded as it was recorded, with its reason where it has one', () => {
  const words = (minor: bigint, reason?: string) =>
    writeOffLine({ adjustmentId: 'a', occurredAt: at, amountMinor: 5n, reason }, minor).calculation;
  expect(words(5n)).toBe('written off as recorded');
  expect(words(5n, 'insolvent')).toBe('written off as recorded: insolvent');
  expect(words(3n)).toBe('5 recorded to be written off, 3 of it still owed from before this month');
});

it('is taken only between the conversions and the close, in the order of time, then id', () => {
  const open = openStatement({ ...context, openingBalanceMinor: -9n });
  expect(() => open.writeOff(adjustment('a', 5n, 'write_off'))).toThrow('takes conversions now');
  open.endConversions();
  open.writeOff(adjustment('b', 5n, 'write_off'));
  expect(() => open.writeOff(adjustment('a', 5n, 'write_off'))).toThrow('write-offs must come by time, then id');
  open.close();
  expect(() => open.writeOff(adjustment('c', 5n, 'write_off'))).toThrow('takes closed now');
});

describe('what a statement books', () => {
  it('parts the loss from the commission, also where they cancel out', () => {
    const of = (moved: bigint, lost: bigint) =>
      statementPostings('p1', moved, lost).map(({ account, amountMinor }) => [account, amountMinor]);
    expect(of(500n, 0n)).toEqual([
      ['expense:commission', 500n],
      ['partner:p1:payable', -500n],
    ]);
    expect(of(300n, 300n)).toEqual([
      ['expense:write_off', 300n],
      ['partner:p1:payable', -300n],
    ]);
    expect(of(0n, 300n)).toEqual([
      ['expense:commission', -300n],
      ['expense:write_off', 300n],
    ]);
    expect(of(0n, 0n)).toEqual([]);
    const entry = {
      entryId: 'e',
      programId: 'x',
      partnerId: 'p1',
      postedAt: at,
      kind: 'statement' as const,
      currency: 'EUR',
    };
    expect(() =>
      journalEntry({ ...entry, postings: statementPostings('p1', 0n, 5n), links: {}, description: '' }),
    ).not.toThrow();
  });
});
