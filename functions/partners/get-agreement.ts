import { wholeAgreementAnswer } from '#functions/partners/agreement-answers';
import { wholeAgreement } from '#functions/partners/reading-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { isPartnerOnly } from '#functions/runtime/principal';
import { getAgreementRoute } from '#shared/contracts/partners/get-agreement';

export const getAgreement: HttpHandler<typeof getAgreementRoute> = async ({ params }, { principal }) =>
  wholeAgreementAnswer(await wholeAgreement(params), !!principal && isPartnerOnly(principal, params.programId));

export const handler = httpFunction(getAgreementRoute, getAgreement);
