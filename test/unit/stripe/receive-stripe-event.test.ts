import { beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '#shared/application/failure';
import { anInvoice, aSession, SECRET, SOLD_AT, signed, stripeEvent } from '#test/support/builders/stripe';
import { aStripeHouse } from '#test/support/stripe-house';

const OTHER = 'whsec_anothersecret0123456789abcd';
const HOUR_MS = 3_600_000;
const sale = () => stripeEvent('checkout.session.completed', aSession({ metadata: { ts_code: 'TALLY10' } }));

let house: Awaited<ReturnType<typeof aStripeHouse>>;
beforeEach(async () => {
  house = await aStripeHouse();
});

const refusal = async (attempt: Promise<unknown>): Promise<{ code: string; message: string }> => {
  const error = await attempt.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Failure);
  return error as Failure;
};
const receive = (sent: { payload: Uint8Array; signature: string }, programId = 'shop') =>
  house.receive({ programId, ...sent });

describe('an event of Stripe', () => {
  it('is recorded and acted on when one of the secrets signed it', async () => {
    const event = sale();
    expect(await receive(signed(event))).toEqual({ eventId: event.id, status: 'done', repeated: false });
    expect(await receive(signed(event))).toEqual({ eventId: event.id, status: 'done', repeated: true });
    expect(await house.conversions.find('shop', 'pi_1')).toMatchObject({ partnerId: 'mira', amountMinor: 10_000n });
  });

  it('is refused alike, without a reason, whatever is wrong with its signature', async () => {
    const event = sale();
    const good = signed(event);
    const late = SOLD_AT + 301;
    const attempts: [{ payload: Uint8Array; signature: string }, string?][] = [
      [{ ...good, payload: Buffer.from(good.payload.toString().replace('12000', '12001')) }],
      [{ ...good, payload: Buffer.from(JSON.stringify(JSON.parse(good.payload.toString()))) }],
      [{ ...good, signature: '' }],
      [{ ...good, signature: 't=1,v1=00' }],
      [{ ...good, signature: good.signature.replace('v1=', 'v0=') }],
      [signed(event, { secret: OTHER })],
      [signed(event, { at: SOLD_AT - 301 })],
      [good, 'other-shop'],
      [good, 'no-such-shop'],
    ];
    house.now.ms = SOLD_AT * 1_000;
    const refusals = await Promise.all(attempts.map(([sent, programId]) => refusal(receive(sent, programId))));
    house.now.ms = late * 1_000;
    refusals.push(await refusal(receive(good)));
    expect(new Set(refusals.map(({ code, message }) => `${code} ${message}`)).size).toBe(1);
    expect(refusals[0]?.code).toBe('stripe_signature_invalid');
    expect(await house.events.find('shop', event.id)).toBeUndefined();
  });

  it('is accepted to the last second of the tolerance', async () => {
    house.now.ms = (SOLD_AT + 300) * 1_000;
    expect(await receive(signed(sale()))).toMatchObject({ status: 'done' });
  });

  it('may be signed by the secret before for as long as a roll lasts', async () => {
    await house.setSource({
      programId: 'shop',
      mode: 'live',
      previousValidHours: 24,
      by: 'person:a',
      signingSecret: OTHER,
    });
    expect(await receive(signed(sale(), { secret: OTHER }))).toMatchObject({ status: 'done' });
    expect(await receive(signed(sale()))).toMatchObject({ status: 'done' });
    house.now.ms += 25 * HOUR_MS;
    const at = Math.floor(house.now.ms / 1_000);
    expect((await refusal(receive(signed(sale(), { at })))).code).toBe('stripe_signature_invalid');
  });

  it('ends the secret before at once where it leaked, and all when the source is disabled', async () => {
    const source = { programId: 'shop', mode: 'live', by: 'person:a', signingSecret: OTHER } as const;
    await house.setSource({ ...source, previousValidHours: 0 });
    expect((await refusal(receive(signed(sale())))).code).toBe('stripe_signature_invalid');
    await house.disableSource({ programId: 'shop', by: 'person:a' });
    house.now.ms += HOUR_MS;
    const at = Math.floor(house.now.ms / 1_000);
    expect((await refusal(receive(signed(sale(), { secret: OTHER, at })))).code).toBe('stripe_signature_invalid');
    expect(await house.sources.find('shop')).toMatchObject({ enabled: false });
  });

  it('sees a new secret at once, and lets forged ones not hammer the store of secrets', async () => {
    await receive(signed(sale()));
    await house.setSource({
      programId: 'shop',
      mode: 'live',
      previousValidHours: 24,
      by: 'person:a',
      signingSecret: OTHER,
    });
    house.now.ms += 31_000;
    expect(await receive(signed(sale(), { secret: OTHER }))).toMatchObject({ status: 'done' });
    const before = house.secrets.reads();
    for (let n = 0; n < 20; n += 1) await refusal(receive(signed(sale(), { secret: `${SECRET}x` })));
    expect(house.secrets.reads()).toBe(before);
  });

  it('looks again before it ignores an event for its mode: Stripe sends one that was taken only once', async () => {
    await receive(signed(sale()));
    const play = { programId: 'shop', signingSecret: SECRET, previousValidHours: 0, by: 'person:admin' };
    await house.setSource({ ...play, mode: 'test' });
    house.now.ms += 11_000;
    const event = stripeEvent('checkout.session.completed', aSession({ id: 'cs_2', payment_intent: 'pi_2' }), {
      livemode: false,
    });
    expect(await receive(signed(event))).toMatchObject({ status: 'done' });
  });

  it('pays nobody for play money', async () => {
    const event = stripeEvent('checkout.session.completed', aSession(), { livemode: false });
    expect(await receive(signed(event))).toMatchObject({ status: 'ignored' });
    expect(await house.events.find('shop', event.id)).toMatchObject({ reason: 'other_mode' });
    expect(await house.conversions.find('shop', 'pi_1')).toBeUndefined();
  });

  it('of a mode that was set by mistake is acted on once the mode is right and Stripe sends it again', async () => {
    const play = { programId: 'shop', signingSecret: SECRET, previousValidHours: 0, by: 'person:admin' };
    await house.setSource({ ...play, mode: 'test' });
    house.now.ms += 301_000;
    const at = Math.floor(house.now.ms / 1_000);
    const event = sale();
    expect(await receive(signed(event, { at }))).toMatchObject({ status: 'ignored' });
    await house.setSource({ ...play, mode: 'live' });
    house.now.ms += 301_000;
    const again = signed(event, { at: Math.floor(house.now.ms / 1_000) });
    expect(await receive(again)).toMatchObject({ status: 'done' });
  });

  it('is answered and recorded as ignored when it is none of our business', async () => {
    const event = stripeEvent('customer.created', { id: 'cus_1', email: 'jo@customers.example' });
    expect(await receive(signed(event))).toMatchObject({ status: 'ignored' });
    expect(JSON.stringify(await house.events.find('shop', event.id))).not.toContain('jo@');
  });

  it('keeps nothing of a person', async () => {
    const event = stripeEvent('invoice.paid', anInvoice({ metadata: { ts_code: 'TALLY10' } }));
    await receive(signed(event));
    const kept = await house.events.find('shop', event.id);
    const text = JSON.stringify(kept, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
    expect(text).not.toMatch(/jo@|Jo Customer|High Street/);
  });
});
