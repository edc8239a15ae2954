import { clock, conversions, retry } from '#functions/referrals/composition';
import { recordConversionOnce } from '#functions/referrals/conversion-composition';
import { recordRefundOnce } from '#functions/referrals/refund-composition';
import { stripeEvents, stripeSources } from '#functions/referrals/stripe-composition';
import { remember, touchSources } from '#functions/referrals/touch-composition';
import { log } from '#functions/runtime/log';
import { programs } from '#functions/runtime/programs';
import { makeRetryStripeEvent, makeSweepStripeEvents } from '#shared/application/referrals/stripe/manage-stripe-events';
import { makePartnerAt } from '#shared/application/referrals/stripe/partner-at';
import { makeProcessStripeEvent } from '#shared/application/referrals/stripe/process-stripe-event';

/** Acting on recorded events: records sales and refunds as their routes do. */
export const processEvent = makeProcessStripeEvent({
  events: stripeEvents,
  conversions,
  recordConversion: recordConversionOnce,
  recordRefund: recordRefundOnce,
  rememberTouches: remember,
  partnerAt: makePartnerAt({ conversions, programs, ...touchSources }),
  clock,
  log,
  ...retry,
});
export const retryEvent = makeRetryStripeEvent({ events: stripeEvents, process: processEvent });
export const sweepEvents = makeSweepStripeEvents({
  events: stripeEvents,
  sources: stripeSources,
  process: processEvent,
  clock,
  log,
});
