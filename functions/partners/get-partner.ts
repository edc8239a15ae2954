import { partnerAnswer } from '#functions/partners/answers';
import { get } from '#functions/partners/reading-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getPartnerRoute } from '#shared/contracts/partners/get-partner';

export const getPartner: HttpHandler<typeof getPartnerRoute> = async ({ params }) => partnerAnswer(await get(params));

export const handler = httpFunction(getPartnerRoute, getPartner);
