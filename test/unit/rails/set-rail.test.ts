import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwsError } from '#infra/local/aws-error';
import type { Model } from '#infra/local/model';
import { makeSecrets } from '#infra/local/secrets';
import type { Store } from '#infra/local/store';
import { makeProbeRail } from '#shared/adapters/rails/probe-rail';
import { makeRailAccounts } from '#shared/adapters/rails/rail-accounts';
import { railHost, STRIPE_API } from '#shared/adapters/rails/rail-hosts';
import { makeRailKeyStore } from '#shared/adapters/rails/rail-keys';
import { railKeysOf, railsOnRecord } from '#shared/application/payouts/rails/rail-setup';
import { makeListRails, makeRemoveRail, makeSetRail } from '#shared/application/payouts/rails/set-rail';
import { paypalKeysSchema, stripeKeySchema } from '#shared/contracts/payouts/rails/rail';
import { aProgramme, instant } from '#test/support/builders/runs';
import { makeFakeMoney } from '#test/support/fakes/money';
import { makeFakeRailChanges, makeFakeRailKeys } from '#test/support/fakes/rail-setup';
import { type PayPalStandIn, startPayPalStandIn } from '#test/support/stand-ins/paypal';
import { aRailHouse, PAYPAL_KEYS, STRIPE_KEYS } from '#test/support/stand-ins/rail-house';
import { type StripeStandIn, startStripeStandIn } from '#test/support/stand-ins/stripe';

const NOW = Date.parse('2026-03-01T10:00:00Z');
const ACTOR = { by: 'person:ada', signedInAt: NOW - 60_000 };

let stripe: StripeStandIn;
let paypal: PayPalStandIn;
beforeAll(async () => {
  [stripe, paypal] = await Promise.all([startStripeStandIn(), startPayPalStandIn()]);
});
afterAll(() => Promise.all([stripe.stop(), paypal.stop()]));

async function aDesk() {
  const { programs } = makeFakeMoney();
  await programs.create(aProgramme({ programId: 'acme' }));
  const time = { ms: NOW };
  const deps = { changes: makeFakeRailChanges(), keys: makeFakeRailKeys(), programs, clock: () => time.ms };
  const probes = { stripe: aRailHouse('stripe', stripe.url), paypal: aRailHouse('paypal', paypal.url) };
  const set = makeSetRail({ ...deps, probe: (keys) => makeProbeRail(probes[keys.rail].clients)(keys) });
  const accounts = makeRailAccounts({ ...deps, clients: probes.stripe.clients });
  return { ...deps, time, set, remove: makeRemoveRail(deps), list: makeListRails(deps), accounts };
}

describe('the account that a programme pays from', () => {
  it('is whose keys the rail says they are; the keys are kept apart and told to nobody', async () => {
    const { set, list, keys, accounts } = await aDesk();
    await set({ programId: 'acme', keys: STRIPE_KEYS, ...ACTOR });
    await set({ programId: 'acme', keys: PAYPAL_KEYS, ...ACTOR });
    const listed = await list({ programId: 'acme' });
    expect(listed).toMatchObject([
      { rail: 'stripe', enabled: true, mode: 'test', account: 'acct_1Programme', version: 1, by: 'person:ada' },
      { rail: 'paypal', enabled: true, mode: 'test', account: 'app', version: 1 },
    ]);
    expect(JSON.stringify(listed)).not.toMatch(/sk_test|right/);
    expect(keys.kept.get('acme.stripe')).toEqual({ version: 1, keys: STRIPE_KEYS });
    expect(await accounts.setUp('acme')).toEqual(new Set(['stripe', 'paypal']));
    expect(await accounts.stripe('acme')).toMatchObject({ account: 'acct_1Programme/test' });
    expect(await accounts.paypal('other')).toBeUndefined();
  });

  it('is not set by keys that the rail refuses, nor while it gives no answer', async () => {
    const { set, changes, keys } = await aDesk();
    const wrong = { ...PAYPAL_KEYS, clientSecret: 'wrong' };
    await expect(set({ programId: 'acme', keys: wrong, ...ACTOR })).rejects.toMatchObject({ code: 'invalid_request' });
    const unknown = { rail: 'stripe', secretKey: 'no key' } as const;
    await expect(set({ programId: 'acme', keys: unknown, ...ACTOR })).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '/secretKey' }],
    });
    stripe.fail(() => true, { when: 'before', how: 500, body: {} });
    await expect(set({ programId: 'acme', keys: STRIPE_KEYS, ...ACTOR })).rejects.toMatchObject({
      code: 'temporarily_unavailable',
    });
    paypal.fail(({ path }) => path.startsWith('/v1/payments'), { when: 'before', how: 403, body: {} });
    await expect(set({ programId: 'acme', keys: PAYPAL_KEYS, ...ACTOR })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    expect([changes.kept, keys.kept.size]).toEqual([[], 0]);
  });

  it('asks for a fresh sign-in', async () => {
    const { set } = await aDesk();
    for (const signedInAt of [NOW - 3_600_000, undefined]) {
      const stale = set({ programId: 'acme', keys: STRIPE_KEYS, by: 'person:ada', signedInAt });
      await expect(stale).rejects.toMatchObject({ code: 'login_not_fresh' });
    }
    await expect(set({ programId: 'none', keys: STRIPE_KEYS, ...ACTOR })).rejects.toMatchObject({
      code: 'unknown_program',
    });
  });

  it('is none after a crash between its record and its keys, until it is set again', async () => {
    const { set, keys, accounts, changes, time } = await aDesk();
    await set({ programId: 'acme', keys: STRIPE_KEYS, ...ACTOR });
    keys.fault = new Error('no answer');
    await expect(set({ programId: 'acme', keys: STRIPE_KEYS, ...ACTOR })).rejects.toThrow('no answer');
    expect(changes.kept.map(({ version }) => version)).toEqual([1, 2]);
    expect(await accounts.setUp('acme')).toEqual(new Set());
    delete keys.fault;
    await set({ programId: 'acme', keys: STRIPE_KEYS, ...ACTOR });
    expect(await accounts.setUp('acme')).toEqual(new Set());
    time.ms += 61_000;
    expect(await accounts.setUp('acme')).toEqual(new Set(['stripe']));
  });

  it('that was changed after a run was summarised is none for that run; another key of the same account is', async () => {
    const { set, changes, keys, accounts, time } = await aDesk();
    await set({ programId: 'acme', keys: STRIPE_KEYS, ...ACTOR });
    const summarisedAt = instant('2026-03-01T10:05:00Z');
    time.ms += 600_000;
    await set({ programId: 'acme', keys: { ...STRIPE_KEYS, secretKey: 'rk_test_rolled' }, ...ACTOR });
    expect(await accounts.setUp('acme', summarisedAt)).toEqual(new Set(['stripe']));
    expect(await accounts.setUp('acme', instant('2026-03-01T09:00:00Z'))).toEqual(new Set());
    const other = { ...changes.kept[1], version: 3, account: 'acct_1Other', at: instant('2026-03-01T10:20:00Z') };
    await changes.append(other as (typeof changes.kept)[number]);
    await keys.write('acme', 'stripe', { version: 3, keys: STRIPE_KEYS });
    time.ms += 61_000;
    expect(await accounts.setUp('acme', summarisedAt)).toEqual(new Set());
    expect(await accounts.setUp('acme')).toEqual(new Set(['stripe']));
  });

  it('is taken away by a change of its own, twice the same', async () => {
    const { set, remove, keys, changes, accounts } = await aDesk();
    await expect(remove({ programId: 'acme', rail: 'stripe', by: 'person:bob' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await set({ programId: 'acme', keys: STRIPE_KEYS, ...ACTOR });
    const removed = await remove({ programId: 'acme', rail: 'stripe', by: 'person:bob' });
    expect(removed).toMatchObject({ enabled: false, version: 2, by: 'person:bob', account: 'acct_1Programme' });
    expect(await remove({ programId: 'acme', rail: 'stripe', by: 'person:bob' })).toEqual(removed);
    expect(keys.kept.get('acme.stripe')).toBeUndefined();
    expect(await accounts.setUp('acme')).toEqual(new Set());
    expect(railsOnRecord(changes.kept)).toEqual(new Set());
  });

  it('of two people at one moment is what the last one said', async () => {
    const { set, changes, keys } = await aDesk();
    await Promise.all(
      ['person:ada', 'person:bob'].map((by) => set({ programId: 'acme', keys: STRIPE_KEYS, ...ACTOR, by })),
    );
    expect(changes.kept.map(({ version }) => version)).toEqual([1, 2]);
    expect(keys.kept.get('acme.stripe')?.version).toBe(2);
  });
});

describe('keys of rails', () => {
  it('are told apart by their form, and belong to the rail in the path', () => {
    expect(stripeKeySchema.safeParse({ secretKey: 'pk_live_12345678' }).success).toBe(false);
    expect(stripeKeySchema.safeParse({ secretKey: 'rk_live_12345678' }).success).toBe(true);
    expect(
      paypalKeysSchema.safeParse({ clientId: 'AppOfPayPal', clientSecret: 'secret of', mode: 'live' }).success,
    ).toBe(false);
    expect(railKeysOf('stripe', { secretKey: 'sk' })).toEqual({ rail: 'stripe', secretKey: 'sk' });
    expect(() => railKeysOf('paypal', { secretKey: 'sk' })).toThrow('keys of paypal');
  });

  it('are one item a programme and rail in Secrets Manager, whatever the programme is called', async () => {
    const values = new Map<string, string>();
    const store = {
      get: (name: string) => values.get(name),
      set: (name: string, value: string) => values.set(name, value),
    };
    const model = { account: '111122223333', region: 'eu-west-1', ofType: () => [] } as unknown as Model;
    const operations = makeSecrets(model, store as unknown as Store);
    const put: unknown[] = [];
    const fetcher = (async (request: Request) => {
      const operation = String(request.headers.get('x-amz-target')).split('.')[1] ?? '';
      try {
        const asked = (await request.json()) as Record<string, unknown>;
        put.push(...(asked.SecretString === undefined ? [] : [asked.SecretString]));
        return Response.json(await operations[operation]?.(asked));
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return Response.json({ __type: error.code }, { status: error.status });
      }
    }) as typeof fetch;
    const environment = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
    const keys = makeRailKeyStore({ prefix: 'Stack/rails/', environment, fetcher });
    expect(await keys.read('a:b', 'stripe')).toBeUndefined();
    await keys.write('a:b', 'stripe', { version: 1, keys: STRIPE_KEYS });
    await keys.write('a:b', 'paypal', { version: 4, keys: PAYPAL_KEYS });
    expect(await keys.read('a:b', 'stripe')).toEqual({ version: 1, keys: STRIPE_KEYS });
    expect(await keys.read('a:b', 'paypal')).toEqual({ version: 4, keys: PAYPAL_KEYS });
    await keys.write('a:b', 'stripe', undefined);
    expect(await keys.read('a:b', 'stripe')).toBeUndefined();
    // The service keeps the value before the current one.
    expect(put.slice(-2)).toEqual(['null', 'null']);
    expect([...values.keys()].map((mark) => mark.split(':secret:')[1])).toEqual([
      'Stack/rails/a=b.stripe',
      'Stack/rails/a=b.paypal',
    ]);
  });

  it('are sent to the rail itself, or to a stand-in on this machine', () => {
    expect(railHost(STRIPE_API, undefined)).toBe('https://api.stripe.com');
    expect(railHost(STRIPE_API, '')).toBe('https://api.stripe.com');
    expect(railHost(STRIPE_API, 'http://127.0.0.1:4242')).toBe('http://127.0.0.1:4242');
    for (const url of [
      'https://evil.example',
      'http://127.0.0.1.evil.example:1',
      'http://10.0.0.1:80',
      'http://127.0.0.1:1/x',
    ]) {
      expect(() => railHost(STRIPE_API, url)).toThrow('nowhere else');
    }
  });
});
