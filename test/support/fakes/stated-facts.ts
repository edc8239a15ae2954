import type { StatedFacts } from '#shared/application/payouts/explain-ports';
import type { StatementReader } from '#shared/application/payouts/ports';
import type { NothingEarned } from '#shared/domain/statement';

/** What statements kept about one fact: clawbacks from their pages, reasons as given by statement id. */
export function makeFakeStatedFacts(
  statements: Pick<StatementReader, 'pages'>,
  reasons: ReadonlyMap<string, readonly NothingEarned[]> = new Map(),
): StatedFacts {
  return {
    nothing: async (_programId, statementId, orderId) =>
      (reasons.get(statementId) ?? []).filter(({ conversionId }) => conversionId === orderId),
    clawbackLines: async (programId, statementId, { refundId }) => {
      const { items } = await statements.pages(programId, statementId, { limit: 1_000 });
      return items
        .flatMap(({ lines }) => lines)
        .filter((line) => line.kind === 'clawback' && line.refundId === refundId);
    },
  };
}
