import { readRuns } from '#functions/payouts/composition';
import { runAnswer } from '#functions/payouts/runs/run-answer';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listPayoutRunsRoute } from '#shared/contracts/payouts/runs/list-payout-runs';

export const listPayoutRuns: HttpHandler<typeof listPayoutRunsRoute> = async ({ params, query }) => {
  const { items, nextCursor } = await readRuns({ ...params, ...query });
  return { items: items.map(runAnswer), nextCursor };
};

export const handler = httpFunction(listPayoutRunsRoute, listPayoutRuns);
