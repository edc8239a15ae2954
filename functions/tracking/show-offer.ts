import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { type HttpHandler, httpFunction, type Reply, reply } from '#functions/runtime/http';
import { offerPage, unknownCodePage } from '#functions/tracking/offer-page';
import { PAGE_HEADERS } from '#functions/tracking/page';
import { makeCodeStore } from '#shared/adapters/dynamodb/referrals/codes';
import { makeShowOffer } from '#shared/application/tracking/show-offer';
import { showOfferRoute } from '#shared/contracts/tracking/show-offer';

const environment = readEnvironment(z.object({ REFERRALS_TABLE: z.string() }));
const offerOf = makeShowOffer({
  codes: makeCodeStore({ documents, tableName: environment.REFERRALS_TABLE }),
  clock: Date.now,
});

export const showOffer: HttpHandler<typeof showOfferRoute> = async ({ params }): Promise<Reply> => {
  const offer = await offerOf(params.code);
  return offer
    ? reply(200, { text: offerPage(offer), headers: PAGE_HEADERS })
    : reply(404, { text: unknownCodePage(), headers: PAGE_HEADERS });
};

export const handler = httpFunction(showOfferRoute, showOffer);
