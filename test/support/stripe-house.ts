import { digest } from '#shared/adapters/digest';
import { readStripeEvent } from '#shared/adapters/stripe/read-stripe-event';
import { makeStripeSecretMemory } from '#shared/adapters/stripe/stripe-secrets';
import { verifyStripeEvent } from '#shared/adapters/stripe/verify-stripe-event';
import { makeRememberTouches } from '#shared/application/referrals/customers/remember-touches';
import { makeRetryStripeEvent, makeSweepStripeEvents } from '#shared/application/referrals/stripe/manage-stripe-events';
import { makePartnerAt } from '#shared/application/referrals/stripe/partner-at';
import type { StripeEventStore } from '#shared/application/referrals/stripe/ports';
import { makeProcessStripeEvent } from '#shared/application/referrals/stripe/process-stripe-event';
import { makeReceiveStripeEvent } from '#shared/application/referrals/stripe/receive-stripe-event';
import { makeDisableStripeSource, makeSetStripeSource } from '#shared/application/referrals/stripe/stripe-source';
import { SECRET, SOLD_AT, signed } from '#test/support/builders/stripe';
import { makeFakeReferrals } from '#test/support/fakes/referrals';
import { makeFakeStripeEvents, makeFakeStripeSecrets, makeFakeStripeSources } from '#test/support/fakes/stripe-events';
import { aReferralsHouse, codes, verifyClick } from '#test/support/referrals-house';

type Crash = { readonly at: string; readonly before: boolean };

/** Everything from a signed event to recorded sales and refunds, on fakes; `crash` fails one step once. */
export async function aStripeHouse(given: { readonly events?: StripeEventStore } = {}) {
  const now = { ms: SOLD_AT * 1_000 + 5_000 };
  const clock = (): number => now.ms;
  const referrals = makeFakeReferrals();
  const house = aReferralsHouse(referrals);
  const secrets = makeFakeStripeSecrets();
  const sources = makeFakeStripeSources();
  const planned: { crash?: Crash | undefined; hits: number } = { hits: 0 };
  const step = <A extends readonly unknown[], R>(name: string, run: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      const isHit = planned.crash?.at === name;
      const { before } = planned.crash ?? {};
      if (isHit) {
        planned.crash = undefined;
        planned.hits += 1;
      }
      if (isHit && before) throw new Error(`the power went before ${name}`);
      const result = await run(...args);
      if (isHit) throw new Error(`the power went after ${name}`);
      return result;
    };
  };
  const store = given.events ?? makeFakeStripeEvents();
  const events: StripeEventStore = {
    ...store,
    add: step('add', store.add),
    plan: step('plan', store.plan),
    settle: step('settle', store.settle),
    wait: step('wait', store.wait),
    rememberTouch: step('rememberTouch', store.rememberTouch),
    link: step('link', store.link),
  };
  const retry = { pause: async () => undefined, random: () => 0.5 };
  const { programs, conversions } = house;
  const rememberTouches = makeRememberTouches({
    touches: referrals.touches,
    codes,
    verifyClick,
    programs,
    clock,
    digest,
    ...retry,
  });
  const process = makeProcessStripeEvent({
    events,
    conversions,
    recordConversion: step('recordConversion', house.recordConversion),
    recordRefund: step('recordRefund', house.recordRefund),
    rememberTouches,
    partnerAt: makePartnerAt({ conversions, programs, codes, verifyClick }),
    clock,
    log: { warn: () => undefined },
    ...retry,
  });
  const receive = makeReceiveStripeEvent({
    secretsOf: makeStripeSecretMemory({ read: secrets.read, clock }),
    verify: verifyStripeEvent,
    read: readStripeEvent,
    sources,
    events,
    process,
    clock,
  });
  const setSource = makeSetStripeSource({ sources, secrets, programs, clock });
  const source = { programId: 'shop', mode: 'live', previousValidHours: 24, by: 'person:admin' } as const;
  await setSource({ ...source, signingSecret: SECRET });
  return {
    ...house,
    now,
    events,
    secrets,
    sources,
    receive,
    process,
    rememberTouches,
    setSource,
    disableSource: makeDisableStripeSource({ sources, secrets, programs, clock }),
    retryEvent: makeRetryStripeEvent({ events, process }),
    sweep: makeSweepStripeEvents({ events, sources, process, clock, log: { warn: () => undefined } }),
    /** As Stripe sends it, signed at this moment. */
    send: (event: Parameters<typeof signed>[0]) =>
      receive({ programId: 'shop', ...signed(event, { at: Math.floor(now.ms / 1_000) }) }),
    crashes: () => planned.hits,
    crash: (at: string, before: boolean) => {
      planned.crash = { at, before };
    },
  };
}
