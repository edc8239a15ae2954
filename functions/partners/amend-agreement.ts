import { agreementAnswer } from '#functions/partners/answers';
import { amend, callerId, idempotency } from '#functions/partners/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { amendAgreementRoute } from '#shared/contracts/partners/amend-agreement';

export const amendAgreement: HttpHandler<typeof amendAgreementRoute> = async ({ params, body }, context) =>
  agreementAnswer(await amend({ ...body, ...params, agreementId: context.newId, by: callerId(context) }));

export const handler = httpFunction(amendAgreementRoute, amendAgreement, { idempotency });
