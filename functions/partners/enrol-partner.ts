import { agreementTerms } from '#functions/partners/agreement-terms';
import { caller, idempotency } from '#functions/partners/composition';
import { enrol } from '#functions/partners/payee-composition';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { enrolPartnerRoute } from '#shared/contracts/partners/enrol-partner';

export const enrolPartner: HttpHandler<typeof enrolPartnerRoute> = async ({ params, body }, context) => {
  const { partner, repeated } = await enrol({
    ...agreementTerms(body),
    ...params,
    partnerId: body.partnerId ?? context.newId,
    ...caller(context),
  });
  return reply(repeated ? 200 : 201, { body: partner });
};

export const handler = httpFunction(enrolPartnerRoute, enrolPartner, { idempotency });
