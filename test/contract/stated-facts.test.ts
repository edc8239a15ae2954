import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeStatementWriter } from '#shared/adapters/dynamodb/money/statements/statement-writer';
import { makeStatements } from '#shared/adapters/dynamodb/money/statements/statements';
import { makeStatedFacts } from '#shared/adapters/dynamodb/referrals/sales/stated-facts';
import type { NothingReader, StatedFacts } from '#shared/application/payouts/explain/explain-ports';
import type { LinePage, StatementReader, StatementWriter } from '#shared/application/payouts/ports';
import type { NothingEarned, StatementLine } from '#shared/domain/statement/statement';
import { instant } from '#test/support/builders/runs';
import { makeFakeMoney } from '#test/support/fakes/money';
import { makeFakeStatedFacts } from '#test/support/fakes/stated-facts';
import { aMoneyTable } from '#test/support/money-table';
import type { TestTable } from '#test/support/referrals-table';

const PROGRAM = 'stated';
const STATEMENT = '2026-01.1~p1~GBP';
const at = (day: number) => instant(`2026-01-0${day}T00:00:00Z`);
const clawback = (refundId: string, conversionId = 'o1'): StatementLine => ({
  kind: 'clawback',
  amountMinor: -5n,
  componentId: 'share',
  planVersion: 1,
  conversionId,
  refundId,
  calculation: 'as it was',
});
const page = (section: LinePage['section'], day: number, factId: string, lines: StatementLine[]): LinePage => ({
  section,
  first: { occurredAt: at(day), factId },
  lines,
});
const PAGES: readonly LinePage[] = [
  page('1', 8, 'o8', [{ kind: 'revenue_share', amountMinor: 1n, conversionId: 'o8', refundId: undefined }]),
  page('3', 2, 'r2', [clawback('r2'), clawback('r2'), clawback('r3', 'o2')]),
  page('3', 5, 'r5', [clawback('r5')]),
  page('4', 1, 'a1', [{ kind: 'adjustment', amountMinor: 7n, adjustmentId: 'a1', calculation: 'as recorded' }]),
];
const REASONS: readonly NothingEarned[] = [
  { conversionId: 'o1', componentId: 'share', reason: 'no_tier' },
  { conversionId: 'o1', componentId: 'welcome', reason: 'not_the_first_purchase' },
  { conversionId: 'o2', reason: 'no_value' },
];

let table: TestTable;
beforeAll(async () => {
  table = await aMoneyTable();
});
afterAll(() => table?.stop());

type Kept = {
  readonly writer: StatementWriter;
  readonly statements: StatementReader;
  readonly stated: StatedFacts & NothingReader;
};

const implementations: readonly [string, () => Kept][] = [
  [
    'on the engine',
    () => ({
      writer: makeStatementWriter({ ...table, digest }),
      statements: makeStatements(table),
      stated: makeStatedFacts(table),
    }),
  ],
  [
    'in memory',
    () => {
      const { newWriter, statements } = makeFakeMoney();
      return {
        writer: newWriter(),
        statements,
        stated: makeFakeStatedFacts(statements, new Map([[STATEMENT, REASONS]])),
      };
    },
  ],
];

describe.each(implementations)('what a statement kept of one fact, %s', (_name, make) => {
  let stated: StatedFacts & NothingReader;
  beforeAll(async () => {
    const kept = make();
    for (const one of PAGES) await kept.writer.putLines(PROGRAM, STATEMENT, one);
    // A page a conversion: the second is found behind the first.
    await kept.writer.putNothing(PROGRAM, STATEMENT, 1, REASONS.slice(0, 2));
    await kept.writer.putNothing(PROGRAM, STATEMENT, 2, REASONS.slice(2));
    await kept.writer.flush();
    stated = kept.stated;
  });

  it('finds why a conversion wrote no line, component by component', async () => {
    expect(await stated.nothing(PROGRAM, STATEMENT, 'o1')).toEqual(REASONS.slice(0, 2));
    expect(await stated.nothing(PROGRAM, STATEMENT, 'o2')).toEqual(REASONS.slice(2));
    expect(await stated.nothing(PROGRAM, STATEMENT, 'o8')).toEqual([]);
    expect(await stated.nothing(PROGRAM, '2026-02.1~p1~GBP', 'o1')).toEqual([]);
  });

  it('reads the reasons page by page in their order', async () => {
    const first = await stated.nothingPages(PROGRAM, STATEMENT, { after: 0, limit: 1 });
    expect(first).toEqual({ pages: [{ ordinal: 1, entries: REASONS.slice(0, 2) }], more: true });
    const rest = await stated.nothingPages(PROGRAM, STATEMENT, { after: 1, limit: 2 });
    expect(rest).toEqual({ pages: [{ ordinal: 2, entries: REASONS.slice(2) }], more: false });
    const none = { pages: [], more: false };
    expect(await stated.nothingPages(PROGRAM, STATEMENT, { after: 2, limit: 1 })).toEqual(none);
    expect(await stated.nothingPages(PROGRAM, '2026-02.1~p1~GBP', { after: 0, limit: 1 })).toEqual(none);
  });

  it.each([
    ['r2', 2, 2],
    ['r3', 3, 1],
    ['r5', 5, 1],
    ['r1', 1, 0],
    ['r9', 9, 0],
  ])('finds what refund %s took back', async (refundId, day, count) => {
    const lines = await stated.clawbackLines(PROGRAM, STATEMENT, { occurredAt: at(day), refundId });
    expect(lines.map((line) => line.refundId)).toEqual(Array(count).fill(refundId));
    if (count > 0) expect(lines[0]).toEqual(clawback(refundId, refundId === 'r3' ? 'o2' : 'o1'));
  });
});
