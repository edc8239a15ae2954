import { enrolPartner, showEnrolment } from '#console/manager/enrol-partner';
import { recordPaper, renewTerms, showTerms, terminateTerms, withdrawTerms } from '#console/manager/manage-terms';
import { offerTerms, showTermsOffer } from '#console/manager/offer-terms';
import { addCertification, revokeCertification, showCertifications } from '#console/manager/partner-certifications';
import { giveTier, showPartnerTier } from '#console/manager/partner-tier';
import { showDashboard } from '#console/manager/show-dashboard';
import { holdPayouts, showPartner } from '#console/manager/show-partner';
import { showPartners } from '#console/manager/show-partners';
import type { Action, Page } from '#functions/console/web/page';

/** How a programme and its partners are doing, and what their managers do with them. */
export const managerPages: readonly (Page | Action)[] = [
  showDashboard,
  showPartners,
  showEnrolment,
  enrolPartner,
  showPartner,
  holdPayouts,
  showTermsOffer,
  offerTerms,
  showTerms,
  renewTerms,
  terminateTerms,
  withdrawTerms,
  recordPaper,
  showPartnerTier,
  giveTier,
  showCertifications,
  addCertification,
  revokeCertification,
];
