import { makePayPalPayoutsRail } from '#shared/adapters/rails/paypal-payouts';
import { makeRailClients, type RailClients } from '#shared/adapters/rails/rail-clients';
import { makeStripeConnectRail } from '#shared/adapters/rails/stripe-connect';
import type { PayeeToPay, Rail } from '#shared/application/payouts/paying/rail';
import type { RailRequests } from '#shared/application/payouts/paying/rail-requests';
import type { Log } from '#shared/application/ports';
import { sha256 } from '#test/support/builders/payouts';
import { makeFakeRailRequests } from '#test/support/fakes/rail-requests';

export const STRIPE_KEYS = { rail: 'stripe', secretKey: 'sk_test_51standin' } as const;
export const PAYPAL_KEYS = { rail: 'paypal', clientId: 'app', clientSecret: 'right', mode: 'test' } as const;
export const stripePayee = (stripeAccountId = 'acct_1Partner'): PayeeToPay => ({
  payeeId: `of ${stripeAccountId}`,
  rail: 'stripe',
  name: 'Paula Partner',
  stripeAccountId,
});
export const paypalPayee = (paypalEmail = 'paula@partner.example'): PayeeToPay => ({
  payeeId: `of ${paypalEmail}`,
  rail: 'paypal',
  name: 'Paula Partner',
  paypalEmail,
});

/** How long a call waits for a stand-in that is silent: longer than a busy machine takes to answer. */
const ANSWER_MS = 300;

/** A rail over HTTP against a stand-in, with a clock that goes on only while somebody sleeps or says so. */
export type RailHouse = {
  readonly rail: Rail;
  readonly clients: RailClients;
  readonly requests: ReturnType<typeof makeFakeRailRequests>;
  /** Everything that was logged, as text. */
  readonly logged: string[];
  readonly sleeps: number[];
  readonly now: { ms: number };
  /** The programme's account; changed to see what another one does. */
  account: string | undefined;
};

export function aRailHouse(rail: 'stripe' | 'paypal', url: string, answerMs = ANSWER_MS): RailHouse {
  const now = { ms: Date.parse('2026-02-02T12:00:00Z') };
  const clock = (): number => now.ms;
  const sleeps: number[] = [];
  const sleep = async (ms: number): Promise<void> => {
    sleeps.push(ms);
    now.ms += ms;
  };
  const clients = makeRailClients({ clock, sleep, shardsAtOnce: 10, stripeUrl: url, paypalUrl: url, answerMs });
  const requests = makeFakeRailRequests();
  const logged: string[] = [];
  const note = (...what: unknown[]): void => void logged.push(JSON.stringify(what));
  const log: Log = { info: note, warn: note, error: note };
  const house = { account: 'ours', clients, requests, logged, sleeps, now } as Omit<RailHouse, 'rail'>;
  const deps = { requests: requests as RailRequests, digest: sha256, clock, log };
  const stripe = clients.stripe(STRIPE_KEYS);
  const paypal = clients.paypal(PAYPAL_KEYS);
  const withAccount = async <C>(client: C): Promise<{ account: string; client: C } | undefined> =>
    house.account === undefined ? undefined : { account: house.account, client };
  const made =
    rail === 'stripe'
      ? makeStripeConnectRail({ ...deps, accountOf: () => withAccount(stripe) })
      : makePayPalPayoutsRail({ ...deps, accountOf: () => withAccount(paypal) });
  return Object.assign(house, { rail: made });
}
