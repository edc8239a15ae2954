import { decode } from 'fast-png';
import jsqr from 'jsqr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#test/support/eventually';
import { type LocalStack, startLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme } from '#test/support/programme';

type LinkAnswer = { slug: string; url: string; status: string; destination: string; destinationAllowed?: boolean };
type BatchAnswer = {
  items: readonly { status: number; link?: LinkAnswer; problem?: { code: string; errors: unknown[] } }[];
};

const read = jsqr as unknown as typeof jsqr.default;

let stack: LocalStack;
let programId: string;
let links: string;

beforeAll(async () => {
  stack = await startLocalStack();
  programId = await aProgramme(stack.as('admin'), {
    tracking: {
      destinationHosts: ['shop.example', '*.brand.example'],
      utm: { source: 'tallystick', campaign: '{campaign}', content: '{partnerId}-{sub1}' },
    },
  });
  const email = stack.endpoints.people.find(({ role }) => role === 'partner')?.email;
  await aPartner(stack.as('partner_manager'), programId, 'mira', { email });
  await aPartner(stack.as('partner_manager'), programId, 'noor');
  links = `/v1/programs/${programId}/links`;
});
afterAll(() => stack?.stop());

const follow = (path: string): Promise<Response> =>
  fetch(new URL(path, stack.endpoints.apiUrl), { redirect: 'manual', headers: { 'user-agent': 'Mozilla/5.0' } });

async function change<T>(role: 'admin' | 'partner_manager' | 'partner', path: string, body: unknown): Promise<T> {
  const token = stack.endpoints.people.find((person) => person.role === role)?.token ?? '';
  const response = await fetch(new URL(path, stack.endpoints.apiUrl), {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as T & { code?: string };
  if (!response.ok) throw Object.assign(new Error(`PATCH ${path}: ${response.status}`), { code: answer.code });
  return answer;
}

describe('links over HTTP', () => {
  it('carry UTM parameters, are paused within a moment and resumed, and say who did it', async () => {
    const manager = stack.as('partner_manager');
    const link = await manager.post<LinkAnswer>(links, {
      partnerId: 'mira',
      slug: 'Modern-Sale',
      destination: 'https://shop.example./welcome#top',
      campaign: 'May & June',
    });
    expect(link).toMatchObject({
      slug: 'modern-sale',
      status: 'active',
      destination: 'https://shop.example/welcome#top',
    });
    const followed = await follow('/r/modern-sale?sub1=a%26b');
    expect(followed.headers.get('location')).toMatch(
      /^https:\/\/shop\.example\/welcome\?sub1=a%26b&utm_source=tallystick&utm_campaign=May%20%26%20June&utm_content=mira-a%26b&ts_click=[\w.-]+#top$/,
    );
    expect(await change('partner_manager', `${links}/modern-sale`, { status: 'paused' })).toMatchObject({
      status: 'paused',
    });
    await eventually(async () => {
      const answer = await follow('/r/modern-sale');
      expect([answer.status, answer.headers.get('location'), answer.headers.get('cache-control')]).toEqual([
        410,
        null,
        'private, no-store',
      ]);
      expect(await answer.text()).toContain('no longer in use');
    });
    const ended = await change('partner_manager', `${links}/modern-sale`, {
      status: 'active',
      expiresAt: '2026-01-01T00:00:00Z',
    });
    expect(ended).toMatchObject({ status: 'expired' });
    expect(await change('partner_manager', `${links}/modern-sale`, { expiresAt: null })).toMatchObject({
      status: 'active',
    });
    await eventually(async () => expect((await follow('/r/modern-sale')).status).toBe(302));
    const seen = await manager.get<{ version: number; changes: { by: string }[] }>(`${links}/modern-sale`);
    expect(seen.version).toBe(3);
    expect(seen.changes.map(({ by }) => by.startsWith('person:'))).toEqual([true, true, true]);
  });

  it('are made a hundred at a time, each with its own answer', async () => {
    const item = { partnerId: 'noor', destination: 'https://a.brand.example/' };
    const send = () =>
      stack.as('merchant_key').post<BatchAnswer>(
        `${links}/batch`,
        {
          items: [
            { ...item, slug: 'brand-one' },
            { ...item, slug: 'rnodern--sa1e' },
            { ...item, slug: 'adrnin' },
            { ...item, destination: 'https://brand.example.evil.example/' },
            { ...item, utm: { source: '{email}' } },
            item,
            { ...item, partnerId: 'nobody' },
          ],
        },
        { idempotencyKey: `links-of-${programId}` },
      );
    const { items } = await send();
    expect(items.map(({ status, problem }) => problem?.code ?? status)).toEqual([
      201,
      'slug_looks_alike',
      'slug_reserved',
      'destination_not_allowed',
      'invalid_request',
      201,
      'unknown_partner',
    ]);
    expect(items[1]?.problem?.errors).toMatchObject([{ pointer: '/items/1/slug' }]);
    expect(await send()).toEqual({ items });
  });

  it('are drawn as QR codes that lead to them', async () => {
    const { url } = await stack.as('merchant_key').get<LinkAnswer>(`${links}/modern-sale`);
    const token = stack.endpoints.apiKeys.merchant;
    const picture = async (path: string) =>
      fetch(new URL(path, stack.endpoints.apiUrl), { headers: { authorization: `Bearer ${token}` } });
    const png = await picture(`${links}/modern-sale/qr?format=png&size=300&errorCorrection=Q`);
    expect(png.headers.get('content-type')).toBe('image/png');
    expect(scanned(new Uint8Array(await png.arrayBuffer()))).toBe(url);
    const svg = await picture(`${links}/modern-sale/qr`);
    expect([svg.headers.get('content-type'), (await svg.text()).slice(0, 4)]).toEqual(['image/svg+xml', '<svg']);
    const { code, url: page } = await stack
      .as('partner_manager')
      .post<{ code: string; url: string }>(`/v1/programs/${programId}/codes`, { partnerId: 'mira' });
    const ofCode = await picture(`/v1/programs/${programId}/codes/${code}/qr?format=png`);
    expect(scanned(new Uint8Array(await ofCode.arrayBuffer()))).toBe(page);
    expect((await picture(`${links}/no-such-link/qr`)).status).toBe(404);
    expect((await picture(`${links}/modern-sale/qr?size=9999`)).status).toBe(422);
  });

  it("are a partner's own to make and to pause, and nobody else's", async () => {
    const partner = stack.as('partner');
    const own = await partner.post<LinkAnswer>(links, { partnerId: 'mira', destination: 'https://shop.example/blog' });
    expect(own.status).toBe('active');
    await expect(
      partner.post(links, { partnerId: 'noor', destination: 'https://shop.example/' }),
    ).rejects.toMatchObject({ code: 'unknown_partner' });
    await expect(
      partner.post(links, { partnerId: 'mira', destination: 'https://evil.example/' }),
    ).rejects.toMatchObject({ code: 'destination_not_allowed' });
    await expect(partner.get(`${links}/brand-one`)).rejects.toMatchObject({ status: 404 });
    await expect(change('partner', `${links}/brand-one`, { status: 'paused' })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await change('partner', `${links}/${own.slug}`, { status: 'paused' })).toMatchObject({ status: 'paused' });
    await change('partner_manager', `${links}/${own.slug}`, { status: 'paused' });
    await expect(change('partner', `${links}/${own.slug}`, { status: 'active' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('stop when their host is taken off the list', async () => {
    await change('admin', `/v1/programs/${programId}/settings`, {
      tracking: { destinationHosts: ['shop.example'], utm: { source: 'renamed' } },
    });
    await eventually(async () => expect((await follow('/r/brand-one')).status).toBe(410));
    const { items } = await stack.as('partner_manager').get<{ items: LinkAnswer[] }>(`${links}?partnerId=noor`);
    expect(items.map(({ status, destinationAllowed }) => [status, destinationAllowed])).toEqual([
      ['paused', false],
      ['paused', false],
    ]);
    await expect(change('partner_manager', `${links}/brand-one`, { status: 'active' })).rejects.toMatchObject({
      code: 'destination_not_allowed',
    });
    await eventually(async () => {
      expect((await follow('/r/modern-sale')).headers.get('location')).toContain('utm_source=renamed&ts_click=');
    });
  });
});

/** What a camera reads in a PNG of one bit a pixel. */
function scanned(bytes: Uint8Array): string | undefined {
  const { width, height, data } = decode(bytes);
  const rowBytes = Math.ceil(width / 8);
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at += 1) {
    const [x, y] = [at % width, Math.floor(at / width)];
    if (((data[y * rowBytes + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) === 0) pixels.fill(0, at * 4, at * 4 + 3);
  }
  return read(pixels, width, height)?.data;
}
