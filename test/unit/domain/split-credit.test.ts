import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_CREDITS, partOf, splitAmount } from '#shared/domain/money/split-credit';
import type { Plan } from '#shared/domain/plan/plan';
import { calculationOf, wordedLine } from '#shared/domain/statement/calculation-of';
import { computeHistory } from '#shared/domain/statement/compute-history';
import type { StatementLine } from '#shared/domain/statement/statement';
import { aConversion, aHistory, aRefund, FIRST_PERIOD, periodsFrom } from '#test/support/histories';
import { splitPart } from '#test/support/reference-facts';

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

const sharesBps = fc
  .uniqueArray(fc.integer({ min: 1, max: 9_999 }), { minLength: 1, maxLength: MAX_CREDITS - 1 })
  .map((bounds) => [...bounds.sort((a, b) => a - b), 10_000])
  .map((upTo) => upTo.map((bound, index) => bound - (upTo[index - 1] ?? 0)));
const amount = fc.oneof(fc.bigInt({ min: 0n, max: 50n }), fc.bigInt({ min: 0n, max: LARGEST }));
const sum = (parts: readonly bigint[]): bigint => parts.reduce((total, part) => total + part, 0n);

describe('an amount that is split between partners', () => {
  it.each([
    ['10000', [5_000, 5_000], '5000 5000'],
    ['101', [5_000, 5_000], '50 51'],
    ['103', [5_000, 5_000], '52 51'],
    ['10000', [3_333, 3_334, 3_333], '3333 3334 3333'],
    ['100', [3_333, 3_334, 3_333], '33 34 33'],
    ['1', [2_000, 2_000, 2_000, 2_000, 2_000], '0 1 0 0 0'],
    ['0', [1, 9_999], '0 0'],
    ['5000', [1, 9_999], '0 5000'],
    ['5001', [1, 9_999], '1 5000'],
    ['15000', [1, 9_999], '2 14998'],
  ])('splits %s by %j into %s', (whole, shares, parts) => {
    expect(splitAmount(BigInt(whole), shares).join(' ')).toBe(parts);
  });

  it('adds up exactly and stays within two units of each exact share, whatever the amount and the shares', () => {
    fc.assert(
      fc.property(amount, sharesBps, (whole, shares) => {
        const parts = splitAmount(whole, shares);
        expect(sum(parts)).toBe(whole);
        for (const [part, share] of shares.entries()) {
          const distance = (parts[part] as bigint) * 10_000n - whole * BigInt(share);
          expect(distance > -20_000n && distance < 20_000n).toBe(true);
          expect(splitPart(whole, { sharesBps: shares, part })).toBe(parts[part]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('takes nothing from a part as the amount grows, so that refunds stay within the part and end with it', () => {
    fc.assert(
      fc.property(amount, amount, sharesBps, (one, other, shares) => {
        const [less, more] = one < other ? [one, other] : [other, one];
        const before = splitAmount(less, shares);
        for (const [part, after] of splitAmount(more, shares).entries())
          expect(after >= (before[part] as bigint)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what is no split', () => {
    expect(() => splitAmount(-1n, [5_000, 5_000])).toThrow(/below zero/);
    expect(() => splitAmount(1n, [5_000, 4_999])).toThrow(/9999 basis points/);
    expect(() => partOf(1n, { sharesBps: [5_000, 5_000], part: 2 })).toThrow(/no part 2/);
    expect(partOf(7n, undefined)).toBe(7n);
  });
});

const FEE: Plan['components'][number] = { kind: 'referral_fee', id: 'fee', amountMinor: 1_000n };
const SHARE: Plan['components'][number] = { kind: 'revenue_share', id: 'base', ratesByTier: { certified: 1_000 } };

/** The lines of each partner's part over three months, all under the same plan. */
function linesOfParts(
  whole: bigint,
  shares: readonly number[],
  refunds: readonly (readonly [bigint, string])[],
): readonly (readonly StatementLine[])[] {
  return shares.map((_, part) => {
    const statements = computeHistory(
      aHistory({
        components: [SHARE, FEE],
        conversions: [aConversion('o1', { amountMinor: whole, credit: { sharesBps: shares, part } })],
        refunds: refunds.map(([minor, at], index) => aRefund(`r${index}`, 'o1', minor, at)),
        periods: periodsFrom(FIRST_PERIOD, 3),
      }),
    );
    return statements.flatMap(({ statement }) => statement.lines);
  });
}

describe('what partners earn on a split sale', () => {
  const instants = ['2026-01-20T00:00:00Z', '2026-02-20T00:00:00Z', '2026-03-20T00:00:00Z'];

  it('adds up to the bases and fees of the whole sale, and a full refund leaves nothing of any part', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 1_000_00n }),
        sharesBps,
        fc.array(fc.tuple(fc.integer({ min: 1, max: 100 }), fc.constantFrom(...instants)), { maxLength: 4 }),
        (whole, shares, cuts) => {
          let left = whole;
          const refunds = cuts.flatMap(([percent, at]): [bigint, string][] => {
            const minor = (left * BigInt(percent)) / 100n;
            left -= minor;
            return minor === 0n ? [] : [[minor, at]];
          });
          const netted = sum(refunds.filter(([, at]) => at === instants[0]).map(([minor]) => minor));
          const lines = linesOfParts(whole, shares, refunds).flat();
          expect(sum(lines.map(({ baseMinor = 0n }) => baseMinor))).toBe(whole - netted);
          const isPaid = lines.some(({ kind }) => kind === 'revenue_share');
          expect(isPaid).toBe(whole > netted);
          if (refunds.length === 0) {
            const unpaid = splitAmount(1_000n, shares).filter((_, part) => splitAmount(whole, shares)[part] === 0n);
            const fees = lines.filter(({ kind }) => kind === 'referral_fee').map(({ amountMinor }) => amountMinor);
            expect(sum(fees)).toBe(1_000n - sum(unpaid));
          }
          const all = linesOfParts(whole, shares, left === 0n ? refunds : [...refunds, [left, instants[2] as string]]);
          for (const ofPart of all) expect(sum(ofPart.map(({ amountMinor }) => amountMinor))).toBe(0n);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('says of a fee which part of it was paid', () => {
    const [first] = linesOfParts(100_00n, [3_333, 6_667], []);
    const fee = first?.find(({ kind }) => kind === 'referral_fee') as StatementLine;
    expect(fee.amountMinor).toBe(333n);
    expect(calculationOf(fee)).toBe(
      "a fixed amount for the customer's first purchase, the part of 3333 / 10000 of 1000",
    );
    expect(wordedLine(fee)).not.toHaveProperty('split');
  });
});
