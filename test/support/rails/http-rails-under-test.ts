import { decimalsOf } from '#shared/domain/money/minor-units';
import { PAYPAL_ERROR, type PayPalStandIn } from '#test/support/stand-ins/paypal';
import { aRailHouse, paypalPayee, stripePayee } from '#test/support/stand-ins/rail-house';
import type { StripeStandIn } from '#test/support/stand-ins/stripe';
import { MOST_MINOR, type RailUnderTest } from './rails-under-test.ts';

/** No answer is late here, only lost. */
const PATIENCE_MS = 10_000;
/** Before the payout's id in the key. */
const PROGRAM = /^acme\//;

const isCreation = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
  method === 'POST' && path !== '/v1/oauth2/token';

export function stripeUnderTest(standIn: () => StripeStandIn): RailUnderTest {
  return {
    rail: 'stripe',
    currency: 'EUR',
    unsupported: 'UGX',
    mostMinor: MOST_MINOR,
    payee: (number) => stripePayee(`acct_${number}Partner`),
    keyOf: ({ payoutId }) => payoutId,
    open: async () => {
      const stripe = standIn();
      stripe.transfers.length = 0;
      stripe.forgetKeys();
      stripe.calm();
      return {
        rails: { stripe: aRailHouse('stripe', stripe.url, PATIENCE_MS).rail },
        asked: async () =>
          stripe.transfers.map(({ metadata, amount, currency, destination }) => ({
            key: metadata.payoutId ?? '',
            // Of the currencies that are paid here Stripe counts as ISO 4217 does.
            amountMinor: BigInt(amount),
            currency: currency.toUpperCase(),
            account: destination,
          })),
        loseAnswer: () => stripe.fail(isCreation, { when: 'after', how: 'reset' }),
        refuse: async (half, partnerId) => {
          half.payees.set(partnerId, stripePayee('acct_closed'));
          stripe.refuse('acct_closed', { type: 'invalid_request_error', code: 'account_invalid' });
        },
      };
    },
  };
}

export function paypalUnderTest(standIn: () => PayPalStandIn): RailUnderTest {
  return {
    rail: 'paypal',
    currency: 'EUR',
    unsupported: 'KWD',
    mostMinor: MOST_MINOR,
    payee: (number) => paypalPayee(`partner-${number}@partner.example`),
    keyOf: ({ payoutId }) => payoutId,
    open: async () => {
      const paypal = standIn();
      paypal.batches.length = 0;
      paypal.forgetKeys();
      paypal.calm();
      paypal.refuseAll(undefined);
      return {
        rails: { paypal: aRailHouse('paypal', paypal.url, PATIENCE_MS).rail },
        asked: async () =>
          paypal.batches.flatMap(({ key, items }) =>
            items.map(({ payout_item: { amount, receiver } }) => {
              const [whole = '', decimals = ''] = amount.value.split('.');
              if (decimals.length !== decimalsOf(amount.currency)) throw new Error(JSON.stringify(amount));
              return {
                key: key.replace(PROGRAM, ''),
                amountMinor: BigInt(`${whole}${decimals}`),
                currency: amount.currency,
                account: receiver,
              };
            }),
          ),
        loseAnswer: () => paypal.fail(isCreation, { when: 'after', how: 'reset' }),
        // PayPal answers a batch, which has one payment.
        refuse: async () => paypal.refuseAll({ status: 422, body: PAYPAL_ERROR('INSUFFICIENT_FUNDS') }),
      };
    },
  };
}
