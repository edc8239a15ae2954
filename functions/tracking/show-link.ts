import { type HttpHandler, httpFunction, type Reply, reply } from '#functions/runtime/http';
import { clock, links } from '#functions/tracking/composition';
import { linkPage, nothingPage } from '#functions/tracking/pages/offer-page';
import { PAGE_HEADERS } from '#functions/tracking/pages/page';
import { languageOf } from '#functions/tracking/pages/words';
import { programs } from '#functions/tracking/programs-composition';
import { makeShowLink } from '#shared/application/tracking/show-link';
import { showLinkRoute } from '#shared/contracts/tracking/show-link';

const offerOf = makeShowLink({ links, programs, clock });

export const showLink: HttpHandler<typeof showLinkRoute> = async ({ params, query }, { headers }): Promise<Reply> => {
  const offer = await offerOf(params.slug);
  const language = languageOf(headers['accept-language']);
  if (offer === 'unknown') return reply(404, { text: nothingPage('linkUnknown', language), headers: PAGE_HEADERS });
  if (offer === 'ended') return reply(410, { text: nothingPage('linkEnded', language), headers: PAGE_HEADERS });
  const sent = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return reply(200, { text: linkPage(offer, new URLSearchParams(sent).toString()), headers: PAGE_HEADERS });
};

export const handler = httpFunction(showLinkRoute, showLink);
