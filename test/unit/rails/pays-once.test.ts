import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPayout } from '#test/support/builders/payouts';
import type { Fault } from '#test/support/stand-ins/http-stand-in';
import { PAYPAL_ERROR, type PayPalStandIn, startPayPalStandIn } from '#test/support/stand-ins/paypal';
import { aRailHouse, paypalPayee, stripePayee } from '#test/support/stand-ins/rail-house';
import { type StripeStandIn, startStripeStandIn } from '#test/support/stand-ins/stripe';

const HOUR_MS = 3_600_000;
/** No answer is late here, only lost. */
const PATIENCE_MS = 10_000;

let stripe: StripeStandIn;
let paypal: PayPalStandIn;
beforeAll(async () => {
  [stripe, paypal] = await Promise.all([startStripeStandIn(), startPayPalStandIn()]);
});
afterAll(() => Promise.all([stripe.stop(), paypal.stop()]));

/** What one attempt meets: faults of its requests, an empty balance, and how long ago the one before was. */
const anAttempt = fc.record({
  faults: fc.array(
    fc.oneof(
      fc.record({
        when: fc.constantFrom('before', 'after') satisfies fc.Arbitrary<Fault['when']>,
        how: fc.constantFrom<Fault['how']>('reset', 'garbage', 500, 503, 409),
        body: fc.constant({}),
      }),
      // Answers that say for certain that nothing moved.
      fc.record({
        when: fc.constant('before' as const),
        how: fc.constantFrom<Fault['how']>(401, 403),
        body: fc.constant(PAYPAL_ERROR('NOT_AUTHORIZED')),
      }),
    ),
    { maxLength: 2 },
  ),
  isBalanceEmpty: fc.boolean(),
  hoursBefore: fc.constantFrom(0, 2, 25, 24 * 31),
});

const payouts = {
  stripe: aPayout({ status: 'submitting', rail: 'stripe' }),
  paypal: aPayout({ status: 'submitting', rail: 'paypal' }),
};

/** The same over both: what is made at the rail, its memory, an empty balance. */
const benches = {
  stripe: {
    open: () => {
      stripe.transfers.length = 0;
      stripe.forgetKeys();
      stripe.calm();
      return stripe;
    },
    made: () => stripe.transfers.length,
    empty: (isEmpty: boolean) => stripe.refuse(isEmpty ? 'acct_1Partner' : 'nobody', { code: 'balance_insufficient' }),
    refill: () => stripe.accept('acct_1Partner'),
    payee: stripePayee(),
    forgetsAfterHours: 24,
  },
  paypal: {
    open: () => {
      paypal.batches.length = 0;
      paypal.forgetKeys();
      paypal.calm();
      paypal.refuseAll(undefined);
      return paypal;
    },
    made: () => paypal.batches.length,
    empty: (isEmpty: boolean) =>
      paypal.refuseAll(isEmpty ? { status: 422, body: PAYPAL_ERROR('INSUFFICIENT_FUNDS') } : undefined),
    refill: () => paypal.refuseAll(undefined),
    payee: paypalPayee(),
    forgetsAfterHours: 24 * 30,
  },
};

describe.each(['stripe', 'paypal'] as const)('%s', (name) => {
  it('pays a payout once, and never says "no" to what it has paid, whatever is lost, refused and forgotten', async () => {
    const bench = benches[name];
    await fc.assert(
      fc.asyncProperty(fc.array(anAttempt, { minLength: 1, maxLength: 6 }), async (attempts) => {
        const standIn = bench.open();
        const house = aRailHouse(name, standIn.url, PATIENCE_MS);
        for (const { faults, isBalanceEmpty, hoursBefore } of attempts) {
          house.now.ms += hoursBefore * HOUR_MS;
          if (hoursBefore >= bench.forgetsAfterHours) standIn.forgetKeys();
          bench.refill();
          bench.empty(isBalanceEmpty);
          const isPaying = ({ path }: { path: string }): boolean => path !== '/v1/oauth2/token';
          standIn.calm();
          standIn.fail(isPaying, ...faults);
          const { outcome } = await house.rail.submit(payouts[name], bench.payee);
          expect(bench.made()).toBeLessThanOrEqual(1);
          if (outcome === 'rejected') expect(bench.made()).toBe(0);
          if (outcome === 'accepted') expect(bench.made()).toBe(1);
          // What has an end is never submitted again.
          if (outcome !== 'unknown') break;
        }
        standIn.calm();
        const { state } = await house.rail.find(payouts[name]);
        if (state === 'never_seen') expect(bench.made()).toBe(0);
        if (state === 'settled' || state === 'accepted') expect(bench.made()).toBe(1);
      }),
      { numRuns: 100 },
    );
  });
});
