import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aPayout, at } from '#test/support/builders/payouts';
import { aRailHouse, type RailHouse, stripePayee } from '#test/support/stand-ins/rail-house';
import { type StripeStandIn, startStripeStandIn } from '#test/support/stand-ins/stripe';

const HOUR_MS = 3_600_000;

let stripe: StripeStandIn;
let house: RailHouse;
beforeAll(async () => {
  stripe = await startStripeStandIn();
});
afterAll(() => stripe.stop());
beforeEach(() => {
  stripe.transfers.length = 0;
  stripe.forgetKeys();
  stripe.calm();
  house = aRailHouse('stripe', stripe.url);
});

const payout = aPayout({ status: 'submitting', rail: 'stripe' });
const creates = ({ method }: { method: string }): boolean => method === 'POST';
const lists = ({ method, path }: { method: string; path: string }): boolean =>
  method === 'GET' && path === '/v1/transfers';

describe('a payout by Stripe Connect', () => {
  it('is a transfer to the connected account, settled when it is accepted', async () => {
    const before = stripe.asked.length;
    expect(await house.rail.submit(payout, stripePayee())).toEqual({
      outcome: 'accepted',
      reference: 'tr_1',
      settled: true,
    });
    expect(stripe.transfers).toMatchObject([
      {
        amount: 12_345,
        currency: 'gbp',
        destination: 'acct_1Partner',
        transfer_group: `acme/${payout.payoutId}`,
        metadata: { payoutId: payout.payoutId, programId: 'acme' },
      },
    ]);
    expect(stripe.asked.slice(before).map(({ method, headers }) => [method, headers['idempotency-key']])).toEqual([
      ['GET', undefined],
      ['POST', `acme/${payout.payoutId}`],
    ]);
    expect(await house.rail.find(payout)).toEqual({ state: 'settled', reference: 'tr_1' });
  });

  it('of a programme that shares the account with another is not taken for the other one', async () => {
    await house.rail.submit(payout, stripePayee());
    await house.rail.submit({ ...payout, programId: 'other' }, stripePayee());
    expect(stripe.transfers).toHaveLength(2);
  });

  it.each([
    ['JPY', 1_234n, 1_234],
    ['KWD', 1_230n, 1_230],
    ['ISK', 12n, 1_200],
    ['MGA', 1_200n, 12],
  ])('in %s is counted in the units that Stripe has for it', async (currency, amountMinor, amount) => {
    await house.rail.submit(aPayout({ currency, amountMinor, status: 'submitting', rail: 'stripe' }), stripePayee());
    expect(stripe.transfers[0]).toMatchObject({ amount, currency: currency.toLowerCase() });
  });

  it.each([
    ['MGA', 1_250n],
    ['UGX', 1_000n],
  ])('in %s that Stripe cannot express is refused here', async (currency, amountMinor) => {
    const odd = aPayout({ currency, amountMinor, status: 'submitting', rail: 'stripe' });
    expect(await house.rail.submit(odd, stripePayee())).toMatchObject({ outcome: 'rejected' });
    expect(stripe.transfers).toEqual([]);
  });

  it.each([
    ['balance_insufficient', 400, /Add funds/],
    ['account_invalid', 403, /closed or not connected/],
    ['resource_missing', 404, /knows no such account/],
    ['a_code_of_tomorrow', 400, /a_code_of_tomorrow/],
  ])('that Stripe refuses by %s is rejected with its reason', async (code, status, reason) => {
    const destination = `acct_${code}`;
    stripe.refuse(destination, { code, message: `No such destination: ${destination}` }, status);
    const answer = await house.rail.submit(payout, stripePayee(destination));
    expect(answer).toMatchObject({ outcome: 'rejected', reason: expect.stringMatching(reason) });
    expect(JSON.stringify([answer, house.logged])).not.toContain(destination);
  });

  it('waits as long as Stripe asks after 429, then goes through once', async () => {
    stripe.fail(creates, {
      when: 'before',
      how: 429,
      headers: { 'retry-after': '3' },
      body: { error: { type: 'invalid_request_error', code: 'rate_limit' } },
    });
    expect(await house.rail.submit(payout, stripePayee())).toMatchObject({ outcome: 'accepted' });
    expect(house.sleeps).toContain(3_000);
    expect(stripe.transfers).toHaveLength(1);
  });

  it('is unknown when Stripe asks for more patience than there is', async () => {
    stripe.fail(creates, { when: 'before', how: 429, headers: { 'retry-after': '60' }, body: {} });
    expect(await house.rail.submit(payout, stripePayee())).toMatchObject({ outcome: 'unknown' });
    house.now.ms += 60_000;
    expect(await house.rail.find(payout)).toEqual({ state: 'never_seen' });
  });

  it.each(['before', 'after'] as const)(
    'is unknown after every lost answer %s it was made, and never made twice',
    async (when) => {
      for (const how of ['silence', 'reset', 'garbage', 500, 502, 409] as const) {
        stripe.transfers.length = 0;
        stripe.forgetKeys();
        house = aRailHouse('stripe', stripe.url);
        stripe.fail(creates, {
          when,
          how,
          body: how === 409 ? { error: { type: 'idempotency_error', code: 'idempotency_key_in_use' } } : {},
        });
        const lost = await house.rail.submit(payout, stripePayee());
        expect([how, lost.outcome]).toEqual([how, 'unknown']);
        expect(await house.rail.find(payout)).toMatchObject({ state: when === 'after' ? 'settled' : 'never_seen' });
        // Stripe has forgotten the key by the time somebody asks again.
        stripe.forgetKeys();
        house.now.ms += 25 * HOUR_MS;
        expect(await house.rail.submit({ ...payout, status: 'unknown' }, stripePayee())).toMatchObject({
          outcome: 'accepted',
          reference: 'tr_1',
        });
        expect([how, stripe.transfers.length]).toEqual([how, 1]);
      }
    },
  );

  it('is not made twice when the books were restored to before it, and have forgotten it', async () => {
    await house.rail.submit(payout, stripePayee());
    const restored = aRailHouse('stripe', stripe.url);
    stripe.forgetKeys();
    expect(await restored.rail.submit(payout, stripePayee())).toMatchObject({ outcome: 'accepted', reference: 'tr_1' });
    // The facts have changed since: what Stripe has is not what is owed now, so a person looks.
    const more = { ...payout, amountMinor: payout.amountMinor + 1n };
    expect(await aRailHouse('stripe', stripe.url).rail.submit(more, stripePayee())).toMatchObject({
      outcome: 'unknown',
      reason: expect.stringContaining('other transfers'),
    });
    expect(stripe.transfers).toHaveLength(1);
  });

  it('is not sent again while the list of its group cannot be read', async () => {
    stripe.fail(creates, { when: 'after', how: 'reset' });
    await house.rail.submit(payout, stripePayee());
    stripe.forgetKeys();
    for (const how of ['reset', 'garbage', 500, 401] as const) {
      stripe.fail(lists, { when: 'before', how, body: { error: { type: 'invalid_request_error' } } });
      expect(await house.rail.submit(payout, stripePayee())).toMatchObject({ outcome: 'unknown' });
    }
    expect(stripe.transfers).toHaveLength(1);
  });

  it('is neither sent nor looked for by another account than it went out from', async () => {
    stripe.fail(creates, { when: 'after', how: 'reset' });
    await house.rail.submit(payout, stripePayee());
    for (const account of ['another', undefined]) {
      house.account = account;
      expect(await house.rail.submit(payout, stripePayee())).toMatchObject({ outcome: 'unknown' });
      expect(await house.rail.find(payout)).toMatchObject({ state: 'unknown' });
    }
    expect(stripe.transfers).toHaveLength(1);
  });

  it('goes to no other payee than it was first sent to', async () => {
    stripe.fail(creates, { when: 'before', how: 'reset' }, { when: 'after', how: 'reset' });
    await house.rail.submit(payout, stripePayee());
    const other = stripePayee('acct_1Other');
    expect(await house.rail.submit(payout, other)).toMatchObject({ outcome: 'unknown' });
    house.now.ms += 2 * HOUR_MS;
    expect(await house.rail.submit(payout, other)).toMatchObject({ outcome: 'rejected' });
    expect(stripe.transfers).toEqual([]);
  });

  it('says loudly that a key belongs to other content, or that Stripe refuses the key', async () => {
    stripe.fail(creates, {
      when: 'before',
      how: 400,
      body: { error: { type: 'idempotency_error', message: 'acct_1Partner' } },
    });
    expect(await house.rail.submit(payout, stripePayee())).toMatchObject({ outcome: 'unknown' });
    stripe.fail(creates, { when: 'before', how: 401, body: { error: { type: 'invalid_request_error' } } });
    expect(await house.rail.submit(payout, stripePayee())).toMatchObject({ outcome: 'unknown' });
    expect(house.logged.filter((line) => line.includes('Stripe needs a person'))).toHaveLength(2);
    expect(house.logged.join()).not.toMatch(/acct_1Partner|sk_test/);
  });

  it('that was reversed has come back; a part of it is said and stays settled', async () => {
    await house.rail.submit(payout, stripePayee());
    Object.assign(stripe.transfers[0] ?? {}, { amount_reversed: 100 });
    expect(await house.rail.find(payout)).toMatchObject({ state: 'settled' });
    expect(house.logged.join()).toContain('a part of a transfer was reversed');
    const since = at('2026-02-01T00:00:00Z');
    expect(await house.rail.reversedSince?.('acme', since)).toEqual([payout.payoutId]);
    expect(await house.rail.reversedSince?.('other', since)).toEqual([]);
    expect(stripe.asked.at(-1)?.query.get('type')).toBe('transfer.reversed');
    house.account = undefined;
    expect(await house.rail.reversedSince?.('acme', since)).toBeUndefined();
    house.account = 'ours';
    Object.assign(stripe.transfers[0] ?? {}, { reversed: true, amount_reversed: 12_345 });
    expect(await house.rail.find(payout)).toMatchObject({ state: 'returned', reference: 'tr_1' });
  });

  it('is unknown when Stripe has other transfers under its group', async () => {
    await house.rail.submit(payout, stripePayee());
    Object.assign(stripe.transfers[0] ?? {}, { amount: 1 });
    expect(await house.rail.find(payout)).toMatchObject({ state: 'unknown' });
  });

  it('that was never sent is never seen, without a call', async () => {
    const before = stripe.asked.length;
    expect(await house.rail.find(payout)).toEqual({ state: 'never_seen' });
    expect(stripe.asked).toHaveLength(before);
  });
});
