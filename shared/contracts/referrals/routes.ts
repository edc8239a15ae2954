import { bindCustomerRoute } from '#shared/contracts/referrals/bind-customer';
import { confirmRedemptionRoute } from '#shared/contracts/referrals/confirm-redemption';
import { decideHoldRoute } from '#shared/contracts/referrals/decide-hold';
import { disableStripeSourceRoute } from '#shared/contracts/referrals/disable-stripe-source';
import { getConversionRoute } from '#shared/contracts/referrals/get-conversion';
import { getCustomerPartnerRoute } from '#shared/contracts/referrals/get-customer-partner';
import { getHoldRoute } from '#shared/contracts/referrals/get-hold';
import { getStripeSourceRoute } from '#shared/contracts/referrals/get-stripe-source';
import { listConversionsRoute } from '#shared/contracts/referrals/list-conversions';
import { listHoldsRoute } from '#shared/contracts/referrals/list-holds';
import { listPartnerSignalsRoute } from '#shared/contracts/referrals/list-partner-signals';
import { listStripeEventsRoute } from '#shared/contracts/referrals/list-stripe-events';
import { reattributeConversionRoute } from '#shared/contracts/referrals/reattribute-conversion';
import { receiveStripeEventRoute } from '#shared/contracts/referrals/receive-stripe-event';
import { recordConversionRoute } from '#shared/contracts/referrals/record-conversion';
import { recordConversionsRoute } from '#shared/contracts/referrals/record-conversions';
import { recordRefundRoute } from '#shared/contracts/referrals/record-refund';
import { recordRefundsRoute } from '#shared/contracts/referrals/record-refunds';
import { redeemCodeRoute } from '#shared/contracts/referrals/redeem-code';
import { releaseRedemptionRoute } from '#shared/contracts/referrals/release-redemption';
import { rememberTouchesRoute } from '#shared/contracts/referrals/remember-touches';
import { reportInfluenceRoute } from '#shared/contracts/referrals/report-influence';
import { retryStripeEventRoute } from '#shared/contracts/referrals/retry-stripe-event';
import { setStripeSourceRoute } from '#shared/contracts/referrals/set-stripe-source';
import type { RouteContract } from '#shared/contracts/route';

/** Every HTTP slice of the referrals service. */
export const referralsRoutes: readonly RouteContract[] = [
  recordConversionRoute,
  recordConversionsRoute,
  getConversionRoute,
  listConversionsRoute,
  reattributeConversionRoute,
  listHoldsRoute,
  listPartnerSignalsRoute,
  getHoldRoute,
  decideHoldRoute,
  rememberTouchesRoute,
  getCustomerPartnerRoute,
  bindCustomerRoute,
  reportInfluenceRoute,
  recordRefundRoute,
  recordRefundsRoute,
  redeemCodeRoute,
  confirmRedemptionRoute,
  releaseRedemptionRoute,
  setStripeSourceRoute,
  getStripeSourceRoute,
  disableStripeSourceRoute,
  listStripeEventsRoute,
  retryStripeEventRoute,
  receiveStripeEventRoute,
];
