import { type HttpHandler, httpFunction, type Reply, reply } from '#functions/runtime/http';
import { PAGE_HEADERS } from '#functions/runtime/page';
import { programs } from '#functions/runtime/programs';
import { languageOf } from '#functions/runtime/reader-language';
import { clock, links } from '#functions/tracking/composition';
import { nothingPage } from '#functions/tracking/pages/nothing-page';
import { linkPage } from '#functions/tracking/pages/offer-page';
import type { Nothing } from '#functions/tracking/pages/words';
import { makeShowLink } from '#shared/application/tracking/offers/show-link';
import { showLinkRoute } from '#shared/contracts/tracking/show-link';

const offerOf = makeShowLink({ links, programs, clock });

export const showLink: HttpHandler<typeof showLinkRoute> = async ({ params, query }, { headers }): Promise<Reply> => {
  const offer = await offerOf(params.slug, query.path);
  const language = languageOf(headers['accept-language']);
  const nowhere = (status: number, what: Nothing): Reply =>
    reply(status, { text: nothingPage(what, language), headers: PAGE_HEADERS });
  if (offer === 'unknown') return nowhere(404, 'linkUnknown');
  if (offer === 'ended') return nowhere(410, 'linkEnded');
  if (offer === 'damaged') return nowhere(400, 'linkDamaged');
  const sent = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return reply(200, { text: linkPage(offer, new URLSearchParams(sent).toString()), headers: PAGE_HEADERS });
};

export const handler = httpFunction(showLinkRoute, showLink);
