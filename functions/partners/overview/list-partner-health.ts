import { list, notReady } from '#functions/partners/overview/overview-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listPartnerHealthRoute } from '#shared/contracts/partners/overview/list-partner-health';

export const listPartnerHealth: HttpHandler<typeof listPartnerHealthRoute> = async ({ params, query }) => {
  const shown = await list(params.programId, query);
  if (!shown) return notReady();
  const { items, health: counts, found: total, ...page } = shown.page;
  return {
    status: 'ready',
    isStale: shown.isStale,
    ...page,
    total,
    counts,
    items: items.map(({ status: health, ...row }) => ({ ...row, health })),
  };
};

export const handler = httpFunction(listPartnerHealthRoute, listPartnerHealth);
