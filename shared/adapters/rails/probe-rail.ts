import Stripe from 'stripe';
import type { ProbeRail } from '#shared/application/payouts/rails/rail-setup';
import { type RailClients, stripeModeOf } from './rail-clients.ts';

const REFUSED: ReadonlySet<number | undefined> = new Set([400, 401, 403]);
const FORBIDDEN = 403;
const ACCOUNT = /^acct_\w{1,60}$/;

/** Asks Stripe or PayPal whose keys these are, by calls that move nothing. */
export function makeProbeRail(clients: RailClients): ProbeRail {
  return async (keys) => {
    if (keys.rail === 'paypal') {
      // Any other answer says that the app and its secret belong together and may ask for payouts.
      const answer = await clients.paypal(keys).get('/v1/payments/payouts/none');
      if (answer.kind === 'refused_key' || (answer.kind === 'answer' && answer.status === FORBIDDEN)) return 'refused';
      return answer.kind === 'lost' ? 'unavailable' : { mode: keys.mode, account: keys.clientId };
    }
    const client = clients.stripe(keys);
    try {
      const { id } = await client.accounts.retrieveCurrent();
      // A key that may not list transfers could never find out what became of one.
      await client.transfers.list({ limit: 1 });
      return ACCOUNT.test(id) ? { mode: stripeModeOf(keys.secretKey), account: id } : 'unavailable';
    } catch (error) {
      const status = error instanceof Stripe.errors.StripeError ? error.statusCode : undefined;
      return REFUSED.has(status) ? 'refused' : 'unavailable';
    }
  };
}
