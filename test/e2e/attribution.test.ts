import { beforeAll, describe, expect, it } from 'vitest';
import { ApiProblem } from '#infra/api-client';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme } from '#test/support/programme';

type Sale = {
  orderId: string;
  partnerId: string | null;
  period: string;
  outcome: string;
  earnsNothing?: string;
  attribution: { why: string; touches: { kind: string; outcome: string }[]; rules: object; settingsVersion: number };
  influence: { partnerId: string; amountMinor: number }[];
};
type CustomerPartner = { partnerId: string | null; orderId?: string; changes: { by: string; reason: string }[] };
type Row = { partnerId: string | null; influenceMinor: number; attributedMinor: number; touchedSales: number };

let stack: SharedStack;
let path: string;

beforeAll(async () => {
  stack = await sharedLocalStack();
  const attribution = { bindCustomers: 'first_sale', newCustomersOnly: true };
  const programId = await aProgramme(stack.as('admin'), { attribution });
  path = `/v1/programs/${programId}`;
  for (const partnerId of ['mira', 'noor']) {
    await aPartner(stack.as('partner_manager'), programId, partnerId);
    const link = { partnerId, slug: `go-${partnerId}`, destination: 'https://shop.example/' };
    await stack.as('partner_manager').post(`${path}/links`, link);
  }
});

/** What the landing page receives. */
async function clickOn(partnerId: string): Promise<string> {
  const link = new URL(`/r/go-${partnerId}`, stack.endpoints.apiUrl);
  const { headers } = await fetch(link, { redirect: 'manual', headers: { 'user-agent': 'Mozilla/5.0' } });
  return new URL(headers.get('location') ?? '').searchParams.get('ts_click') ?? '';
}

const sell = (orderId: string, customerId: string, more: object = {}): Promise<Sale> =>
  stack.as('merchant_key').post(`${path}/conversions`, {
    orderId,
    customerId,
    occurredAt: new Date().toISOString(),
    amount: { minor: 10_01, currency: 'GBP' },
    ...more,
  });
const read = (orderId: string): Promise<Sale> => stack.as('finance').get(`${path}/conversions/${orderId}`);
const partnerOf = (customerId: string): Promise<CustomerPartner> =>
  stack.as('merchant_key').get(`${path}/customers/${customerId}/partner`);

describe('who gets a sale, over HTTP', () => {
  it('weighs the click of the sign-up beside those of the sale, and binds the customer', async () => {
    const first = await clickOn('mira');
    const remembered = await stack
      .as('merchant_key')
      .post<{ touches: object[] }>(`${path}/customers/ada/touches`, { clickTokens: [first, 'forged'] });
    expect(remembered.touches).toMatchObject([{ outcome: 'remembered' }, { rejected: 'token_not_genuine' }]);
    await sell('o1', 'ada', { clickTokens: [await clickOn('noor'), first] });
    expect(await read('o1')).toMatchObject({
      partnerId: 'noor',
      attribution: {
        why: 'last_touch',
        rules: { model: 'last_touch', bindCustomers: 'first_sale' },
        settingsVersion: 0,
      },
      influence: [
        { partnerId: 'mira', amountMinor: 500 },
        { partnerId: 'noor', amountMinor: 501 },
      ],
    });
    expect(await partnerOf('ada')).toMatchObject({ partnerId: 'noor', orderId: 'o1', changes: [] });
    expect(await sell('o2', 'ada')).toMatchObject({ partnerId: 'noor', outcome: 'attributed' });
  });

  it('pays no other partner for a customer who bought before, and says why in words', async () => {
    const other = await sell('o3', 'ada', { partnerId: 'mira' });
    expect(other).toMatchObject({ partnerId: 'mira', outcome: 'earns_nothing', earnsNothing: 'existing_customer' });
    const told = await stack.as('finance').get<{ summary: string }>(`${path}/conversions/o3/explanation`);
    expect(told.summary).toContain('only new customers pay');
  });

  it('gives a customer to a partner by hand, from then on, with the reason', async () => {
    const bind = (who: 'partner_manager' | 'merchant_key', partnerId: string | null): Promise<CustomerPartner> =>
      stack.as(who).put(`${path}/customers/ada/partner`, { partnerId, reason: 'They met at the fair' });
    await expect(bind('merchant_key', 'mira')).rejects.toThrow(ApiProblem);
    await expect(bind('partner_manager', 'nobody')).rejects.toMatchObject({ status: 422, code: 'unknown_partner' });
    expect(await bind('partner_manager', 'mira')).toMatchObject({ partnerId: 'mira' });
    expect((await sell('o4', 'ada')).partnerId).toBe('mira');
    expect((await read('o2')).partnerId).toBe('noor');
    const { changes } = await partnerOf('ada');
    expect(changes).toMatchObject([{ number: 2, before: 'noor', after: 'mira', reason: 'They met at the fair' }]);
  });

  it('decides nothing anew when settings change', async () => {
    const before = await read('o1');
    const manager = stack.endpoints.people.find(({ role }) => role === 'partner_manager');
    const response = await fetch(new URL(`${path}/settings`, stack.endpoints.apiUrl), {
      method: 'PATCH',
      headers: { authorization: `Bearer ${manager?.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ attribution: { model: 'first_touch', bindingMonths: 6, bindingBeatsTouches: false } }),
    });
    expect(response.status).toBe(200);
    expect(await read('o1')).toEqual(before);
  });

  it('reports whose clicks the sales of the month came by, beside whose they are', async () => {
    const { period } = await read('o1');
    const report = await stack
      .as('finance')
      .get<{ neverPaid: boolean; items: Row[] }>(`${path}/influence?period=${period}`);
    const sum = (of: (row: Row) => number): number => report.items.reduce((total, row) => total + of(row), 0);
    expect(report.neverPaid).toBe(true);
    expect(sum(({ influenceMinor }) => influenceMinor)).toBe(4 * 10_01);
    expect(sum(({ attributedMinor }) => attributedMinor)).toBe(4 * 10_01);
    await expect(stack.as('merchant_key').get(`${path}/influence?period=${period}`)).rejects.toMatchObject({
      status: 403,
    });
  });
});
