import { computing, list } from '#functions/partners/overview/overview-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listPartnerHealthRoute } from '#shared/contracts/partners/overview/list-partner-health';

export const listPartnerHealth: HttpHandler<typeof listPartnerHealthRoute> = async ({ params, query }, context) => {
  const shown = await list(params.programId, query, context.newId);
  if (shown.state === 'computing') return computing();
  const { items, health: counts, ...page } = shown.page;
  return {
    status: 'ready',
    isRefreshing: shown.isRefreshing,
    ...page,
    counts,
    items: items.map(({ status: health, ...row }) => ({ ...row, health })),
  };
};

export const handler = httpFunction(listPartnerHealthRoute, listPartnerHealth);
