import { ownPartners, readStatementLines } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { Failure } from '#shared/application/failure';
import type { LinePosition } from '#shared/application/payouts/statements/list-statement-lines';
import { listStatementLinesRoute } from '#shared/contracts/payouts/statements/list-statement-lines';

const POSITION = /^(\d{1,9})~(LINES#[1-4]#.*)?$/;

function positionOf(cursor: string | undefined): LinePosition {
  if (cursor === undefined) return { taken: 0 };
  const match = POSITION.exec(fromCursor(cursor));
  if (match) return { taken: Number(match[1]), page: match[2] };
  throw new Failure('invalid_request', 'Send the nextCursor of the page before, or none for the first page.', {
    errors: [{ pointer: 'query:cursor', rule: 'must be a cursor that this list returned' }],
  });
}

export const listStatementLines: HttpHandler<typeof listStatementLinesRoute> = async ({ params, query }, context) => {
  const { items, next } = await readStatementLines({
    ...params,
    onlyPartners: ownPartners(context, params.programId),
    from: positionOf(query.cursor),
    limit: query.limit,
  });
  return { items, nextCursor: next && toCursor(`${next.taken}~${next.page ?? ''}`) };
};

export const handler = httpFunction(listStatementLinesRoute, listStatementLines);
