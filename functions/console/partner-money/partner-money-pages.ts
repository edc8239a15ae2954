import { agreementPages } from '#console/partner-money/partner-agreements';
import { billingPages } from '#console/partner-money/partner-billing';
import { payeePages } from '#console/partner-money/partner-payee';
import { showPartnerPayout, showPartnerPayouts } from '#console/partner-money/partner-payouts';
import { partnerStatementPages } from '#console/partner-money/partner-statements';
import type { Action, Page } from '#functions/console/web/page';

/** What a partner earns, is paid and agrees to. */
export const partnerMoneyPages: readonly (Page | Action)[] = [
  ...partnerStatementPages,
  showPartnerPayouts,
  showPartnerPayout,
  ...payeePages,
  ...billingPages,
  ...agreementPages,
];
