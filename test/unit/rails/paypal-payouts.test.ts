import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makePacedFetch } from '#shared/adapters/rails/paced-fetch';
import { makePayPalClient, type PayPalClient } from '#shared/adapters/rails/paypal-client';
import { makePayPalPayoutsRail } from '#shared/adapters/rails/paypal-payouts';
import type { Instant } from '#shared/domain/time/instant';
import { aPayout, sha256, silentLog } from '#test/support/builders/payouts';
import { PAYPAL_ERROR, type PayPalStandIn, startPayPalStandIn } from '#test/support/stand-ins/paypal';
import { aRailHouse, PAYPAL_KEYS, paypalPayee, type RailHouse } from '#test/support/stand-ins/rail-house';

const DAY_MS = 24 * 3_600_000;

let paypal: PayPalStandIn;
let house: RailHouse;
beforeAll(async () => {
  paypal = await startPayPalStandIn();
});
afterAll(() => paypal.stop());
beforeEach(() => {
  paypal.batches.length = 0;
  paypal.forgetKeys();
  paypal.refuseAll(undefined);
  paypal.namesDuplicates = true;
  paypal.calm();
  house = aRailHouse('paypal', paypal.url);
});

const payout = aPayout({ status: 'submitting', rail: 'paypal' });
const again = { ...payout, status: 'unknown' } as const;
const creates = ({ path, method }: { path: string; method: string }): boolean =>
  method === 'POST' && path === '/v1/payments/payouts';
const tokens = ({ path }: { path: string }): boolean => path === '/v1/oauth2/token';

describe('a payout by PayPal', () => {
  it('is a batch of its own, accepted and not yet settled', async () => {
    expect(await house.rail.submit(payout, paypalPayee())).toEqual({ outcome: 'accepted', reference: 'BATCH1' });
    expect(paypal.batches).toMatchObject([
      {
        key: `acme/${payout.payoutId}`,
        items: [{ payout_item: { amount: { value: '123.45', currency: 'GBP' }, receiver: 'paula@partner.example' } }],
      },
    ]);
    expect(paypal.batches[0]?.items[0]?.payout_item.sender_item_id?.length).toBeLessThanOrEqual(63);
    expect(await house.rail.find(payout)).toEqual({ state: 'accepted', reference: 'BATCH1' });
  });

  it.each([
    ['PENDING', 'accepted'],
    ['UNCLAIMED', 'accepted'],
    ['ONHOLD', 'accepted'],
    ['SUCCESS', 'settled'],
    ['FAILED', 'failed'],
    ['BLOCKED', 'failed'],
    ['DENIED', 'failed'],
    ['RETURNED', 'returned'],
    ['REFUNDED', 'returned'],
    ['REVERSED', 'returned'],
    ['OF_TOMORROW', 'unknown'],
  ])('whose item is %s is %s', async (status, state) => {
    await house.rail.submit(payout, paypalPayee());
    paypal.process(status);
    expect(await house.rail.find(payout)).toMatchObject({ state });
  });

  it('names the code of a failure and nothing of the receiver', async () => {
    await house.rail.submit(payout, paypalPayee());
    paypal.process('FAILED', { name: 'RECEIVER_ACCOUNT_LOCKED', message: 'paula@partner.example is locked' });
    const finding = await house.rail.find(payout);
    expect(finding).toMatchObject({ reason: 'PayPal could not pay the receiver: RECEIVER_ACCOUNT_LOCKED.' });
    expect(JSON.stringify([finding, house.logged])).not.toContain('paula');
  });

  it.each([
    ['JPY', 1_234n, '1234'],
    ['HUF', 123_400n, '1234'],
  ])('in %s has no decimals', async (currency, amountMinor, value) => {
    await house.rail.submit(aPayout({ currency, amountMinor, status: 'submitting', rail: 'paypal' }), paypalPayee());
    expect(paypal.batches[0]?.items[0]?.payout_item.amount).toEqual({ currency, value });
  });

  it.each([
    ['HUF', 123_450n],
    ['KWD', 1_000n],
  ])('in %s that PayPal cannot pay is refused here', async (currency, amountMinor) => {
    const odd = aPayout({ currency, amountMinor, status: 'submitting', rail: 'paypal' });
    expect(await house.rail.submit(odd, paypalPayee())).toMatchObject({ outcome: 'rejected' });
    expect(paypal.batches).toEqual([]);
  });

  it.each([
    ['INSUFFICIENT_FUNDS', 422, /Add funds/],
    ['VALIDATION_ERROR', 400, /VALIDATION_ERROR \(items\[0\]\.receiver\)/],
  ])('that PayPal refuses by %s is rejected with its reason', async (name, status, reason) => {
    const details = name === 'VALIDATION_ERROR' ? [{ field: 'items[0].receiver', issue: 'paula@ is invalid' }] : [];
    paypal.refuseAll({ status, body: PAYPAL_ERROR(name, details) });
    const answer = await house.rail.submit(payout, paypalPayee());
    expect(answer).toMatchObject({ outcome: 'rejected', reason: expect.stringMatching(reason) });
    expect(JSON.stringify([answer, house.logged])).not.toContain('paula');
  });

  it.each(['before', 'after'] as const)(
    'is unknown after every lost answer %s it was made, and never made twice',
    async (when) => {
      for (const how of ['silence', 'reset', 'garbage', 500, 503] as const) {
        paypal.batches.length = 0;
        paypal.forgetKeys();
        house = aRailHouse('paypal', paypal.url);
        paypal.fail(creates, { when, how, body: {} });
        expect([how, (await house.rail.submit(payout, paypalPayee())).outcome]).toEqual([how, 'unknown']);
        expect(await house.rail.find(payout)).toMatchObject({ state: 'unknown' });
        expect(await house.rail.submit(again, paypalPayee())).toEqual({ outcome: 'accepted', reference: 'BATCH1' });
        expect([how, paypal.batches.length]).toEqual([how, 1]);
        expect(await house.rail.find(again)).toEqual({ state: 'accepted', reference: 'BATCH1' });
      }
    },
  );

  it('in doubt is not sent again once PayPal may have forgotten its key', async () => {
    paypal.fail(creates, { when: 'after', how: 'reset' });
    await house.rail.submit(payout, paypalPayee());
    paypal.forgetKeys();
    house.now.ms += 29 * DAY_MS;
    const answer = await house.rail.submit(again, paypalPayee());
    expect(answer).toMatchObject({ outcome: 'unknown', reason: expect.stringContaining('Look in PayPal') });
    expect(paypal.batches).toHaveLength(1);
  });

  it('that is known under its batch is asked for, not sent, however late', async () => {
    await house.rail.submit(payout, paypalPayee());
    paypal.forgetKeys();
    house.now.ms += 40 * DAY_MS;
    paypal.process('SUCCESS');
    expect(await house.rail.submit(again, paypalPayee())).toEqual({
      outcome: 'accepted',
      reference: 'BATCH1',
      settled: true,
    });
    expect(paypal.batches).toHaveLength(1);
  });

  it('that was never sent goes out, also after 30 days', async () => {
    paypal.fail(creates, ...Array(4).fill({ when: 'before', how: 429, headers: { 'retry-after': '1' }, body: {} }));
    expect(await house.rail.submit(payout, paypalPayee())).toMatchObject({ outcome: 'unknown' });
    expect(await house.rail.find(payout)).toEqual({ state: 'never_seen' });
    house.now.ms += 40 * DAY_MS;
    expect(await house.rail.submit(again, paypalPayee())).toMatchObject({ outcome: 'accepted' });
    expect(paypal.batches).toHaveLength(1);
  });

  it('in doubt and then refused stays unknown: the first request may have taken the money', async () => {
    paypal.fail(creates, { when: 'before', how: 'reset' });
    await house.rail.submit(payout, paypalPayee());
    // An answer that says for certain that this one moved nothing says nothing of the first one.
    paypal.fail(creates, { when: 'before', how: 403, body: PAYPAL_ERROR('NOT_AUTHORIZED') });
    expect(await house.rail.submit(again, paypalPayee())).toMatchObject({ outcome: 'unknown' });
    paypal.refuseAll({ status: 422, body: PAYPAL_ERROR('INSUFFICIENT_FUNDS') });
    expect(await house.rail.submit(again, paypalPayee())).toMatchObject({ outcome: 'unknown' });
    expect(await house.rail.find(again)).toMatchObject({ state: 'unknown' });
  });

  it.each([
    ['asks for patience', { status: 429, body: {} }],
    ['refuses', { status: 422, body: { name: 'INSUFFICIENT_FUNDS', message: 'no' } }],
  ])('stays in doubt where PayPal %s while another attempt is under way', async (_, answer) => {
    const later = '2026-02-02T12:05:00.000Z' as Instant;
    const post: PayPalClient['post'] = async () => {
      await house.requests.note(payout, { inDoubt: true, sentAt: later });
      return { kind: 'answer', ...answer };
    };
    const rail = makePayPalPayoutsRail({
      accountOf: async () => ({ account: 'ours', client: { post, get: post } as unknown as PayPalClient }),
      requests: house.requests,
      digest: sha256,
      clock: () => house.now.ms,
      log: silentLog,
    });
    expect(await rail.submit(payout, paypalPayee())).toMatchObject({ outcome: 'unknown' });
    expect([...house.requests.kept.values()]).toMatchObject([{ inDoubt: true, lastSentAt: later }]);
  });

  it('that PayPal has without saying as which batch waits for a person', async () => {
    paypal.namesDuplicates = false;
    paypal.fail(creates, { when: 'after', how: 'reset' });
    await house.rail.submit(payout, paypalPayee());
    expect(await house.rail.submit(again, paypalPayee())).toMatchObject({ outcome: 'unknown' });
    expect(paypal.batches).toHaveLength(1);
  });

  it('goes to no other payee while it is in doubt', async () => {
    paypal.fail(creates, { when: 'before', how: 'reset' });
    await house.rail.submit(payout, paypalPayee());
    expect(await house.rail.submit(again, paypalPayee('other@partner.example'))).toMatchObject({ outcome: 'unknown' });
    expect(paypal.batches).toEqual([]);
  });

  it('is neither sent nor looked for by another account than it went out from', async () => {
    paypal.fail(creates, { when: 'after', how: 'reset' });
    await house.rail.submit(payout, paypalPayee());
    for (const account of ['another', undefined]) {
      house.account = account;
      expect(await house.rail.submit(again, paypalPayee())).toMatchObject({ outcome: 'unknown' });
      expect(await house.rail.find(again)).toMatchObject({ state: 'unknown' });
    }
    expect(paypal.batches).toHaveLength(1);
  });

  it('is unknown while another batch is under its reference', async () => {
    await house.rail.submit(payout, paypalPayee());
    expect(await house.rail.find({ ...payout, amountMinor: 1n })).toMatchObject({ state: 'unknown' });
  });
});

describe('a call that waited for its turn too long', () => {
  it('is known not to have been sent', async () => {
    let now = 0;
    const take = async (): Promise<void> => {
      now += 30_000;
    };
    const pace = { pauseUntil: () => {}, take };
    const fetcher = makePacedFetch({ pace, clock: () => now });
    const client = makePayPalClient({ ...PAYPAL_KEYS, baseUrl: paypal.url, fetcher, clock: () => now });
    const before = paypal.asked.length;
    expect(await client.post('/v1/payments/payouts', {})).toMatchObject({ kind: 'lost', wasSent: false });
    expect(paypal.asked).toHaveLength(before);
  });
});

describe("PayPal's tokens", () => {
  it('are kept until they lapse, and one that is refused earlier is renewed once', async () => {
    const asked = (): number => paypal.asked.filter(tokens).length;
    const before = asked();
    await house.rail.submit(payout, paypalPayee());
    await house.rail.find(payout);
    expect(asked() - before).toBe(1);
    paypal.revokeTokens();
    expect(await house.rail.find(payout)).toMatchObject({ state: 'accepted' });
    expect(asked() - before).toBe(2);
    house.now.ms += 10 * 3_600_000;
    await house.rail.find(payout);
    expect(asked() - before).toBe(3);
  });

  it('that cannot be had leave the payout unsent, and say so loudly when the secret is refused', async () => {
    paypal.fail(tokens, { when: 'before', how: 'reset' }, { when: 'before', how: 401, body: {} });
    expect(await house.rail.submit(payout, paypalPayee())).toMatchObject({ outcome: 'unknown' });
    expect(await house.rail.submit(again, paypalPayee())).toMatchObject({ outcome: 'unknown' });
    expect(await house.rail.find(again)).toEqual({ state: 'never_seen' });
    expect(house.logged.join()).toContain('PayPal needs a person');
    expect(house.logged.join()).not.toMatch(/right|paula/);
  });
});
