import { moneyTable, programs, runs } from '#functions/payouts/task-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makePayoutResolutions } from '#shared/adapters/dynamodb/money/ledger/payout-resolutions';
import { makePayouts } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { makeListPayoutResolutions } from '#shared/application/payouts/paying/list-payout-resolutions';
import { listPayoutResolutionsRoute } from '#shared/contracts/payouts/paying/list-payout-resolutions';

const readResolutions = makeListPayoutResolutions({
  resolutions: makePayoutResolutions(moneyTable),
  payouts: makePayouts(moneyTable),
  runs,
  programs,
});

export const listPayoutResolutions: HttpHandler<typeof listPayoutResolutionsRoute> = async ({ params, query }) => {
  const page = await readResolutions({ ...params, ...query });
  const items = page.items.map(({ programId: _, seenChanges: __, ...shown }) => shown);
  return { ...page, items };
};

export const handler = httpFunction(listPayoutResolutionsRoute, listPayoutResolutions);
