import type { NothingReader, StatedFacts } from '#shared/application/payouts/explain/explain-ports';
import type { StatementReader } from '#shared/application/payouts/ports';
import type { NothingEarned } from '#shared/domain/statement/statement';

/** What statements kept about one fact: clawbacks from their pages, reasons as given by statement id. */
export function makeFakeStatedFacts(
  statements: Pick<StatementReader, 'pages'>,
  reasons: ReadonlyMap<string, readonly NothingEarned[]> = new Map(),
): StatedFacts & NothingReader {
  return {
    nothing: async (_programId, statementId, orderId) =>
      (reasons.get(statementId) ?? []).filter(({ conversionId }) => conversionId === orderId),
    // A page a sale, as the contract test stores them.
    nothingPages: async (_programId, statementId, { after, limit }) => {
      const bySale = Map.groupBy(reasons.get(statementId) ?? [], ({ conversionId }) => conversionId);
      const all = [...bySale.values()].map((entries, index) => ({ ordinal: index + 1, entries }));
      return { pages: all.slice(after, after + limit), more: after + limit < all.length };
    },
    clawbackLines: async (programId, statementId, { refundId }) => {
      const { items } = await statements.pages(programId, statementId, { limit: 1_000 });
      return items
        .flatMap(({ lines }) => lines)
        .filter((line) => line.kind === 'clawback' && line.refundId === refundId);
    },
  };
}
