import { beforeAll, expect, it } from 'vitest';
import { eventually } from '#test/support/eventually';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme, aSale } from '#test/support/programme';

const MAY = '2026-05-01T00:00:00Z';
const PAST = '2020-01-01T00:00:00Z';
const FUTURE = '2099-01-01T00:00:00Z';
const TEN_PERCENT = { discount: { kind: 'percent', rateBps: 1_000 }, currency: 'EUR', minimumSpendMinor: 2_000 };

type Body = Record<string, unknown> & { code: string; redemptionId: string; items: Record<string, unknown>[] };
type Answer = { readonly status: number; readonly headers: Headers; readonly text: string; readonly body: Body };

let stack: SharedStack;
let path: string;
let token: string;

beforeAll(async () => {
  stack = await sharedLocalStack();
  const programId = await aProgramme(stack.as('admin'));
  await aPartner(stack.as('partner_manager'), programId, 'mira');
  path = `/v1/programs/${programId}`;
  token = stack.endpoints.apiKeys.merchant;
});

async function call(method: string, to: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(new URL(to, stack.endpoints.apiUrl), {
    method,
    headers: {
      ...(to.startsWith('/c/') ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, text, body: isJson && text ? JSON.parse(text) : {} };
}
const post = (to: string, body?: unknown, headers?: Record<string, string>) =>
  call('POST', `${path}${to}`, body, headers);
const create = (code: Record<string, unknown>) => post('/codes', { partnerId: 'mira', ...code });
const redeem = (code: string, customerId: string, rest: Record<string, unknown> = {}) =>
  post('/redemptions', { code, customerId, ...rest });

it('a code goes from its offer to an order, and is counted', async () => {
  const made = await create({ ...TEN_PERCENT, maxRedemptions: 2, newCustomersOnly: true });
  expect(made.status).toBe(201);
  const { code } = made.body;
  expect(code).toMatch(/^(-?[0-9A-HJKMNP-TV-Z]{4}){4}$/);
  const low = await redeem(code, 'c1', { spend: { minor: 1_999, currency: 'EUR' } });
  expect([low.status, low.body.code]).toEqual([422, 'code_conditions_not_met']);
  const spend = { minor: 2_345, currency: 'EUR' };
  const reserved = await redeem(code.toLowerCase().replaceAll('-', ''), 'c1', { spend });
  expect(reserved.body).toMatchObject({
    status: 'reserved',
    ...TEN_PERCENT,
    amountOff: { minor: 234, currency: 'EUR' },
  });
  const confirm = `/redemptions/${reserved.body.redemptionId}/confirm`;
  expect((await post(confirm)).body).toMatchObject({ status: 'confirmed' });
  expect((await post(confirm, { orderId: 'o-9' })).body).toMatchObject({ status: 'confirmed', orderId: 'o-9' });
  expect((await post(confirm, { orderId: 'o-8' })).status).toBe(409);
  await aSale(stack.as('merchant_key'), path.split('/')[3] as string, 'o1', 500, {
    customerId: 'known',
    occurredAt: MAY,
  });
  const known = await redeem(code, 'known', { spend, isNewCustomer: true });
  expect(known.body).toMatchObject({ code: 'code_conditions_not_met', errors: [{ pointer: '/isNewCustomer' }] });
  const disabled = await call('PATCH', `${path}/codes/${code}`, { disabled: true, maxRedemptions: 1 });
  expect(disabled.body).toMatchObject({ disabled: true, redemptions: { taken: 1, available: 0, overLimit: 0 } });
  await eventually(async () => {
    const { body } = await call('GET', `${path}/codes/${code}`);
    expect(body).toMatchObject({
      redemptions: { confirmed: 1, taken: 1 },
      changes: [{ by: expect.stringMatching(/^key:/), before: { maxRedemptions: 2 }, after: { maxRedemptions: 1 } }],
    });
  });
});

it('codes that cannot be redeemed answer alike to the byte, over redemptions and on their page', async () => {
  const { body } = await create({});
  const mistyped = `${body.code.slice(0, -1)}${body.code.endsWith('0') ? '1' : '0'}`;
  await create({ code: 'ENDED', expiresAt: PAST });
  await create({ code: 'SOON-ER', validFrom: FUTURE });
  await create({ code: 'STOPPED' });
  await call('PATCH', `${path}/codes/stopped`, { disabled: true });
  await create({ code: 'GONE', maxRedemptions: 1, ...TEN_PERCENT });
  await redeem('GONE', 'first', { spend: { minor: 2_000, currency: 'EUR' } });
  const all = ['UNKNOWN', mistyped, 'ENDED', 'SOONER', 'STOPPED', 'GONE'];
  const seen = async (ask: (code: string) => Promise<Answer>) =>
    Promise.all(
      all.map(async (code) => {
        const { status, headers, text } = await ask(code);
        const shown = [...headers].filter(([name]) => !['date', 'x-request-id', 'apigw-requestid'].includes(name));
        return JSON.stringify({ status, shown, length: Buffer.byteLength(text), text });
      }),
    );
  const refused = new Set(await seen((code) => redeem(code, 'c2')));
  expect(refused.size).toBe(1);
  expect([...refused][0]).toContain('code_not_redeemable');
  const pages = new Set(await seen((code) => call('GET', `/c/${code}`)));
  expect(pages.size).toBe(1);
  expect([...pages][0]).toContain('"status":404');
  expect((await call('GET', `/c/${body.code}`)).status).toBe(200);
});

it('codes are made in bulk, once however often the request is sent, as JSON and CSV', async () => {
  const wanted = {
    partnerId: 'mira',
    count: 120,
    codes: ['BULK-ONE', 'ended'],
    discount: { kind: 'percent', rateBps: 500 },
  };
  const key = { 'idempotency-key': 'bulk-1' };
  const first = await post('/codes/batch', wanted, key);
  expect(first.body.items.map(({ status }) => status)).toEqual([201, 409, ...Array.from({ length: 120 }, () => 201)]);
  expect((await post('/codes/batch', wanted, key)).text).toBe(first.text);
  const csv = await post('/codes/batch', { ...wanted, format: 'csv' }, { 'idempotency-key': 'bulk-2' });
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(csv.text.trim().split('\r\n')).toHaveLength(123);
  expect((await post('/codes/batch', { ...wanted, format: 'csv' }, { 'idempotency-key': 'bulk-2' })).text).toBe(
    csv.text.replaceAll('\r\n201,', '\r\n200,'),
  );
  expect((await post('/codes/batch', { partnerId: 'mira', count: 501 })).status).toBe(422);
  const value = { discount: { kind: 'fixed', amountMinor: 500 }, currency: 'EUR' };
  expect((await create({ code: 'FREE-MONEY', ...value })).body).toMatchObject({
    errors: [{ pointer: '/maxRedemptions' }],
  });
  const { items } = (await call('GET', `${path}/codes?partnerId=mira&limit=200`)).body;
  expect(items).toHaveLength(200);
  expect(items.every(({ redemptions }) => redemptions !== undefined)).toBe(true);
});
