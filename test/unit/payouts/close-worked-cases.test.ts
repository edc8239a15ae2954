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
  const { half, history, close, currency } = await aWorkedCase(vector);
  const stated: unknown[] = [];
  for await (const period of close()) {
    const { items } = await half.list({ programId: half.program.programId, period, limit: 10 });
    const statement = items.find((one) => one.currency === currency)!;
    // A case in the programme's currency alone has no other statement, a case in another one has both.
    const others = items.filter((one) => one !== statement).map((one) => one.currency);
    expect(others.filter((other) => !namedCurrencies(vector).has(other))).toEqual([]);
    const lines = await allLines(half, statement.statementId);
    // A month that a case leaves out is closed too, but not looked at.
    if (!history.periods.includes(period)) continue;
    stated.push({ period, ...pick(statement, AMOUNTS), lines: lines.map((line) => pick(line, FIELDS)) });
  }
  return stated;
}

/** The programme's currency and those that a component names. */
function namedCurrencies({ history }: VectorCase): ReadonlySet<string | undefined> {
  const components = history.planHistory.flatMap((plan) => plan.components);
  return new Set([history.program.currency, ...components.map(({ currency }) => currency)]);
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

describe.each(['statements.json', 'statements-random.json', 'rules.json'])(
  'closing the months of %s, a run a month',
  (name) => {
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
  },
);
