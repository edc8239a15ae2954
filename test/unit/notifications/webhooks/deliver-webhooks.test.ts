import { describe, expect, it } from 'vitest';
import { toInstant } from '#shared/domain/time/instant';
import { AN_EVENT, aWebhookHouse } from '#test/support/builders/webhook-house';
import { WEBHOOK_START_MS } from '#test/support/builders/webhooks';

const DAY_MS = 86_400_000;

describe('an event', () => {
  it('is sent at once to each endpoint that wants it, in the shape of the specification', async () => {
    const house = await aWebhookHouse(
      {},
      { endpointId: 'e2', events: ['payout.paid'] },
      { endpointId: 'e3', events: ['tier.promoted'] },
      { endpointId: 'e4', status: 'disabled' },
      { endpointId: 'e5', programId: 'other' },
      { endpointId: 'e6', status: 'removed' },
    );
    expect(await house.deliver(AN_EVENT)).toEqual({ wanted: 2 });
    expect(house.sent).toHaveLength(2);
    const [first, second] = house.sent;
    expect(JSON.parse(first!.body)).toEqual({
      type: 'payout.paid',
      timestamp: AN_EVENT.occurredAt,
      data: { programId: 'acme', payoutId: 'po1' },
    });
    expect(first).toMatchObject({ url: 'https://hook.example.com/in', secrets: ['whsec_b'] });
    // Of the event, so that a receiver with two endpoints knows it by that; without a full stop, which joins what is signed.
    expect(first?.webhookId).toMatch(/^msg_[0-9a-f]{26}$/);
    expect(second?.webhookId).toBe(first?.webhookId);
    expect(await house.log()).toMatchObject([{ state: 'delivered', attempts: [{ statusCode: 200, durationMs: 0 }] }]);
    expect(house.continued).toEqual([]);
    expect(await house.log('e4')).toEqual([]);
  });

  it('that comes twice, also at the same moment, is sent once', async () => {
    const house = await aWebhookHouse();
    const both = await Promise.allSettled([house.deliver(AN_EVENT), house.deliver(AN_EVENT)]);
    await house.deliver(AN_EVENT);
    expect(house.sent).toHaveLength(1);
    expect(await house.log()).toHaveLength(1);
    // The one that lost comes again, and finds it done.
    expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
  });

  it('whose first call broke off before, or after it was sent, is sent on, and the schedule begins once', async () => {
    const house = await aWebhookHouse();
    house.receiver.answers = () => Promise.reject(new Error('killed'));
    await expect(house.deliver(AN_EVENT)).rejects.toThrow('killed');
    await expect(house.deliver(AN_EVENT)).rejects.toThrow('repeat in a minute');
    house.time.now += 60_000;
    house.receiver.answers = () => ({ statusCode: 500 });
    await house.deliver(AN_EVENT);
    await house.deliver(AN_EVENT);
    expect(house.sent).toHaveLength(2);
    expect(house.continued).toMatchObject([{ round: 1, roundAttempts: 1, waitSeconds: 5 }]);
  });

  it('is tried ten times in three days, each time under the same id, and lies in the log then', async () => {
    const house = await aWebhookHouse();
    house.receiver.answers = () => ({ statusCode: 500, responseStart: 'oops' });
    await house.deliver(AN_EVENT);
    expect(await house.log()).toMatchObject([
      { state: 'pending', nextAttemptAt: toInstant(WEBHOOK_START_MS + 5_000), attempts: [{ responseStart: 'oops' }] },
    ]);
    await house.runOn();
    expect(house.sent).toHaveLength(10);
    expect(new Set(house.sent.map(({ webhookId }) => webhookId)).size).toBe(1);
    const [delivery] = await house.log();
    expect(delivery).toMatchObject({ state: 'failed' });
    expect(delivery).not.toHaveProperty('nextAttemptAt');
    expect(delivery?.attempts.at(-1)?.at).toBe(toInstant(WEBHOOK_START_MS + ((75 * 60 + 35) * 60 + 5) * 1_000));
    expect(await house.endpoint()).toMatchObject({
      status: 'enabled',
      failures: 10,
      failingSince: toInstant(WEBHOOK_START_MS),
    });
  });

  it('that arrives at last ends the schedule and forgets the failures', async () => {
    const house = await aWebhookHouse();
    house.receiver.answers = () =>
      house.sent.length < 3 ? { error: 'the connection failed: ECONNREFUSED' } : { statusCode: 202 };
    await house.deliver(AN_EVENT);
    await house.runOn();
    expect(house.sent).toHaveLength(3);
    expect(await house.log()).toMatchObject([{ state: 'delivered', roundAttempts: 3 }]);
    expect(await house.endpoint()).not.toHaveProperty('failingSince');
  });

  it('waits for as long as an overloaded receiver asks, and nothing new goes there meanwhile', async () => {
    const house = await aWebhookHouse();
    house.receiver.answers = () => ({ statusCode: 429, retryAfterSeconds: 600 });
    await house.deliver(AN_EVENT);
    expect(house.continued).toMatchObject([{ waitSeconds: 600 }]);
    house.time.now += 60_000;
    await house.deliver({ ...AN_EVENT, eventId: 'another' });
    expect(house.sent).toHaveLength(1);
    expect(house.continued[1]).toMatchObject({ roundAttempts: 0, waitSeconds: 540 });
    house.receiver.answers = () => ({ statusCode: 200 });
    await house.runOn();
    expect((await house.log()).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
  });

  it('stops at 410: the endpoint is disabled, which is told once', async () => {
    const house = await aWebhookHouse();
    house.receiver.answers = () => ({ statusCode: 410 });
    await house.deliver(AN_EVENT);
    expect(house.continued).toEqual([]);
    expect(await house.log()).toMatchObject([{ state: 'failed' }]);
    expect(await house.endpoint()).toMatchObject({ status: 'disabled', statusReason: 'gone' });
    await house.deliver({ ...AN_EVENT, eventId: 'another' });
    const now = toInstant(WEBHOOK_START_MS);
    expect(house.endpoints.pauses).toEqual([
      { endpointId: 'e1', pausedAt: now, failingSince: now, host: 'hook.example.com', why: 'gone' },
    ]);
  });

  it('is not sent with a secret that is lost: the log says what to do', async () => {
    const house = await aWebhookHouse({
      secrets: [{ ...(await aWebhookHouse().then((one) => one.endpoint())).secrets[0]!, box: 'lost' }],
    });
    await house.deliver(AN_EVENT);
    expect(house.sent).toEqual([]);
    expect(await house.log()).toMatchObject([
      { state: 'pending', attempts: [{ error: expect.stringContaining('Rotate') }] },
    ]);
  });
});

describe('an endpoint that fails for a week', () => {
  async function aFailingWeek() {
    const house = await aWebhookHouse();
    house.receiver.answers = () => ({ error: 'the connection failed: ECONNREFUSED' });
    await house.deliver(AN_EVENT);
    await house.runOn();
    house.time.now = WEBHOOK_START_MS + 7 * DAY_MS - 1;
    await house.deliver({ ...AN_EVENT, eventId: 'day-7', occurredAt: '2026-11-29T09:59:00Z' });
    expect((await house.endpoint()).status).toBe('enabled');
    await house.runOn();
    return house;
  }

  it('is paused and told of once; what comes then is kept, and sent when somebody enables it', async () => {
    const house = await aFailingWeek();
    expect(await house.endpoint()).toMatchObject({ status: 'paused', version: 2 });
    expect(house.endpoints.pauses).toEqual([
      {
        endpointId: 'e1',
        pausedAt: expect.any(String),
        failingSince: toInstant(WEBHOOK_START_MS),
        host: 'hook.example.com',
        why: 'failing',
      },
    ]);
    // What was on its way when it was paused waits with the rest.
    expect((await house.log()).map(({ state }) => state)).toEqual(['skipped', 'failed']);
    const asked = house.sent.length;
    await house.deliver({ ...AN_EVENT, eventId: 'day-8', occurredAt: '2026-11-30T10:00:00Z' });
    expect(house.sent).toHaveLength(asked);
    const [kept] = await house.log();
    expect(kept).toMatchObject({ state: 'skipped', attempts: [] });
    await expect(house.redeliver(kept!)).rejects.toMatchObject({ code: 'webhook_endpoint_not_enabled' });
    const paused = await house.endpoint();
    await house.endpoints.change({ ...paused, status: 'enabled', version: 3 }, 2, true);
    house.receiver.answers = () => ({ statusCode: 200 });
    expect(await house.redeliver(kept!)).toMatchObject({ state: 'delivered', round: 2, webhookId: kept?.webhookId });
  });

  it('goes on after a single success in the week', async () => {
    const house = await aWebhookHouse();
    house.receiver.answers = () => ({ statusCode: 500 });
    await house.deliver(AN_EVENT);
    await house.runOn();
    house.receiver.answers = () => ({ statusCode: 200 });
    await house.deliver({ ...AN_EVENT, eventId: 'good' });
    house.receiver.answers = () => ({ statusCode: 500 });
    house.time.now = WEBHOOK_START_MS + 8 * DAY_MS;
    await house.deliver({ ...AN_EVENT, eventId: 'bad' });
    expect(await house.endpoint()).toMatchObject({ status: 'enabled', failures: 1 });
  });
});

describe('sending again', () => {
  it('begins a new round that overtakes the old one', async () => {
    const house = await aWebhookHouse();
    house.receiver.answers = () => ({ statusCode: 500 });
    await house.deliver(AN_EVENT);
    const [old] = house.continued;
    const [delivery] = await house.log();
    expect(await house.redeliver(delivery!)).toMatchObject({ state: 'pending', round: 2, roundAttempts: 1 });
    expect(await house.attempt(old!)).toEqual({ done: true });
    expect(house.sent).toHaveLength(2);
    house.receiver.answers = () => ({ statusCode: 200 });
    await house.runOn();
    expect(await house.log()).toMatchObject([{ state: 'delivered', attempts: [{}, {}, { statusCode: 200 }] }]);
  });

  it('ends at a number of rounds', async () => {
    const house = await aWebhookHouse();
    await house.deliver(AN_EVENT);
    const [delivery] = await house.log();
    for (let round = 1; round < 20; round += 1) await house.redeliver(delivery!);
    await expect(house.redeliver(delivery!)).rejects.toMatchObject({ code: 'too_many_requests' });
    await expect(house.redeliver({ ...delivery!, deliveryId: 'none' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a test', () => {
  it('is sent once, also to what is paused, and says nothing of the health', async () => {
    const house = await aWebhookHouse({ status: 'paused' });
    house.receiver.answers = () => ({ statusCode: 500 });
    const tested = await house.test({ programId: 'acme', endpointId: 'e1', testId: 't1' });
    expect(tested).toMatchObject({ type: 'webhook.test', state: 'failed', attempts: [{ statusCode: 500 }] });
    expect(JSON.parse(tested.body)).toMatchObject({ type: 'webhook.test', data: { endpointId: 'e1' } });
    expect(house.continued).toEqual([]);
    expect(await house.endpoint()).not.toHaveProperty('failingSince');
    const gone = await aWebhookHouse({ status: 'removed' });
    await expect(gone.test({ programId: 'acme', endpointId: 'e1', testId: 't1' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
