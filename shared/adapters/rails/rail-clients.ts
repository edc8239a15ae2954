import Stripe from 'stripe';
import { makePace, type Pace, shareOf } from '#shared/application/payouts/paying/pace';
import type { RailKeys, RailMode } from '#shared/application/payouts/rails/rail-setup';
import type { Clock } from '#shared/application/ports';
import { makePacedFetch } from './paced-fetch.ts';
import { makePayPalClient, type PayPalClient } from './paypal-client.ts';
import { PAYPAL_MAX_PER_SECOND } from './paypal-payouts.ts';
import { PAYPAL_API, railHost, STRIPE_API } from './rail-hosts.ts';
import { STRIPE_MAX_PER_SECOND } from './stripe-connect.ts';

/** The paced fetch ends calls; this is only so that the library's own, shorter limit does not. */
const STRIPE_TIMEOUT_MS = 60_000;

export type RailClientsDeps = {
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Of the payout run's workflow: what they share a rail's rate with. */
  readonly shardsAtOnce: number;
  /** A stand-in on this machine for trials; absent or empty: the real hosts. */
  readonly stripeUrl?: string | undefined;
  readonly paypalUrl?: string | undefined;
  readonly fetcher?: typeof fetch | undefined;
  /** How long one attempt waits for its answer. */
  readonly answerMs?: number | undefined;
};

/** What all calls to one account share, for as long as the function lives. */
export type RailClients = {
  stripe(keys: Extract<RailKeys, { rail: 'stripe' }>): Stripe;
  paypal(keys: Extract<RailKeys, { rail: 'paypal' }>): PayPalClient;
};

const MAX_PACES = 1_000;

/** Clients that stay within the share of a rail's rate that one function may use, whoever asks, and send nothing to third parties. */
export function makeRailClients(deps: RailClientsDeps): RailClients {
  const paces = new Map<string, Pace>();
  const fetcherOf = (name: string, maxPerSecond: number): typeof fetch => {
    if (paces.size >= MAX_PACES) paces.clear();
    const pace = paces.get(name) ?? makePace({ ...deps, perSecond: shareOf(maxPerSecond, deps.shardsAtOnce) });
    paces.set(name, pace);
    return makePacedFetch({ ...deps, pace });
  };
  return {
    stripe: ({ secretKey }) => {
      const { protocol, hostname, port } = new URL(railHost(STRIPE_API, deps.stripeUrl));
      return new Stripe(secretKey, {
        host: hostname,
        port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
        protocol: protocol === 'https:' ? 'https' : 'http',
        httpClient: Stripe.createFetchHttpClient(fetcherOf(`stripe ${secretKey}`, STRIPE_MAX_PER_SECOND)),
        // What a lost answer means is decided by the rail: it looks before it sends again.
        maxNetworkRetries: 0,
        timeout: STRIPE_TIMEOUT_MS,
        telemetry: false,
      });
    },
    paypal: ({ clientId, clientSecret, mode }) =>
      makePayPalClient({
        baseUrl: railHost(mode === 'live' ? PAYPAL_API.live : PAYPAL_API.sandbox, deps.paypalUrl),
        clientId,
        clientSecret,
        fetcher: fetcherOf(`paypal ${mode} ${clientId}`, PAYPAL_MAX_PER_SECOND),
        clock: deps.clock,
      }),
  };
}

/** Which money a key of Stripe moves is in its name. */
export function stripeModeOf(secretKey: string): RailMode {
  return /^[a-z]+_live_/.test(secretKey) ? 'live' : 'test';
}
