import { computeHistory } from '#shared/domain/statement/compute-history';
import type { Statement, StatementLine } from '#shared/domain/statement/statement';
import { historyOf, type VectorCase } from './vector-file.ts';

type ExpectedStatement = VectorCase['statements'][number];

const AMOUNTS = [
  'earnedMinor',
  'clawbackMinor',
  'adjustmentMinor',
  'openingBalanceMinor',
  'payableMinor',
  'closingBalanceMinor',
] as const;

const LINE_FIELDS = [
  'kind',
  'amountMinor',
  'componentId',
  'conversionId',
  'refundId',
  'adjustmentId',
  'baseMinor',
  'rateBps',
] as const satisfies readonly (keyof StatementLine)[];

type ComparedLine = { readonly [field in (typeof LINE_FIELDS)[number]]?: string | number | bigint | undefined };

function show(line: ComparedLine | undefined): string {
  if (line === undefined) return 'no line';
  return LINE_FIELDS.flatMap((field) => (line[field] === undefined ? [] : `${field} ${line[field]}`)).join(', ');
}

function statementMismatches(expected: ExpectedStatement, actual: Statement): readonly string[] {
  const found: string[] = [];
  if (expected.period !== actual.period) found.push(`period: expected ${expected.period}, got ${actual.period}`);
  for (const field of AMOUNTS) {
    if (expected[field] !== actual[field]) found.push(`${field}: expected ${expected[field]}, got ${actual[field]}`);
  }
  for (let index = 0; index < Math.max(expected.lines.length, actual.lines.length); index += 1) {
    const wanted = show(expected.lines[index]);
    const got = show(actual.lines[index]);
    if (wanted !== got) found.push(`line ${index + 1}: expected ${wanted}; got ${got}`);
  }
  return found.map((mismatch) => `${expected.period} ${mismatch}`);
}

/** Runs one case against the engine and words each difference; an empty list means equal to the minor unit. */
export function caseMismatches(vector: VectorCase): readonly string[] {
  try {
    const actual = computeHistory(historyOf(vector));
    const found = vector.statements.flatMap((expected, index) => {
      const computed = actual[index];
      return computed === undefined
        ? [`${expected.period}: expected a statement, got none`]
        : statementMismatches(expected, computed.statement);
    });
    if (actual.length > vector.statements.length) {
      found.push(`expected ${vector.statements.length} statements, got ${actual.length}`);
    }
    return found;
  } catch (error) {
    return [`the engine refused the case: ${error instanceof Error ? error.message : String(error)}`];
  }
}
