import { beforeAll, describe, expect, it } from 'vitest';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme, aSale } from '#test/support/programme';

let stack: SharedStack;
let programId: string;

beforeAll(async () => {
  stack = await sharedLocalStack();
  programId = await aProgramme(stack.as('admin'));
  await aPartner(stack.as('partner_manager'), programId, 'p1');
  await aSale(stack.as('merchant_key'), programId, 'known', 10_000, { partnerId: 'p1' });
});

type Problem = { status: number; code: string; detail: string; errors?: { pointer: string; rule: string }[] };

async function send(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ response: Response; problem: Problem }> {
  const response = await fetch(new URL(path, stack.endpoints.apiUrl), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${stack.endpoints.apiKeys.merchant}`,
      'content-type': 'application/json',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { response, problem: (await response.json()) as Problem };
}

const sale = (overrides: Record<string, unknown>): Record<string, unknown> => ({
  orderId: 'bad',
  customerId: 'c1',
  occurredAt: '2026-01-15T12:00:00Z',
  amount: { minor: 100, currency: 'GBP' },
  partnerId: 'p1',
  ...overrides,
});

describe('bad input', () => {
  it.each([
    ['a currency that does not exist', { amount: { minor: 100, currency: 'ZZZ' } }, '/amount/currency'],
    ['an amount beyond the safe range', { amount: { minor: 9_007_199_254_740_992, currency: 'GBP' } }, '/amount/minor'],
    ['an amount with a fraction', { amount: { minor: 1.5, currency: 'GBP' } }, '/amount/minor'],
    ['a negative amount', { amount: { minor: -1, currency: 'GBP' } }, '/amount/minor'],
    ['a time without a zone', { occurredAt: '2026-01-15T12:00:00' }, '/occurredAt'],
    ['a day that does not exist', { occurredAt: '2026-02-30T12:00:00Z' }, '/occurredAt'],
    ['an unknown field', { colour: 'red' }, '/colour'],
    ['a missing customer', { customerId: undefined }, '/customerId'],
    ['an unknown partner', { partnerId: 'nobody' }, '/partnerId'],
  ])('refuses %s and names the field', async (_what, overrides, pointer) => {
    const { response, problem } = await send(`/v1/programs/${programId}/conversions`, sale(overrides));
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(problem.errors?.map((error) => error.pointer)).toContain(pointer);
    await expectNothingStored('bad');
  });

  it('refuses an unknown programme with 404', async () => {
    const { response, problem } = await send('/v1/programs/nowhere/conversions', sale({}));
    expect(response.status).toBe(404);
    expect(problem.code).toBe('unknown_program');
  });

  it('refuses a refund above its order and leaves the order as it was', async () => {
    const { response, problem } = await send(`/v1/programs/${programId}/refunds`, {
      refundId: 'too-much',
      orderId: 'known',
      occurredAt: '2026-01-16T12:00:00Z',
      amountMinor: 10_001,
      kind: 'refund',
    });
    expect(response.status).toBe(422);
    expect(problem.code).toBe('refund_exceeds_sale');
    expect(problem.errors?.[0]?.pointer).toBe('/amountMinor');
    const order = await stack
      .as('merchant_key')
      .get<{ refundedMinor?: number; refunds?: unknown[] }>(`/v1/programs/${programId}/conversions/known`);
    expect(order.refunds ?? []).toEqual([]);
  });

  it('refuses a refund of an order it does not know', async () => {
    const { response, problem } = await send(`/v1/programs/${programId}/refunds`, {
      refundId: 'r1',
      orderId: 'never-sold',
      occurredAt: '2026-01-16T12:00:00Z',
      amountMinor: 1,
      kind: 'refund',
    });
    expect(response.status).toBe(422);
    expect(problem.errors?.[0]?.pointer).toBe('/orderId');
  });

  it('refuses a body of 300 kB', async () => {
    const { response, problem } = await send(
      `/v1/programs/${programId}/conversions`,
      sale({ customerId: 'x'.repeat(300_000) }),
    );
    expect(response.status).toBe(413);
    expect(problem.code).toBe('body_too_large');
    await expectNothingStored('bad');
  });

  it('refuses a body that is not JSON', async () => {
    const { response, problem } = await send(`/v1/programs/${programId}/conversions`, '{"orderId":');
    expect(response.status).toBe(422);
    expect(problem.code).toBe('invalid_request');
  });

  it('answers 401 as a problem document without a token and with a wrong one', async () => {
    for (const authorization of ['', 'Bearer tsk_wrong', 'Bearer a.b.c']) {
      const { response, problem } = await send(`/v1/programs/${programId}/conversions`, sale({}), { authorization });
      expect(response.status).toBe(401);
      expect(problem.code).toBe('unauthenticated');
    }
  });

  it('answers 404 as a problem document at an unknown address', async () => {
    const { response, problem } = await send('/v1/nothing-here', {});
    expect(response.status).toBe(404);
    expect(problem.code).toBe('not_found');
  });

  it('answers item by item in a batch, the good ones stored and the bad ones named', async () => {
    const { response, problem } = await send(`/v1/programs/${programId}/conversions/batch`, {
      items: [
        sale({ orderId: 'good-1' }),
        sale({ orderId: 'bad-2', occurredAt: 'yesterday' }),
        sale({ orderId: 'good-3' }),
      ],
    });
    const { items } = problem as unknown as { items: { status: number; problem?: Problem }[] };
    expect(response.status).toBe(200);
    expect(items.map((item) => item.status)).toEqual([201, 422, 201]);
    expect(items[1]?.problem?.errors?.[0]?.pointer).toContain('occurredAt');
    await expectNothingStored('bad-2');
  });
});

async function expectNothingStored(orderId: string): Promise<void> {
  const response = await fetch(new URL(`/v1/programs/${programId}/conversions/${orderId}`, stack.endpoints.apiUrl), {
    headers: { authorization: `Bearer ${stack.endpoints.apiKeys.merchant}` },
  });
  expect(response.status).toBe(404);
}
