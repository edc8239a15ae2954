import { agreementAnswer } from '#functions/partners/agreement-answers';
import { terminate } from '#functions/partners/agreement-composition';
import { caller, idempotency, standingOf } from '#functions/partners/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { terminateAgreementRoute } from '#shared/contracts/partners/terminate-agreement';

export const terminateAgreement: HttpHandler<typeof terminateAgreementRoute> = async ({ params, body }, context) =>
  agreementAnswer(
    await terminate({ ...body, ...params, actId: context.newId, ...caller(context), ...standingOf(context, params) }),
  );

export const handler = httpFunction(terminateAgreementRoute, terminateAgreement, { idempotency });
