import { agreementTerms } from '#functions/partners/agreement-terms';
import { caller, idempotency } from '#functions/partners/composition';
import { enrol } from '#functions/partners/payee-composition';
import { hintOfTier } from '#functions/partners/tiers/hint-composition';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { enrolPartnerRoute } from '#shared/contracts/partners/enrol-partner';

export const enrolPartner: HttpHandler<typeof enrolPartnerRoute> = async ({ params, body }, context) => {
  const { partner, repeated } = await enrol({
    ...agreementTerms(body),
    ...params,
    partnerId: body.partnerId ?? context.newId,
    ...caller(context),
  });
  const hint = await hintOfTier({ ...params, partnerId: partner.partnerId }, partner.tier);
  return reply(repeated ? 200 : 201, { body: { ...partner, hint } });
};

export const handler = httpFunction(enrolPartnerRoute, enrolPartner, { idempotency });
