import { table } from '#functions/referrals/composition';
import { holdAnswer } from '#functions/referrals/hold-answers';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { programs } from '#functions/runtime/programs';
import { makeHoldPages } from '#shared/adapters/dynamodb/referrals/holds/holds';
import { makeListHolds } from '#shared/application/referrals/holds/list-holds';
import { listHoldsRoute } from '#shared/contracts/referrals/list-holds';

const list = makeListHolds({ holds: makeHoldPages(table), programs });

export const listHolds: HttpHandler<typeof listHoldsRoute> = async ({ params, query }) => {
  const { items, nextCursor } = await list({ ...params, ...query });
  return { items: items.map(holdAnswer), nextCursor };
};

export const handler = httpFunction(listHoldsRoute, listHolds);
