import { acceptAgreementRoute } from '#shared/contracts/partners/accept-agreement';
import { addDisputeMessageRoute } from '#shared/contracts/partners/add-dispute-message';
import { amendAgreementRoute } from '#shared/contracts/partners/amend-agreement';
import { createApplicationRoute } from '#shared/contracts/partners/applications/create-application';
import { decideApplicationRoute } from '#shared/contracts/partners/applications/decide-application';
import { getApplicationRoute } from '#shared/contracts/partners/applications/get-application';
import { getApplicationFormRoute } from '#shared/contracts/partners/applications/get-application-form';
import { listApplicationsRoute } from '#shared/contracts/partners/applications/list-applications';
import {
  applyRoute,
  confirmApplicationRoute,
  showApplicationFormRoute,
  showConfirmationRoute,
} from '#shared/contracts/partners/applications/public-pages';
import { setApplicationFormRoute } from '#shared/contracts/partners/applications/set-application-form';
import { assignTierRoute } from '#shared/contracts/partners/assign-tier';
import { changePayeeRoute } from '#shared/contracts/partners/change-payee';
import { createApiKeyRoute } from '#shared/contracts/partners/create-api-key';
import { decideDisputeRoute } from '#shared/contracts/partners/decide-dispute';
import { enrolPartnerRoute } from '#shared/contracts/partners/enrol-partner';
import { fileDisputeRoute } from '#shared/contracts/partners/file-dispute';
import { getAgreementRoute } from '#shared/contracts/partners/get-agreement';
import { getBillingRoute } from '#shared/contracts/partners/get-billing';
import { getDisputeRoute } from '#shared/contracts/partners/get-dispute';
import { getEscalationContactRoute } from '#shared/contracts/partners/get-escalation-contact';
import { getPartnerRoute } from '#shared/contracts/partners/get-partner';
import { listApiKeysRoute } from '#shared/contracts/partners/list-api-keys';
import { listDisputesRoute } from '#shared/contracts/partners/list-disputes';
import { listPartnerDisputesRoute } from '#shared/contracts/partners/list-partner-disputes';
import { listPartnersRoute } from '#shared/contracts/partners/list-partners';
import { getDashboardRoute } from '#shared/contracts/partners/overview/get-dashboard';
import { listPartnerHealthRoute } from '#shared/contracts/partners/overview/list-partner-health';
import { requestOverviewRoute } from '#shared/contracts/partners/overview/request-overview';
import { addPersonRoute } from '#shared/contracts/partners/people/add-person';
import { changePersonRoute } from '#shared/contracts/partners/people/change-person';
import { getMeRoute } from '#shared/contracts/partners/people/get-me';
import { listNamesRoute } from '#shared/contracts/partners/people/list-names';
import { listPeopleRoute } from '#shared/contracts/partners/people/list-people';
import { recordSignInRoute } from '#shared/contracts/partners/people/record-sign-in';
import { removePersonRoute } from '#shared/contracts/partners/people/remove-person';
import { recordCertificationRoute } from '#shared/contracts/partners/record-certification';
import { renewAgreementRoute } from '#shared/contracts/partners/renew-agreement';
import { revokeApiKeyRoute } from '#shared/contracts/partners/revoke-api-key';
import { setBillingRoute } from '#shared/contracts/partners/set-billing';
import { setEscalationContactRoute } from '#shared/contracts/partners/set-escalation-contact';
import { terminateAgreementRoute } from '#shared/contracts/partners/terminate-agreement';
import { getTierProgressRoute } from '#shared/contracts/partners/tiers/get-tier-progress';
import { getTierSchemeRoute } from '#shared/contracts/partners/tiers/get-tier-scheme';
import { listTierHistoryRoute } from '#shared/contracts/partners/tiers/list-tier-history';
import { listTierSchemeVersionsRoute } from '#shared/contracts/partners/tiers/list-tier-scheme-versions';
import { setTierSchemeRoute } from '#shared/contracts/partners/tiers/set-tier-scheme';
import { completeModuleRoute } from '#shared/contracts/partners/training/complete-module';
import { getCertificateRoute } from '#shared/contracts/partners/training/get-certificate';
import { getCourseRoute } from '#shared/contracts/partners/training/get-course';
import { getCourseFileRoute } from '#shared/contracts/partners/training/get-course-file';
import { getTrainingRoute } from '#shared/contracts/partners/training/get-training';
import { getTrainingCourseRoute } from '#shared/contracts/partners/training/get-training-course';
import { listCoursesRoute } from '#shared/contracts/partners/training/list-courses';
import { listQuizAttemptsRoute } from '#shared/contracts/partners/training/list-quiz-attempts';
import { publishCourseRoute } from '#shared/contracts/partners/training/publish-course';
import { retireCourseRoute } from '#shared/contracts/partners/training/retire-course';
import { revokeCertificationRoute } from '#shared/contracts/partners/training/revoke-certification';
import { saveCourseRoute } from '#shared/contracts/partners/training/save-course';
import { startCourseRoute } from '#shared/contracts/partners/training/start-course';
import { submitQuizAttemptRoute } from '#shared/contracts/partners/training/submit-quiz-attempt';
import { uploadCourseFileRoute } from '#shared/contracts/partners/training/upload-course-file';
import { withdrawAgreementRoute } from '#shared/contracts/partners/withdraw-agreement';
import { withdrawDisputeRoute } from '#shared/contracts/partners/withdraw-dispute';
import type { RouteContract } from '#shared/contracts/route';

/** Every HTTP slice of the partners service. */
export const partnersRoutes: readonly RouteContract[] = [
  enrolPartnerRoute,
  listPartnersRoute,
  getPartnerRoute,
  getDashboardRoute,
  listPartnerHealthRoute,
  requestOverviewRoute,
  amendAgreementRoute,
  getAgreementRoute,
  acceptAgreementRoute,
  withdrawAgreementRoute,
  renewAgreementRoute,
  terminateAgreementRoute,
  assignTierRoute,
  getTierProgressRoute,
  getTierSchemeRoute,
  setTierSchemeRoute,
  listTierHistoryRoute,
  listTierSchemeVersionsRoute,
  recordCertificationRoute,
  changePayeeRoute,
  getBillingRoute,
  setBillingRoute,
  createApiKeyRoute,
  listApiKeysRoute,
  revokeApiKeyRoute,
  addDisputeMessageRoute,
  decideDisputeRoute,
  fileDisputeRoute,
  getDisputeRoute,
  listDisputesRoute,
  listPartnerDisputesRoute,
  withdrawDisputeRoute,
  getEscalationContactRoute,
  setEscalationContactRoute,
  getApplicationFormRoute,
  setApplicationFormRoute,
  createApplicationRoute,
  listApplicationsRoute,
  getApplicationRoute,
  decideApplicationRoute,
  showApplicationFormRoute,
  applyRoute,
  showConfirmationRoute,
  confirmApplicationRoute,
  saveCourseRoute,
  listCoursesRoute,
  getCourseRoute,
  publishCourseRoute,
  retireCourseRoute,
  uploadCourseFileRoute,
  getCourseFileRoute,
  getTrainingRoute,
  getTrainingCourseRoute,
  startCourseRoute,
  completeModuleRoute,
  submitQuizAttemptRoute,
  listQuizAttemptsRoute,
  getCertificateRoute,
  revokeCertificationRoute,
  getMeRoute,
  recordSignInRoute,
  listNamesRoute,
  listPeopleRoute,
  addPersonRoute,
  changePersonRoute,
  removePersonRoute,
];
