import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { programs } from '#functions/runtime/programs';
import { clickReads, clock, links } from '#functions/tracking/composition';
import { linkCaller } from '#functions/tracking/link-caller';
import { makeListLinkClicks } from '#shared/application/tracking/clicks/list-link-clicks';
import { listLinkClicksRoute } from '#shared/contracts/tracking/list-link-clicks';

const listClicks = makeListLinkClicks({ links, reads: clickReads, programs, clock });

export const listLinkClicks: HttpHandler<typeof listLinkClicksRoute> = async ({ params, query }, { principal }) => {
  const { partnerIds } = linkCaller(principal, params.programId);
  return listClicks({ ...params, ...query, partnerIds });
};

export const handler = httpFunction(listLinkClicksRoute, listLinkClicks);
