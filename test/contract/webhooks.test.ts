import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webhookPauseKey, webhookPausesPk } from '#shared/adapters/dynamodb/partners/partners-keys';
import { makeWebhookDeliveries } from '#shared/adapters/dynamodb/partners/webhook-deliveries';
import { makeWebhookEndpoints } from '#shared/adapters/dynamodb/partners/webhook-endpoints';
import { webhookPauseOfRecord } from '#shared/adapters/dynamodb/partners/webhook-stream';
import { type WebhookPause, webhookPausedEvent } from '#shared/application/notifications/webhooks/webhook-paused-event';
import type { WebhookDeliveries, WebhookEndpoints } from '#shared/application/notifications/webhooks/webhook-ports';
import { toInstant } from '#shared/domain/time/instant';
import { aDelivery, anEndpoint, WEBHOOK_START_MS } from '#test/support/builders/webhooks';
import { makeMemoryWebhookDeliveries, makeMemoryWebhookEndpoints } from '#test/support/fakes/webhooks';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';

let table: PartnersTable;
beforeAll(async () => {
  table = await aPartnersTable();
});
afterAll(() => table?.stop());

const at = (seconds: number) => toInstant(WEBHOOK_START_MS + seconds * 1_000);

describe.each<[string, () => WebhookEndpoints]>([
  ['on the engine', () => makeWebhookEndpoints(table)],
  ['in memory', makeMemoryWebhookEndpoints],
])('webhook endpoints %s', (_name, make) => {
  let endpoints: WebhookEndpoints;
  beforeAll(() => {
    endpoints = make();
  });

  it('are made once, found, and listed by programme, oldest first', async () => {
    const second = anEndpoint({
      endpointId: 'a-second',
      createdAt: at(1),
      events: ['payout.paid'],
      description: 'Shop',
    });
    expect(await endpoints.create(second)).toBe('created');
    expect(await endpoints.create(anEndpoint())).toBe('created');
    expect(await endpoints.create(anEndpoint({ url: 'https://other.example.com/' }))).toBe('exists');
    await endpoints.create(anEndpoint({ programId: 'acme2' }));
    expect(await endpoints.find(second)).toEqual(second);
    expect(await endpoints.find({ programId: 'acme', endpointId: 'none' })).toBeUndefined();
    expect(await endpoints.list('acme')).toEqual([anEndpoint(), second]);
  });

  it('change where nobody changed them meanwhile, lose what is no longer said, and keep their health', async () => {
    const one = anEndpoint({ endpointId: 'changing', events: ['payout.paid'], onBehalfOf: 'person:x' });
    await endpoints.create(one);
    expect(await endpoints.noteFailure(one, at(5), at(65))).toMatchObject({
      failures: 1,
      failingSince: at(5),
      status: 'enabled',
    });
    expect(await endpoints.noteFailure(one, at(9), undefined)).toMatchObject({ failures: 2, failingSince: at(5) });
    const { events: _, onBehalfOf: __, ...plain } = one;
    const changed = { ...plain, url: 'https://hook.example.com/2', description: 'x', version: 2, changedAt: at(10) };
    expect(await endpoints.change(changed, 1)).toBe(true);
    expect(await endpoints.change({ ...changed, description: 'late' }, 1)).toBe(false);
    expect(await endpoints.find(one)).toEqual({ ...changed, failures: 2, failingSince: at(5), backOffUntil: at(65) });
    expect(await endpoints.change({ ...changed, version: 3 }, 2, true)).toBe(true);
    expect(await endpoints.find(one)).toEqual({ ...changed, version: 3 });
    await endpoints.noteFailure(one, at(20), undefined);
    await endpoints.noteSuccess(one);
    expect(await endpoints.find(one)).toEqual({ ...changed, version: 3 });
  });

  it('that were removed are changed no more', async () => {
    const one = anEndpoint({ endpointId: 'removing' });
    await endpoints.create(one);
    expect(await endpoints.change({ ...one, status: 'removed', version: 2 }, 1)).toBe(true);
    expect(await endpoints.change({ ...one, version: 3 }, 2)).toBe(false);
    expect(await endpoints.find(one)).toMatchObject({ status: 'removed' });
  });

  it('are paused once, and only while the same failure lasts', async () => {
    const one = anEndpoint({ endpointId: 'failing' });
    await endpoints.create(one);
    await endpoints.noteFailure(one, at(1), undefined);
    const pause = { at: at(99), failingSince: at(1), host: 'hook.example.com' };
    expect(await endpoints.pause(one, { ...pause, failingSince: at(2) })).toBe(false);
    const both = await Promise.all([endpoints.pause(one, pause), endpoints.pause(one, pause)]);
    expect(both.toSorted()).toEqual([false, true]);
    expect(await endpoints.find(one)).toMatchObject({
      status: 'paused',
      version: 2,
      failingSince: at(1),
      changedAt: at(99),
    });
    expect(await endpoints.pause(one, pause)).toBe(false);
    expect(await endpoints.disableGone(one, { at: at(100), host: 'hook.example.com' })).toBe(false);
    expect(await endpoints.find(one)).toMatchObject({ status: 'paused' });
  });

  it('that are gone are disabled', async () => {
    const one = anEndpoint({ endpointId: 'gone' });
    await endpoints.create(one);
    expect(await endpoints.disableGone(one, { at: at(100), host: 'hook.example.com' })).toBe(true);
    expect(await endpoints.disableGone(one, { at: at(101), host: 'hook.example.com' })).toBe(false);
    expect(await endpoints.find(one)).toMatchObject({ status: 'disabled', statusReason: 'gone', version: 2 });
  });
});

describe.each<[string, () => WebhookDeliveries]>([
  ['on the engine', () => makeWebhookDeliveries(table)],
  ['in memory', makeMemoryWebhookDeliveries],
])('webhook deliveries %s', (_name, make) => {
  let deliveries: WebhookDeliveries;
  beforeAll(() => {
    deliveries = make();
  });
  const first = (one: { deliveryId: string }) => aDelivery({ ...one, round: 1, roundAttempts: 0 });

  it('are opened once', async () => {
    expect(await deliveries.open(aDelivery())).toBe(true);
    expect(await deliveries.open(aDelivery({ body: '{}' }))).toBe(false);
    expect(await deliveries.find(aDelivery())).toEqual(aDelivery());
    expect(await deliveries.find(aDelivery({ deliveryId: 'none' }))).toBeUndefined();
  });

  it('let one caller alone make an attempt, and another when that one is lost', async () => {
    const one = aDelivery({ deliveryId: '2026-claimed' });
    await deliveries.open(one);
    const both = await Promise.all([deliveries.claim(one, at(0), at(45)), deliveries.claim(one, at(0), at(45))]);
    expect(both.toSorted()).toEqual([false, true]);
    expect(await deliveries.claim(one, at(45), at(90))).toBe(false);
    expect(await deliveries.claim(one, at(46), at(91))).toBe(true);
    expect(await deliveries.claim({ ...one, round: 2 }, at(200), at(300))).toBe(false);
  });

  it('keep each attempt once, and what follows from it', async () => {
    const one = aDelivery({ deliveryId: '2026-recorded' });
    await deliveries.open(one);
    const attempt = { at: at(0), durationMs: 12, statusCode: 500, responseStart: 'oops' };
    await deliveries.claim(one, at(0), at(45));
    const waiting = { attempt, state: 'pending', nextAttemptAt: at(5) } as const;
    expect(await deliveries.record(one, waiting)).toBe(true);
    expect(await deliveries.record(one, waiting)).toBe(false);
    const known = { ...one, roundAttempts: 1, attempts: [attempt], nextAttemptAt: at(5) };
    expect(await deliveries.find(one)).toEqual(known);
    const last = { at: at(5), durationMs: 3, error: 'the connection failed: ECONNRESET' };
    expect(await deliveries.claim(known, at(5), at(50))).toBe(true);
    expect(await deliveries.record(known, { attempt: last, state: 'failed' })).toBe(true);
    expect(await deliveries.find(one)).toEqual({
      ...one,
      state: 'failed',
      roundAttempts: 2,
      attempts: [attempt, last],
    });
    expect(await deliveries.claim({ ...known, roundAttempts: 2 }, at(60), at(90))).toBe(false);
  });

  it('are skipped while they wait, and begun anew once a round', async () => {
    const one = aDelivery({ deliveryId: '2026-skipped' });
    await deliveries.open(one);
    await deliveries.skip(one);
    expect(await deliveries.find(one)).toEqual({ ...one, state: 'skipped' });
    const both = await Promise.all([deliveries.restart(one, 1), deliveries.restart(one, 1)]);
    expect(both.filter((restarted) => restarted !== undefined)).toEqual([{ ...one, round: 2 }]);
    expect(await deliveries.claim(first(one), at(0), at(45))).toBe(false);
    expect(await deliveries.claim({ ...one, round: 2 }, at(0), at(45))).toBe(true);
    expect(await deliveries.restart({ ...one, deliveryId: 'none' }, 1)).toBeUndefined();
  });

  it('are listed newest first, in pages, by state', async () => {
    const endpointId = 'listed';
    for (const number of [1, 2, 3, 4]) {
      await deliveries.open(
        aDelivery({ endpointId, deliveryId: `2026-${number}`, state: number % 2 ? 'failed' : 'delivered' }),
      );
    }
    const of = { programId: 'acme', endpointId };
    const ids = (page: { items: readonly { deliveryId: string }[] }) => page.items.map(({ deliveryId }) => deliveryId);
    const page = await deliveries.list(of, { limit: 3 });
    expect(ids(page)).toEqual(['2026-4', '2026-3', '2026-2']);
    const rest = await deliveries.list(of, { limit: 3, cursor: page.nextCursor });
    expect([ids(rest), rest.nextCursor]).toEqual([['2026-1'], undefined]);
    expect(ids(await deliveries.list(of, { limit: 10, state: 'failed' }))).toEqual(['2026-3', '2026-1']);
  });
});

describe('what was stopped', () => {
  const one = anEndpoint({ programId: 'streamed', url: 'https://hook.example.com/in?token=secret' });
  const host = 'hook.example.com';

  async function told(): Promise<readonly (WebhookPause | undefined)[]> {
    const { Items = [] } = await table.documents.send(
      new QueryCommand({
        TableName: table.tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': webhookPausesPk('streamed', 'e1') },
      }),
    );
    return Items.map((item) => toldBy('INSERT', item));
  }

  function toldBy(eventName: 'INSERT' | 'MODIFY', item: Record<string, unknown>): WebhookPause | undefined {
    const image = marshall(item) as NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>;
    return webhookPauseOfRecord({ eventName, dynamodb: { Keys: { pk: image.pk!, sk: image.sk! }, NewImage: image } });
  }

  it('is told by the stream, with the host alone and why', async () => {
    const endpoints = makeWebhookEndpoints(table);
    await endpoints.create(one);
    await endpoints.noteFailure(one, at(1), undefined);
    await endpoints.pause(one, { at: at(99), failingSince: at(1), host });
    const paused = (await endpoints.find(one))!;
    await endpoints.change({ ...paused, status: 'enabled', version: 3 }, 2, true);
    await endpoints.disableGone(one, { at: at(200), host });
    const said = { type: 'webhook.paused', programId: 'streamed', endpointId: 'e1', host };
    expect((await told()).map((pause) => webhookPausedEvent(pause!))).toEqual([
      {
        ...said,
        eventId: `webhook-paused~streamed~e1~${at(99)}`,
        occurredAt: at(99),
        failingSince: at(1),
        why: 'failing',
      },
      {
        ...said,
        eventId: `webhook-paused~streamed~e1~${at(200)}`,
        occurredAt: at(200),
        failingSince: at(200),
        why: 'gone',
      },
    ]);
  });

  it('is told as failing where it was stored before the two were told apart, and by nothing but its arrival', () => {
    const item = {
      ...webhookPauseKey('streamed', 'e1', at(99)),
      ...{ programId: 'streamed', endpointId: 'e1', pausedAt: at(99), failingSince: at(1), host },
    };
    expect(toldBy('INSERT', item)).toMatchObject({ why: 'failing' });
    expect(toldBy('MODIFY', item)).toBeUndefined();
  });
});
