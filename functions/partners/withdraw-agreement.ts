import { agreementAnswer } from '#functions/partners/agreement-answers';
import { withdraw } from '#functions/partners/agreement-composition';
import { caller, idempotency } from '#functions/partners/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { withdrawAgreementRoute } from '#shared/contracts/partners/withdraw-agreement';

export const withdrawAgreement: HttpHandler<typeof withdrawAgreementRoute> = async ({ params, body }, context) =>
  agreementAnswer(await withdraw({ ...body, ...params, ...caller(context) }));

export const handler = httpFunction(withdrawAgreementRoute, withdrawAgreement, { idempotency });
