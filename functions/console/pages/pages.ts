import { salesPages } from '#console/sales/show-sales';
import { createProgramme, showNewProgramme } from '#console/start/new-programme';
import { showProgramme, showSignedInAgain, showStart } from '#console/start/show-start';
import { adminPages } from '#functions/console/admin/admin-pages';
import { applicationPages } from '#functions/console/applications/application-pages';
import { booksPages } from '#functions/console/books/books-pages';
import { sharingPages } from '#functions/console/links/sharing-pages';
import { managerPages } from '#functions/console/manager/manager-pages';
import { carePages } from '#functions/console/partner-care/care-pages';
import { partnerHomePages } from '#functions/console/partner-home/partner-home-pages';
import { partnerMoneyPages } from '#functions/console/partner-money/partner-money-pages';
import { payoutPages } from '#functions/console/payouts/payout-pages';
import { planPages } from '#functions/console/plans/plan-pages';
import { reviewPages } from '#functions/console/review/review-pages';
import { runPages } from '#functions/console/runs/run-pages';
import { statementPages } from '#functions/console/statements/statement-pages';
import { tierPages } from '#functions/console/tiers/tier-pages';
import type { Action, Page } from '#functions/console/web/page';

/** Every page and form of the console: who may see each is held against the API's own rights by a generated test. */
export const pages: readonly (Page | Action)[] = [
  showStart,
  showProgramme,
  showSignedInAgain,
  showNewProgramme,
  createProgramme,
  ...managerPages,
  ...partnerHomePages,
  ...sharingPages,
  ...runPages,
  ...payoutPages,
  ...statementPages,
  ...carePages,
  ...planPages,
  ...tierPages,
  ...reviewPages,
  ...partnerMoneyPages,
  ...salesPages,
  ...applicationPages,
  ...adminPages,
  ...booksPages,
];
