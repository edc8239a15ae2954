import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#test/support/eventually';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme } from '#test/support/programme';

type Received = { readonly headers: IncomingHttpHeaders; readonly body: string };
type Delivery = {
  deliveryId: string;
  webhookId: string;
  type: string;
  status: string;
  attempts: { statusCode?: number }[];
};

let stack: SharedStack;
let path: string;
let receiver: Server;
let status = 200;
const received: Received[] = [];

beforeAll(async () => {
  stack = await sharedLocalStack();
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.writeHead(status).end(status === 200 ? '' : 'not today');
    });
  });
  await new Promise<void>((done) => receiver.listen(stack.webhookPort, '127.0.0.1', done));
  const programId = await aProgramme(stack.as('admin'));
  path = `/v1/programs/${programId}`;
  await aPartner(stack.as('partner_manager'), programId, 'p1');
});
afterAll(() => receiver?.close());

const verified = (secret: string, { headers, body }: Received) =>
  new Webhook(secret).verify(body, headers as Record<string, string>) as {
    type: string;
    data: Record<string, unknown>;
  };

describe('webhooks', () => {
  it('tell an endpoint of what happened, once and signed, try again, and show what they did', async () => {
    const admin = stack.as('admin');
    const endpoints = `${path}/webhook-endpoints`;
    const url = `http://127.0.0.1:${stack.webhookPort}/in`;
    await expect(admin.post(endpoints, { url: 'https://169.254.169.254/' })).rejects.toMatchObject({ status: 422 });
    await expect(stack.as('admin_key').post(endpoints, { url })).rejects.toMatchObject({ code: 'person_required' });
    const made = await admin.post<{ endpointId: string; secret: string }>(endpoints, {
      url,
      events: ['tier.promoted', 'tier.changed'],
    });
    const one = `${endpoints}/${made.endpointId}`;
    expect(await admin.post<Delivery>(`${one}/test`, {})).toMatchObject({ type: 'webhook.test', status: 'delivered' });
    expect(verified(made.secret, received[0]!)).toMatchObject({
      type: 'webhook.test',
      data: { endpointId: made.endpointId },
    });

    status = 503;
    const tier = { tier: 'certified', from: new Date().toISOString(), reason: 'Passed the training' };
    await stack.as('partner_manager').post(`${path}/partners/p1/tiers`, tier);
    const log = () => stack.as('admin_key').list<Delivery>(`${one}/deliveries`);
    const [failed] = await eventually(async () => {
      const deliveries = (await log()).filter(({ type }) => type !== 'webhook.test');
      expect(deliveries).toMatchObject([
        { status: 'pending', attempts: [{ statusCode: 503, responseStart: 'not today' }] },
      ]);
      return deliveries as [Delivery];
    });
    status = 200;
    // The second attempt comes by itself, after a minute for a server that is overloaded: nobody waits for it here.
    const rotated = await admin.post<{ secret: string }>(`${one}/secrets`, {});
    const again = await stack.as('admin_key').post<Delivery>(`${one}/deliveries/${failed.deliveryId}/redeliver`, {});
    expect(again).toMatchObject({ status: 'delivered', attempts: [{ statusCode: 503 }, { statusCode: 200 }] });
    const [, first, second, ...more] = received as [Received, Received, Received];
    expect(more).toEqual([]);
    expect(first.headers['webhook-id']).toBe(failed.webhookId);
    expect(second.headers['webhook-id']).toBe(failed.webhookId);
    for (const secret of [made.secret, rotated.secret]) {
      expect(verified(secret, second)).toMatchObject({ type: failed.type, data: { partnerId: 'p1', to: 'certified' } });
    }
    expect(JSON.stringify(received)).not.toContain('Passed the training');
    const listed = await admin.get<{ items: object[] }>(endpoints);
    expect(listed.items).toMatchObject([{ status: 'enabled', secrets: [{}, { expiresAt: expect.any(String) }] }]);
    expect(JSON.stringify(listed)).not.toMatch(/whsec|box/);
  });
});
