import { describe, expect, it } from 'vitest';
import { makeJudgeTarget } from '#shared/adapters/webhooks/judge-target';
import { askForKinds } from '#shared/application/notifications/webhooks/ask-for-kinds';
import {
  makeChangeWebhookEndpoint,
  makeCreateWebhookEndpoint,
  makeListWebhookEndpoints,
  makeRotateWebhookSecret,
} from '#shared/application/notifications/webhooks/webhook-endpoints';
import { anEndpoint, WEBHOOK_START_MS } from '#test/support/builders/webhooks';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';
import { makeMemoryWebhookEndpoints } from '#test/support/fakes/webhooks';

const OF = { programId: 'acme', endpointId: 'e1' };
const BY = { by: 'person:anna' };
const URL = 'https://hook.example.com/in';

function aHouse() {
  const endpoints = makeMemoryWebhookEndpoints();
  const asked: string[] = [];
  let made = 0;
  const deps = {
    endpoints,
    secrets: {
      make: async () => {
        made += 1;
        return { secret: `whsec_${made}`, sealed: { ...anEndpoint().secrets[0]!, box: `box-${made}` } };
      },
    },
    programs: makeFakePrograms(aProgram({ programId: 'acme' })),
    judge: makeJudgeTarget({ trialOrigin: '' }),
    askFor: askForKinds({
      add: async (programId, kind) => {
        asked.push(`${programId} ${kind}`);
      },
    }),
    clock: () => WEBHOOK_START_MS,
  };
  return {
    endpoints,
    asked,
    create: makeCreateWebhookEndpoint(deps),
    change: makeChangeWebhookEndpoint(deps),
    rotate: makeRotateWebhookSecret(deps),
    list: makeListWebhookEndpoints(deps),
  };
}

describe('a webhook endpoint', () => {
  it('is made with a secret that is shown once; a repeat makes none', async () => {
    const house = aHouse();
    const { secret, endpoint } = await house.create({ ...OF, ...BY, url: 'https://HOOK.example.com:443/in' });
    expect([secret, endpoint.url, endpoint.status]).toEqual(['whsec_1', URL, 'enabled']);
    await expect(house.create({ ...OF, ...BY, url: URL })).rejects.toMatchObject({
      code: 'already_exists',
      extra: { endpointId: 'e1' },
    });
    expect((await house.list('acme')).map(({ secrets }) => secrets.map(({ box }) => box))).toEqual([['box-1']]);
  });

  it('is refused for an address inside, naming the field and the rule, and in a programme that is none', async () => {
    const house = aHouse();
    await expect(house.create({ ...OF, ...BY, url: 'https://169.254.169.254/' })).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '/url', rule: 'must name a host, not an address' }],
    });
    await expect(house.create({ ...OF, ...BY, programId: 'none', url: URL })).rejects.toMatchObject({
      code: 'unknown_program',
    });
    await house.create({ ...OF, ...BY, url: URL });
    await expect(house.change({ ...OF, ...BY, url: 'http://hook.example.com/' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('asks for sales one by one only where it wants them', async () => {
    const house = aHouse();
    await house.create({ ...OF, ...BY, url: URL, events: ['payout.paid'] });
    expect(house.asked).toEqual([]);
    await house.change({ ...OF, ...BY, events: ['payout.paid', 'conversion.recorded'] });
    await house.change({ ...OF, ...BY, events: null });
    await house.create({ ...OF, ...BY, endpointId: 'e2', url: URL });
    expect(house.asked).toEqual(Array.from({ length: 3 }, () => 'acme conversion.recorded'));
  });

  it('changes what is named and leaves the rest; removed is for ever', async () => {
    const house = aHouse();
    await house.create({ ...OF, ...BY, url: URL, description: 'Shop', events: ['payout.paid'] });
    expect(await house.change({ ...OF, by: 'person:bo', status: 'disabled' })).toMatchObject({
      url: URL,
      description: 'Shop',
      events: ['payout.paid'],
      status: 'disabled',
      changedBy: 'person:bo',
      version: 2,
    });
    const plain = await house.change({ ...OF, ...BY, description: null, events: null });
    expect(plain).not.toHaveProperty('description');
    expect(plain).not.toHaveProperty('events');
    expect(await house.change({ ...OF, ...BY, status: 'removed' })).toMatchObject({ status: 'removed' });
    expect(await house.list('acme')).toEqual([]);
    for (const again of [
      house.change({ ...OF, ...BY, status: 'enabled' }),
      house.rotate({ ...OF, ...BY, keepOldHours: 24 }),
    ]) {
      await expect(again).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  it('forgets its failures when it is enabled or moved, and not by another change', async () => {
    const house = aHouse();
    await house.create({ ...OF, ...BY, url: URL });
    const { createdAt } = anEndpoint();
    await house.endpoints.noteFailure(OF, createdAt, undefined);
    expect(await house.change({ ...OF, ...BY, description: 'x' })).toMatchObject({ failures: 1 });
    expect(await house.change({ ...OF, ...BY, url: `${URL}/2` })).not.toHaveProperty('failures');
    await house.endpoints.noteFailure(OF, createdAt, undefined);
    expect(await house.change({ ...OF, ...BY, status: 'enabled' })).not.toHaveProperty('failures');
    expect(await house.endpoints.find(OF)).not.toHaveProperty('failures');
  });

  it('gets new secrets beside the old ones, up to a number', async () => {
    const house = aHouse();
    await house.create({ ...OF, ...BY, url: URL });
    for (let count = 2; count <= 5; count += 1) await house.rotate({ ...OF, ...BY, keepOldHours: 24 });
    await expect(house.rotate({ ...OF, ...BY, keepOldHours: 24 })).rejects.toMatchObject({ code: 'too_many_requests' });
    const { secret, endpoint } = await house.rotate({ ...OF, ...BY, keepOldHours: 0 });
    expect([secret, endpoint.secrets.map(({ box }) => box)]).toEqual(['whsec_7', ['box-7']]);
  });

  it('is one of at most twenty', async () => {
    const house = aHouse();
    for (let count = 1; count <= 20; count += 1)
      await house.create({ ...OF, ...BY, endpointId: `e${count}`, url: URL });
    await expect(house.create({ ...OF, ...BY, endpointId: 'e21', url: URL })).rejects.toMatchObject({
      code: 'too_many_webhook_endpoints',
    });
    await house.change({ ...OF, ...BY, status: 'removed' });
    await house.create({ ...OF, ...BY, endpointId: 'e21', url: URL });
  });
});
