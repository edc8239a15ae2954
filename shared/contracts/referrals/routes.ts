import { bindCustomerRoute } from '#shared/contracts/referrals/bind-customer';
import { confirmRedemptionRoute } from '#shared/contracts/referrals/confirm-redemption';
import { getConversionRoute } from '#shared/contracts/referrals/get-conversion';
import { getCustomerPartnerRoute } from '#shared/contracts/referrals/get-customer-partner';
import { listConversionsRoute } from '#shared/contracts/referrals/list-conversions';
import { reattributeConversionRoute } from '#shared/contracts/referrals/reattribute-conversion';
import { recordConversionRoute } from '#shared/contracts/referrals/record-conversion';
import { recordConversionsRoute } from '#shared/contracts/referrals/record-conversions';
import { recordRefundRoute } from '#shared/contracts/referrals/record-refund';
import { recordRefundsRoute } from '#shared/contracts/referrals/record-refunds';
import { redeemCodeRoute } from '#shared/contracts/referrals/redeem-code';
import { releaseRedemptionRoute } from '#shared/contracts/referrals/release-redemption';
import { rememberTouchesRoute } from '#shared/contracts/referrals/remember-touches';
import type { RouteContract } from '#shared/contracts/route';

/** Every HTTP slice of the referrals service. */
export const referralsRoutes: readonly RouteContract[] = [
  recordConversionRoute,
  recordConversionsRoute,
  getConversionRoute,
  listConversionsRoute,
  reattributeConversionRoute,
  rememberTouchesRoute,
  getCustomerPartnerRoute,
  bindCustomerRoute,
  recordRefundRoute,
  recordRefundsRoute,
  redeemCodeRoute,
  confirmRedemptionRoute,
  releaseRedemptionRoute,
];
