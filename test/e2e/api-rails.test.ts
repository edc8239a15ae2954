import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '#infra/local/demo/runs';
import { type LocalStack, startLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme, aSale, closePeriod } from '#test/support/programme';
import { type PayPalStandIn, startPayPalStandIn } from '#test/support/stand-ins/paypal';
import { type StripeStandIn, startStripeStandIn } from '#test/support/stand-ins/stripe';

type Payout = { payoutId: string; partnerId: string; status: string; blockedReason?: string; rail?: string };

const STRIPE_KEY = 'sk_test_51standinstandin';
const PAYPAL_KEYS = { clientId: 'AppOfTheShop', clientSecret: 'right-secret', mode: 'test' };

let stripe: StripeStandIn;
let paypal: PayPalStandIn;
let stack: LocalStack;
let path: string;
let programId: string;
let run: Run;

beforeAll(async () => {
  [stripe, paypal] = await Promise.all([startStripeStandIn(), startPayPalStandIn()]);
  process.env.STRIPE_API_URL = stripe.url;
  process.env.PAYPAL_API_URL = paypal.url;
  stack = await startLocalStack();
  programId = await aProgramme(stack.as('admin'));
  path = `/v1/programs/${programId}`;
  const name = 'Paula Partner';
  const payees = {
    p1: { rail: 'stripe', name, stripeAccountId: 'acct_1PaulaPartner' },
    p2: { rail: 'paypal', name, paypalEmail: 'paula@partner.example' },
  };
  for (const [partnerId, payee] of Object.entries(payees)) {
    await aPartner(stack.as('partner_manager'), programId, partnerId, { payee });
    await aSale(stack.as('merchant_key'), programId, `o-${partnerId}`, 10_000, { partnerId });
  }
});
afterAll(async () => {
  delete process.env.STRIPE_API_URL;
  delete process.env.PAYPAL_API_URL;
  await Promise.all([stack?.stop(), stripe.stop(), paypal.stop()]);
});

const payouts = async (): Promise<readonly Payout[]> =>
  (await stack.as('finance').list<Payout>(`${path}/payouts?runId=${run.runId}`)).toSorted((a, b) =>
    a.partnerId.localeCompare(b.partnerId),
  );

describe("a programme's own accounts at Stripe and PayPal", () => {
  it('are set up by keys that they know, which are never answered again', async () => {
    const admin = stack.as('admin');
    await expect(admin.put(`${path}/rails/stripe`, { secretKey: 'whsec_something' })).rejects.toMatchObject({
      status: 422,
    });
    await expect(admin.put(`${path}/rails/stripe`, PAYPAL_KEYS)).rejects.toMatchObject({ status: 422 });
    await admin.put(`${path}/rails/stripe`, { secretKey: STRIPE_KEY });
    const set = await admin.put(`${path}/rails/paypal`, PAYPAL_KEYS);
    const listed = await stack.as('finance').get<{ items: object[] }>(`${path}/rails`);
    expect(listed.items).toMatchObject([
      { rail: 'stripe', enabled: true, mode: 'test', account: 'acct_1Programme', version: 1 },
      { rail: 'paypal', enabled: true, mode: 'test', account: 'AppOfTheShop', version: 1 },
    ]);
    expect(JSON.stringify([set, listed])).not.toMatch(/standinstandin|right-secret/);
  });

  it('pay each partner once where it is paid, from the same run', async () => {
    stripe.fail(({ method }) => method === 'POST', {
      when: 'before',
      how: 429,
      headers: { 'retry-after': '1' },
      body: {},
    });
    run = await closePeriod(stack, programId, '2026-01');
    expect(await payouts()).toMatchObject([
      { partnerId: 'p1', rail: 'stripe', status: 'settled' },
      { partnerId: 'p2', rail: 'paypal', status: 'submitted' },
    ]);
    expect(stripe.transfers).toMatchObject([
      { destination: 'acct_1PaulaPartner', currency: 'gbp', metadata: { programId } },
    ]);
    expect(paypal.batches.map(({ items }) => items.map((item) => item.payout_item.receiver))).toEqual([
      ['paula@partner.example'],
    ]);
  });

  it('say how a payout ended when they are asked', async () => {
    const [, paid] = await payouts();
    paypal.process('SUCCESS');
    const ask = (): Promise<unknown> =>
      stack.as('finance').post(`${path}/payouts/${encodeURIComponent(paid?.payoutId ?? '')}/ask-rail`, {});
    expect(await ask()).toMatchObject({ answer: 'settled', payoutStatus: 'settled' });
    paypal.process('REVERSED');
    expect(await ask()).toMatchObject({ answer: 'returned', payoutStatus: 'returned' });
  });

  it('appear in the audit chain without their keys, and in no log', async () => {
    const trail = JSON.stringify(await stack.as('admin').list(`${path}/audit-trail`));
    expect(trail).toContain('rail.changed');
    expect(trail).toContain('acct_1Programme');
    const logs = readdirSync(join(stack.dataDir, 'logs'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    expect(logs.length).toBeGreaterThan(0);
    expect(`${trail}${stack.output()}${logs.join()}`).not.toMatch(/standinstandin|right-secret|paula@|PaulaPartner/);
  });
});
