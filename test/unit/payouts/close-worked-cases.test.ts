import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { aClosingHalf } from '#test/support/builders/closing-half';
import { aWorkedCase } from '#test/support/builders/worked-case';
import { type VectorCase, vectorFile } from '#test/support/vector-file';

const folder = join(import.meta.dirname, '../../vectors');
const AMOUNTS = [
  'earnedMinor',
  'clawbackMinor',
  'adjustmentMinor',
  'openingBalanceMinor',
  'payableMinor',
  'closingBalanceMinor',
] as const;
const FIELDS = [
  'kind',
  'amountMinor',
  'componentId',
  'conversionId',
  'refundId',
  'adjustmentId',
  'baseMinor',
  'rateBps',
] as const;

async function closeAll(vector: VectorCase): Promise<unknown[]> {
  const { half, history, close } = await aWorkedCase(vector);
  const stated: unknown[] = [];
  for await (const period of close()) {
    const { items } = await half.list({ programId: half.program.programId, period, limit: 10 });
    expect(items).toHaveLength(1);
    const statement = items[0]!;
    const lines = await allLines(half, statement.statementId);
    // A month that a case leaves out is closed too, but not looked at.
    if (!history.periods.includes(period)) continue;
    stated.push({ period, ...pick(statement, AMOUNTS), lines: lines.map((line) => pick(line, FIELDS)) });
  }
  return stated;
}

async function allLines(half: ReturnType<typeof aClosingHalf>, statementId: string) {
  const lines = [];
  let from: { page?: string | undefined; taken: number } | undefined = { taken: 0 };
  while (from) {
    const page: Awaited<ReturnType<typeof half.lines>> = await half.lines({
      programId: half.program.programId,
      statementId,
      from,
      limit: 3,
    });
    lines.push(...page.items);
    from = page.next;
  }
  return lines;
}

function pick(source: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(source).filter(([name, value]) => names.includes(name) && value !== undefined),
  );
}

describe.each(['statements.json', 'statements-random.json'])('closing the months of %s, a run a month', (name) => {
  const cases = vectorFile.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));

  it.each(cases.map((vector) => ({ ...vector, title: vector.why ?? 'a generated history' })))(
    '$name: $title',
    async (vector) => {
      const expected = vector.statements.map((statement) => ({
        period: statement.period,
        ...pick(statement, AMOUNTS),
        lines: statement.lines.map((line) => pick(line, FIELDS)),
      }));
      expect(await closeAll(vector)).toEqual(expected);
    },
  );
});
