import { ownPartners, readStatements } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import type { ListedStatement } from '#shared/application/payouts/statements/list-statements';
import { listStatementsRoute } from '#shared/contracts/payouts/statements/list-statements';

function answer({ runId: _run, attempt: _attempt, lineCount: _count, ...statement }: ListedStatement): object {
  return statement;
}

export const listStatements: HttpHandler<typeof listStatementsRoute> = async ({ params, query }, context) => {
  const { cursor, ...asked } = query;
  const { items, after } = await readStatements({
    ...asked,
    programId: params.programId,
    onlyPartners: ownPartners(context, params.programId),
    after: cursor === undefined ? undefined : fromCursor(cursor),
  });
  return { items: items.map(answer), nextCursor: after === undefined ? undefined : toCursor(after) };
};

export const handler = httpFunction(listStatementsRoute, listStatements);
