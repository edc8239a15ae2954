import { acceptAgreementRoute } from '#shared/contracts/partners/accept-agreement';
import { amendAgreementRoute } from '#shared/contracts/partners/amend-agreement';
import { assignTierRoute } from '#shared/contracts/partners/assign-tier';
import { changePayeeRoute } from '#shared/contracts/partners/change-payee';
import { createApiKeyRoute } from '#shared/contracts/partners/create-api-key';
import { enrolPartnerRoute } from '#shared/contracts/partners/enrol-partner';
import { getAgreementRoute } from '#shared/contracts/partners/get-agreement';
import { getPartnerRoute } from '#shared/contracts/partners/get-partner';
import { listApiKeysRoute } from '#shared/contracts/partners/list-api-keys';
import { listPartnersRoute } from '#shared/contracts/partners/list-partners';
import { recordCertificationRoute } from '#shared/contracts/partners/record-certification';
import { renewAgreementRoute } from '#shared/contracts/partners/renew-agreement';
import { revokeApiKeyRoute } from '#shared/contracts/partners/revoke-api-key';
import { terminateAgreementRoute } from '#shared/contracts/partners/terminate-agreement';
import { withdrawAgreementRoute } from '#shared/contracts/partners/withdraw-agreement';
import type { RouteContract } from '#shared/contracts/route';

/** Every HTTP slice of the partners service. */
export const partnersRoutes: readonly RouteContract[] = [
  enrolPartnerRoute,
  listPartnersRoute,
  getPartnerRoute,
  amendAgreementRoute,
  getAgreementRoute,
  acceptAgreementRoute,
  withdrawAgreementRoute,
  renewAgreementRoute,
  terminateAgreementRoute,
  assignTierRoute,
  recordCertificationRoute,
  changePayeeRoute,
  createApiKeyRoute,
  listApiKeysRoute,
  revokeApiKeyRoute,
];
