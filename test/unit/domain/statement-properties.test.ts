import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { History } from '#shared/domain/facts/history';
import { shareOf } from '#shared/domain/money/money';
import { isEarnedByConversion } from '#shared/domain/pay/earned-lines';
import { isPaidByThePeriod } from '#shared/domain/plan/plan';
import { canonicalStatement } from '#shared/domain/statement/canonical-statement';
import { computeHistory } from '#shared/domain/statement/compute-history';
import type { ComputedStatement } from '#shared/domain/statement/compute-statement';
import type { LineKind, StatementLine } from '#shared/domain/statement/statement';
import { aConversion, aHistory, anyBrackets, anyHistory, instant, period, periodsFrom } from '#test/support/histories';

/** Fewer for each of the mutants of `npm run mutation`. */
const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 400) };

const CONVERSION_KINDS: readonly LineKind[] = ['revenue_share', 'referral_fee'];
const EARNED_KINDS: readonly LineKind[] = [...CONVERSION_KINDS, 'fixed_fee', 'minimum_commitment'];

function sum(lines: readonly StatementLine[], ...kinds: readonly LineKind[]): bigint {
  return lines.filter((line) => kinds.includes(line.kind)).reduce((total, line) => total + line.amountMinor, 0n);
}

function bytes(statements: readonly ComputedStatement[]): string {
  return statements.map(({ statement }) => canonicalStatement(statement)).join('');
}

function allLines(statements: readonly ComputedStatement[]): readonly StatementLine[] {
  return statements.flatMap(({ statement }) => statement.lines);
}

function shuffled(history: History): fc.Arbitrary<History> {
  const any = <T>(facts: readonly T[]): fc.Arbitrary<T[]> =>
    fc.shuffledSubarray([...facts], { minLength: facts.length, maxLength: facts.length });
  return fc
    .record({
      conversions: any(history.conversions),
      refunds: any(history.refunds),
      adjustments: any(history.adjustments),
    })
    .map((facts) => ({ ...history, ...facts }));
}

describe('any statement', () => {
  it('adds up: its lines to its amounts, its amounts to its balance, its balance to the next opening', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        let opening = history.openingBalanceMinor;
        for (const { statement } of computeHistory(history)) {
          expect(sum(statement.lines, ...EARNED_KINDS)).toBe(statement.earnedMinor);
          expect(sum(statement.lines, 'clawback')).toBe(statement.clawbackMinor);
          expect(sum(statement.lines, 'adjustment')).toBe(statement.adjustmentMinor);
          expect(statement.openingBalanceMinor).toBe(opening);
          const balance = opening + statement.earnedMinor + statement.clawbackMinor + statement.adjustmentMinor;
          expect(statement.payableMinor + statement.closingBalanceMinor).toBe(balance);
          expect([0n, balance]).toContain(statement.payableMinor);
          expect(statement.payableMinor > 0n).toBe(balance > 0n && balance >= history.minimumPayoutMinor);
          opening = statement.closingBalanceMinor;
        }
      }),
      RUNS,
    );
  });

  it('is the same to the byte whatever the order of its facts', () => {
    fc.assert(
      fc.property(
        anyHistory.chain((history) => fc.tuple(fc.constant(history), shuffled(history))),
        ([history, other]) => {
          expect(bytes(computeHistory(other))).toBe(bytes(computeHistory(history)));
        },
      ),
      RUNS,
    );
  });

  it('is the same to the byte when it is computed again', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        expect(bytes(computeHistory(history))).toBe(bytes(computeHistory(history)));
      }),
      { numRuns: 30 },
    );
  });

  it('pays each conversion at most once and explains each that earned nothing', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const statements = computeHistory(history);
        const stated = new Map<string, number>();
        for (const { statement, nothing } of statements) {
          const paid = statement.lines.filter(isEarnedByConversion).map((line) => line.conversionId);
          const unpaid = nothing.map((entry) => entry.conversionId);
          for (const id of new Set([...paid, ...unpaid])) stated.set(id, (stated.get(id) ?? 0) + 1);
          expect(unpaid.filter((id) => paid.includes(id))).toEqual([]);
        }
        expect([...stated.values()].every((times) => times === 1)).toBe(true);
        // A conversion held beyond the last period waits for its statement.
        expect(stated.size).toBeLessThanOrEqual(history.conversions.length);
        if (history.holdDays === 0) expect(stated.size).toBe(history.conversions.length);
      }),
      RUNS,
    );
  });

  it('guarantees the minimum of the plan in force at the end of the month', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        for (const { statement } of computeHistory(history)) {
          const minimum = statement.lines.find((line) => line.kind === 'minimum_commitment');
          if (minimum === undefined) continue;
          const guarantee = history.plans
            .get(minimum.planVersion!)
            ?.components.find((component) => component.id === minimum.componentId);
          expect(guarantee).toMatchObject({ kind: 'minimum_commitment', amountMinor: statement.earnedMinor });
        }
      }),
      RUNS,
    );
  });
});

describe('a cap', () => {
  it('is never passed, and what was cut is no more than what the rate came to', () => {
    let cuts = 0;
    fc.assert(
      fc.property(anyHistory, (history) => {
        const customerOf = new Map(history.conversions.map((sale) => [sale.conversionId, sale.customerId]));
        for (const { statement } of computeHistory(history)) {
          const paid = new Map<string, bigint>();
          for (const line of statement.lines.filter(isEarnedByConversion)) {
            const component = history.plans
              .get(line.planVersion!)
              ?.components.find(({ id }) => id === line.componentId);
            if (component === undefined || isPaidByThePeriod(component)) throw new Error('a line of no component');
            const inAll = `${line.planVersion} ${line.componentId}`;
            const limits = [
              [inAll, component.capPerPeriodMinor],
              [`${inAll} ${customerOf.get(line.conversionId)}`, component.capPerCustomerMinor],
            ] as const;
            for (const [key, limit] of limits) {
              paid.set(key, (paid.get(key) ?? 0n) + line.amountMinor);
              if (limit !== undefined) expect(paid.get(key)).toBeLessThanOrEqual(limit);
            }
            if (line.kind === 'revenue_share') {
              const whole = shareOf(line.baseMinor!, line.rateBps!);
              expect(line.cut?.fromMinor ?? line.amountMinor).toBe(whole);
              expect(line.amountMinor).toBeLessThanOrEqual(whole);
            }
            if (line.cut !== undefined) cuts += 1;
          }
        }
      }),
      RUNS,
    );
    expect(cuts).toBeGreaterThan(RUNS.numRuns / 20);
  });
});

describe('a full refund', () => {
  const parts = fc.array(
    fc.record({ weight: fc.integer({ min: 1, max: 999 }), day: fc.integer({ min: 32, max: 140 }) }),
    {
      minLength: 1,
      maxLength: 7,
    },
  );

  it('reverses exactly what was earned, line by line, however it is split and spread', () => {
    fc.assert(
      fc.property(anyHistory, parts, (generated, split) => {
        const history = { ...generated, holdDays: 0, refunds: [], periods: periodsFrom(period('2026-01'), 10) };
        const refunds = history.conversions.flatMap((sale) => {
          const whole = split.reduce((total, part) => total + part.weight, 0);
          let left = sale.amountMinor;
          return split.flatMap((part, index) => {
            const isLast = index === split.length - 1;
            const amountMinor = isLast ? left : (sale.amountMinor * BigInt(part.weight)) / BigInt(whole);
            left -= amountMinor;
            // From 1 June on, when every conversion of the history has been stated.
            const occurredAt = instant(new Date(Date.UTC(2026, 4, part.day)).toISOString());
            const refundId = `r${index} of ${sale.conversionId}`;
            return amountMinor === 0n ? [] : [{ refundId, conversionId: sale.conversionId, occurredAt, amountMinor }];
          });
        });
        const lines = allLines(computeHistory({ ...history, refunds }));
        const keyOf = (line: StatementLine): string => `${line.conversionId}/${line.componentId}`;
        const left = new Map<string, bigint>();
        for (const line of lines.filter((one) => isEarnedByConversion(one) || one.kind === 'clawback')) {
          left.set(keyOf(line), (left.get(keyOf(line)) ?? 0n) + line.amountMinor);
        }
        expect([...left.values()].every((rest) => rest === 0n)).toBe(true);
      }),
      RUNS,
    );
  });

  it('leaves nothing to earn on when it comes before the statement', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const refunds = history.conversions
          .filter((sale) => sale.amountMinor > 0n)
          .map((sale) => ({
            refundId: `r of ${sale.conversionId}`,
            conversionId: sale.conversionId,
            occurredAt: sale.occurredAt,
            amountMinor: sale.amountMinor,
          }));
        const statements = computeHistory({ ...history, refunds });
        expect(allLines(statements).filter((line) => isEarnedByConversion(line) || line.kind === 'clawback')).toEqual(
          [],
        );
      }),
      RUNS,
    );
  });
});

describe('brackets', () => {
  const sales = fc.array(fc.bigInt({ min: 1n, max: 300_00n }), { minLength: 1, maxLength: 12 });
  const pay = (
    mode: 'graduated' | 'volume',
    metric: 'revenue' | 'conversions',
    amounts: readonly bigint[],
    brackets: Parameters<typeof bracketOf>[0],
  ) =>
    allLines(
      computeHistory(
        aHistory({
          components: [{ kind: 'revenue_share', id: 'growth', mode, metric, brackets }],
          conversions: amounts.map((amountMinor, index) =>
            aConversion(`c${String(index).padStart(2, '0')}`, { amountMinor }),
          ),
        }),
      ),
    );
  const bracketOf = (brackets: readonly { upTo: bigint | null; rateBps: number }[], count: bigint) =>
    brackets.find(({ upTo }) => upTo === null || count <= upTo)!;

  it('cover the base exactly when they are graduated: each bracket gets what lies in it, each sale all of itself', () => {
    fc.assert(
      fc.property(sales, anyBrackets, (amounts, brackets) => {
        const distinct = brackets.map((bracket, index) => ({ ...bracket, rateBps: index }));
        const lines = pay('graduated', 'revenue', amounts, distinct);
        const total = amounts.reduce((all, amount) => all + amount, 0n);
        let lower = 0n;
        for (const { upTo, rateBps } of distinct) {
          const upper = upTo === null || upTo > total ? total : upTo;
          const inBracket = lines.filter((line) => line.rateBps === rateBps);
          expect(inBracket.reduce((all, line) => all + line.baseMinor!, 0n)).toBe(upper > lower ? upper - lower : 0n);
          lower = upper;
        }
        amounts.forEach((amount, index) => {
          const own = lines.filter((line) => line.conversionId === `c${String(index).padStart(2, '0')}`);
          expect(own.reduce((all, line) => all + line.baseMinor!, 0n)).toBe(amount);
          expect(own.every((line) => line.baseMinor! > 0n)).toBe(true);
        });
        expect(lines.map((line) => line.rateBps)).toEqual(lines.map((line) => line.rateBps).sort((a, b) => a! - b!));
      }),
      RUNS,
    );
  });

  it('give the n-th conversion the rate of n when they count conversions', () => {
    fc.assert(
      fc.property(sales, anyBrackets, (amounts, brackets) => {
        const few = brackets.map(({ upTo, rateBps }) => ({
          upTo: upTo === null ? null : (upTo + 9_999n) / 10_000n,
          rateBps,
        }));
        const rates = pay('graduated', 'conversions', amounts, few).map((line) => line.rateBps);
        expect(rates).toEqual(amounts.map((_, index) => bracketOf(few, BigInt(index + 1)).rateBps));
      }),
      RUNS,
    );
  });

  it('set one rate for all in volume mode: that of the total', () => {
    fc.assert(
      fc.property(
        sales,
        anyBrackets,
        fc.constantFrom('revenue' as const, 'conversions' as const),
        (amounts, brackets, metric) => {
          const total =
            metric === 'revenue' ? amounts.reduce((all, amount) => all + amount, 0n) : BigInt(amounts.length);
          const lines = pay('volume', metric, amounts, brackets);
          expect(lines.map((line) => line.baseMinor)).toEqual(amounts);
          expect(new Set(lines.map((line) => line.rateBps))).toEqual(new Set([bracketOf(brackets, total).rateBps]));
        },
      ),
      RUNS,
    );
  });
});
