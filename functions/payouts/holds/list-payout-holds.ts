import { holdAnswer, readHolds } from '#functions/payouts/holds/payout-hold-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listPayoutHoldsRoute } from '#shared/contracts/payouts/holds/list-payout-holds';

export const listPayoutHolds: HttpHandler<typeof listPayoutHoldsRoute> = async ({ params, query }) => {
  const { items, ...next } = await readHolds({ ...params, ...query });
  return { items: items.map(holdAnswer), ...next };
};

export const handler = httpFunction(listPayoutHoldsRoute, listPayoutHolds);
