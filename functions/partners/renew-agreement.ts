import { agreementAnswer } from '#functions/partners/agreement-answers';
import { renew } from '#functions/partners/agreement-composition';
import { caller, idempotency } from '#functions/partners/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { renewAgreementRoute } from '#shared/contracts/partners/renew-agreement';

export const renewAgreement: HttpHandler<typeof renewAgreementRoute> = async ({ params, body }, context) =>
  agreementAnswer(await renew({ ...body, ...params, actId: context.newId, ...caller(context) }));

export const handler = httpFunction(renewAgreementRoute, renewAgreement, { idempotency });
