import { ownPartners, runs, statements, table } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { fromCursor, toCursor } from '#shared/adapters/dynamodb/cursor';
import { makeStatedFacts } from '#shared/adapters/dynamodb/referrals/sales/stated-facts';
import { Failure } from '#shared/application/failure';
import {
  makeListNothingEarned,
  type NothingPosition,
} from '#shared/application/payouts/statements/list-nothing-earned';
import { listNothingEarnedRoute } from '#shared/contracts/payouts/statements/list-nothing-earned';

const readNothing = makeListNothingEarned({ runs, statements, stated: makeStatedFacts(table) });

const POSITION = /^(\d{1,6})~(\d{1,6})$/;

function positionOf(cursor: string | undefined): NothingPosition {
  if (cursor === undefined) return { page: 0, taken: 0 };
  const match = POSITION.exec(fromCursor(cursor));
  if (match) return { page: Number(match[1]), taken: Number(match[2]) };
  throw new Failure('invalid_request', 'Send the nextCursor of the page before, or none for the first page.', {
    errors: [{ pointer: 'query:cursor', rule: 'must be a cursor that this list returned' }],
  });
}

export const listNothingEarned: HttpHandler<typeof listNothingEarnedRoute> = async ({ params, query }, context) => {
  const { items, next } = await readNothing({
    ...params,
    onlyPartners: ownPartners(context, params.programId),
    from: positionOf(query.cursor),
    limit: query.limit,
  });
  return {
    items: items.map(({ conversionId, ...rest }) => ({ orderId: conversionId, ...rest })),
    nextCursor: next && toCursor(`${next.page}~${next.taken}`),
  };
};

export const handler = httpFunction(listNothingEarnedRoute, listNothingEarned);
