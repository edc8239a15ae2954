import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { linkAnswer } from '#functions/tracking/answers';
import { clock, publicUrl } from '#functions/tracking/composition';
import { listLinksWithClicks } from '#functions/tracking/link-composition';
import { visiblePartner } from '#functions/tracking/visible-partner';
import { listLinksRoute } from '#shared/contracts/tracking/list-links';

export const listLinks: HttpHandler<typeof listLinksRoute> = async ({ params, query }, { principal }) => {
  const partnerId = visiblePartner(principal, params.programId, query.partnerId);
  const { items, nextCursor } = await listLinksWithClicks(params.programId, { ...query, partnerId });
  return {
    items: items.map((link) => ({
      ...linkAnswer(link, publicUrl, clock()),
      destinationAllowed: link.destinationAllowed,
      clicks: link.clicks,
      visitors: link.visitors,
      bots: link.bots,
      prefetches: link.prefetches,
    })),
    nextCursor,
  };
};

export const handler = httpFunction(listLinksRoute, listLinks);
