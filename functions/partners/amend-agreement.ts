import { agreementAnswer } from '#functions/partners/agreement-answers';
import { agreementTerms } from '#functions/partners/agreement-terms';
import { callerId, idempotency } from '#functions/partners/composition';
import { amend } from '#functions/partners/programs-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { amendAgreementRoute } from '#shared/contracts/partners/amend-agreement';

export const amendAgreement: HttpHandler<typeof amendAgreementRoute> = async ({ params, body }, context) =>
  agreementAnswer(
    await amend({ ...agreementTerms(body), ...params, agreementId: context.newId, by: callerId(context) }),
  );

export const handler = httpFunction(amendAgreementRoute, amendAgreement, { idempotency });
