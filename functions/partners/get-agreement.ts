import { wholeAgreementAnswer } from '#functions/partners/agreement-answers';
import { wholeAgreement } from '#functions/partners/reading-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getAgreementRoute } from '#shared/contracts/partners/get-agreement';

export const getAgreement: HttpHandler<typeof getAgreementRoute> = async ({ params }) =>
  wholeAgreementAnswer(await wholeAgreement(params));

export const handler = httpFunction(getAgreementRoute, getAgreement);
