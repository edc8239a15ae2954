import { agreementAnswer } from '#functions/partners/agreement-answers';
import { accept } from '#functions/partners/agreement-composition';
import { callerId, idempotency, standingOf } from '#functions/partners/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { acceptAgreementRoute } from '#shared/contracts/partners/accept-agreement';

export const acceptAgreement: HttpHandler<typeof acceptAgreementRoute> = async ({ params, body }, context) => {
  const by = callerId(context);
  return agreementAnswer(await accept({ ...body, ...params, by, ...standingOf(context, params) }));
};

export const handler = httpFunction(acceptAgreementRoute, acceptAgreement, { idempotency });
