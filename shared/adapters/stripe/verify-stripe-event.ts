import Stripe from 'stripe';
import type { VerifyStripeEvent } from '#shared/application/referrals/stripe/ports';

/** Stripe's own default: a recorded request cannot be sent again later, and clocks may differ by this much. */
const TOLERANCE_SECONDS = 300;

/**
 * Checks a signature with Stripe's library: HMAC-SHA256 over time and body, compared in constant time, not older than the
 * tolerance. Any of the secrets may have signed. Source: docs.stripe.com/webhooks/signature.
 */
export const verifyStripeEvent: VerifyStripeEvent = (payload, signature, secrets, nowMs) => {
  for (const { secret, mode } of secrets) {
    try {
      const event: unknown = Stripe.webhooks.constructEvent(
        Buffer.from(payload),
        signature,
        secret,
        TOLERANCE_SECONDS,
        undefined,
        nowMs,
      );
      return { event, mode };
    } catch {
      // Whatever the reason, the answer is the same, and the library's message quotes the body.
    }
  }
  return undefined;
};
