import type { NothingReader } from '#shared/application/payouts/explain/explain-ports';
import type { StatementHeader, StatementReader, StatementWriter } from '#shared/application/payouts/ports';
import type { StatementAmounts, StatementLine } from '#shared/domain/statement/statement';
import { type Compare, compareFields, type Differences, MISSING, UNACCOUNTED } from './verify-differences.ts';
import { makeNothingComparison } from './verify-nothing.ts';

/** A stored page has hundreds of lines. */
const PAGES_AT_ONCE = 2;

export const AMOUNT_FIELDS: readonly (keyof StatementAmounts)[] = [
  'openingBalanceMinor',
  'earnedMinor',
  'clawbackMinor',
  'adjustmentMinor',
  'payableMinor',
  'closingBalanceMinor',
  'writtenOffMinor',
  'unsentMinor',
];

/** What a digest is taken of; `calculation` only words an amount, so that better wording is no difference. */
const LINE_FIELDS: readonly (keyof StatementLine)[] = [
  'kind',
  'componentId',
  'planVersion',
  'conversionId',
  'refundId',
  'adjustmentId',
  'baseMinor',
  'rateBps',
  'amountMinor',
];

const HEADER_FIELDS: readonly (keyof StatementHeader)[] = [
  'partnerId',
  'period',
  'currency',
  'runId',
  'attempt',
  ...AMOUNT_FIELDS,
  'lineCount',
  'digest',
];

/**
 * Stands in for the writer of drafts: what a computation would write is compared with what is stored, line by line and reason
 * by reason, and nothing is written. Memory holds a page of each statement in the making.
 */
export function makeComparingWriter(deps: {
  readonly statements: Pick<StatementReader, 'header' | 'pages'>;
  /** Without, the reasons of sales that earned nothing are left alone. */
  readonly reasons?: NothingReader | undefined;
  readonly differences: Differences;
}): StatementWriter & { readonly lineCount: () => number } {
  const { statements, differences } = deps;
  const nothing = makeNothingComparison(deps.reasons, differences);
  const comparisons = new Map<string, LineComparison>();
  let lineCount = 0;
  const comparisonOf = (programId: string, statementId: string): LineComparison => {
    const known = comparisons.get(statementId);
    if (known) return known;
    const made = compareLines(
      storedPages(statements, programId, statementId),
      differences.of('statement', statementId),
    );
    comparisons.set(statementId, made);
    return made;
  };
  return {
    lineCount: () => lineCount,
    async putLines(programId, statementId, { lines }) {
      lineCount += lines.length;
      await comparisonOf(programId, statementId).take(lines);
    },
    putNothing: nothing.take,
    async putHeader(programId, header) {
      const { statementId } = header;
      await comparisonOf(programId, statementId).end();
      await nothing.end(programId, statementId);
      comparisons.delete(statementId);
      const compare = differences.of('statement', statementId);
      const stored = await statements.header(programId, statementId);
      if (stored) compareFields(compare, HEADER_FIELDS, stored, header);
      else compare('statement', MISSING, `${header.lineCount} lines`);
    },
    async flush() {},
  };
}

async function* storedPages(
  statements: Pick<StatementReader, 'pages'>,
  programId: string,
  statementId: string,
): AsyncGenerator<readonly StatementLine[], undefined> {
  let after: string | undefined;
  for (;;) {
    const { items, more } = await statements.pages(programId, statementId, { after, limit: PAGES_AT_ONCE });
    for (const { lines } of items) yield lines;
    after = items.at(-1)?.sk;
    if (!more || after === undefined) return undefined;
  }
}

type LineComparison = {
  /** The next recomputed lines. */
  take(lines: readonly StatementLine[]): Promise<void>;
  /** No more recomputed lines: what is left of the stored ones is too much. */
  end(): Promise<void>;
};

/**
 * Compares two sequences of lines as they come. A line that only one side has is named as such, and the comparison goes on
 * with the next line that both have; a line of another identity in the same place is compared field by field.
 */
function compareLines(stored: AsyncIterator<readonly StatementLine[]>, compare: Compare): LineComparison {
  let waiting: StatementLine[] = [];
  let number = 0;

  const fill = async (count: number): Promise<void> => {
    while (waiting.length < count) {
      const next = await stored.next();
      if (next.done) return;
      waiting = [...waiting, ...next.value];
    }
  };
  const tooMany = (lines: readonly StatementLine[]): void => {
    for (const line of lines) compare(`after line ${number}, ${nameOf(line)}`, amountOf(line), UNACCOUNTED);
  };
  const takeOne = (line: StatementLine, lines: readonly StatementLine[], index: number): void => {
    const [other] = waiting;
    const place = other && identityOf(other) !== identityOf(line) ? indexOf(waiting, line) : 0;
    if (place > 0) tooMany(waiting.splice(0, place));
    number += 1;
    if (!other || (place < 0 && indexOf(lines.slice(index + 1), other) >= 0)) {
      compare(`line ${number}, ${nameOf(line)}`, MISSING, amountOf(line));
      return;
    }
    const match = waiting.shift() as StatementLine;
    compareFields(compare, LINE_FIELDS, match, line, `line ${number}, ${nameOf(line)}, `);
  };
  return {
    async take(lines) {
      await fill(lines.length);
      for (const [index, line] of lines.entries()) takeOne(line, lines, index);
    },
    async end() {
      await fill(Number.POSITIVE_INFINITY);
      tooMany(waiting.splice(0));
    },
  };
}

function indexOf(lines: readonly StatementLine[], line: StatementLine): number {
  return lines.findIndex((other) => identityOf(other) === identityOf(line));
}

function identityOf(line: StatementLine): string {
  const { kind, componentId, planVersion, conversionId, refundId, adjustmentId } = line;
  return JSON.stringify([kind, componentId, planVersion, conversionId, refundId, adjustmentId]);
}

function nameOf(line: StatementLine): string {
  const { kind, componentId, conversionId, refundId, adjustmentId } = line;
  const about = refundId ?? adjustmentId ?? conversionId;
  return [kind, componentId, about].filter((part) => part !== undefined).join(' ');
}

function amountOf(line: StatementLine): string {
  return `amountMinor ${line.amountMinor}`;
}
