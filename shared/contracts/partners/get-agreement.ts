import { agreementParams, wholeAgreementSchema } from '#shared/contracts/partners/agreement';
import { defineRoute } from '#shared/contracts/route';

export const getAgreementRoute = defineRoute({
  name: 'get-agreement',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/partners/{partnerId}/agreements/{agreementId}',
  summary: 'Read a version of an agreement with its text, its components and what happened to it',
  access: ['partner', 'partner_manager', 'finance', 'approver', 'admin'],
  params: agreementParams,
  status: 200,
  response: wholeAgreementSchema,
});
