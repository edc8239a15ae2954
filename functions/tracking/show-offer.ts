import { type HttpHandler, httpFunction, type Reply, reply } from '#functions/runtime/http';
import { PAGE_HEADERS } from '#functions/runtime/page';
import { programs } from '#functions/runtime/programs';
import { languageOf } from '#functions/runtime/reader-language';
import { clock, codes, table } from '#functions/tracking/composition';
import { nothingPage } from '#functions/tracking/pages/nothing-page';
import { codePage } from '#functions/tracking/pages/offer-page';
import { makeRedemptionStore } from '#shared/adapters/dynamodb/referrals/codes/redemptions';
import { makeShowOffer } from '#shared/application/tracking/offers/show-offer';
import { showOfferRoute } from '#shared/contracts/tracking/show-offer';

const offerOf = makeShowOffer({ codes, programs, seats: makeRedemptionStore(table), clock });

export const showOffer: HttpHandler<typeof showOfferRoute> = async ({ params }, { headers }): Promise<Reply> => {
  const offer = await offerOf(params.code);
  if (offer) return reply(200, { text: codePage(offer), headers: PAGE_HEADERS });
  // By the reader's language, not the programme's: that there is one would be an answer.
  return reply(404, { text: nothingPage('codeGone', languageOf(headers['accept-language'])), headers: PAGE_HEADERS });
};

export const handler = httpFunction(showOfferRoute, showOffer);
