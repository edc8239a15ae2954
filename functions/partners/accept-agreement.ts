import { agreementAnswer } from '#functions/partners/agreement-answers';
import { accept } from '#functions/partners/agreement-composition';
import { callerId, idempotency } from '#functions/partners/composition';
import { type HttpHandler, httpFunction, type RequestContext } from '#functions/runtime/http';
import { partnersOf, rolesIn } from '#functions/runtime/principal';
import { acceptAgreementRoute } from '#shared/contracts/partners/accept-agreement';

export const acceptAgreement: HttpHandler<typeof acceptAgreementRoute> = async ({ params, body }, context) => {
  const { by, isPartner, isManager } = whoAccepts(context, params);
  return agreementAnswer(await accept({ ...body, ...params, by, isPartner, isManager }));
};

function whoAccepts(context: RequestContext, { programId, partnerId }: { programId: string; partnerId: string }) {
  const { principal } = context;
  const roles = principal ? rolesIn(principal, programId) : new Set();
  const isPartner = principal !== undefined && partnersOf(principal, programId).includes(partnerId);
  return { by: callerId(context), isPartner, isManager: roles.has('partner_manager') || roles.has('admin') };
}

export const handler = httpFunction(acceptAgreementRoute, acceptAgreement, { idempotency });
