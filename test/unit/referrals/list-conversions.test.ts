import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { documents } from '#functions/runtime/dynamodb';
import { conversionItem } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import { type ListConversionsInput, makeListConversions } from '#shared/application/referrals/sales/list-conversions';
import type { Period } from '#shared/domain/time/instant';
import { aConversion, FEBRUARY, JANUARY } from '#test/support/builders/referrals';
import { aProgramme } from '#test/support/builders/runs';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';
import { makeFakeReferrals } from '#test/support/fakes/referrals';

const aHouse = async (given: { readonly now?: string; readonly program?: Parameters<typeof aProgram>[0] } = {}) => {
  const { conversions, sales } = makeFakeReferrals();
  for (const sale of [
    aConversion({ orderId: 'mine' }),
    aConversion({ orderId: 'hers', partnerId: 'noor' }),
    aConversion({ orderId: 'february', period: FEBRUARY }),
    aConversion({ orderId: 'nobody', partnerId: undefined }),
  ]) {
    await conversions.add(sale, {});
  }
  const list = makeListConversions({
    sales,
    programs: makeFakePrograms(aProgram(given.program)),
    clock: () => Date.parse(given.now ?? '2026-01-20T00:00:00Z'),
  });
  return async (input: Partial<ListConversionsInput>) => {
    const { items, period } = await list({ programId: 'shop', limit: 9, ...input });
    return [period, ...items.map(({ conversion }) => conversion.orderId)];
  };
};

describe('the sales of a month', () => {
  it('are those of the partner that is named, or of nobody', async () => {
    const list = await aHouse();
    expect(await list({ partnerId: 'mira' })).toEqual([JANUARY, 'mine']);
    expect(await list({ unattributed: true })).toEqual([JANUARY, 'nobody']);
    expect(await list({ partnerId: 'mira', period: FEBRUARY })).toEqual([FEBRUARY, 'february']);
  });

  it.each([
    ['the month of today', '2026-01-31T23:59:59Z', {}, JANUARY],
    ['with a hold the month that pays what is sold today', '2026-01-31T00:00:00Z', { holdDays: 14 }, FEBRUARY],
    ['the first open one where today is closed', '2026-01-31T00:00:00Z', { closedThrough: FEBRUARY }, '2026-03'],
  ])('are without a month those of the newest: %s', async (_name, now, program, period) => {
    const list = await aHouse({ now, program: program as { closedThrough?: Period } });
    expect((await list({ partnerId: 'mira' }))[0]).toBe(period);
  });

  it.each([{}, { partnerId: 'mira', unattributed: true }])(
    'of %o are refused: one of the two is to be named',
    async (ask) => {
      const list = await aHouse();
      await expect(list(ask)).rejects.toMatchObject({
        code: 'invalid_request',
        errors: [{ pointer: 'query:partnerId', rule: 'must be given, or unattributed=true instead, but not both' }],
      });
    },
  );

  it('are of a partner its own, whatever it asks', async () => {
    const list = await aHouse();
    const onlyPartners = ['mira'];
    expect(await list({ onlyPartners })).toEqual([JANUARY, 'mine']);
    expect(await list({ onlyPartners, partnerId: 'mira' })).toEqual([JANUARY, 'mine']);
    await expect(list({ onlyPartners, partnerId: 'noor' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(list({ onlyPartners, unattributed: true })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(list({ onlyPartners: [] })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are of a known programme', async () => {
    const list = await aHouse();
    await expect(list({ programId: 'other', partnerId: 'mira' })).rejects.toMatchObject({ code: 'unknown_program' });
  });
});

describe('GET conversions', () => {
  const dynamodb = mockClient(documents);
  let handler: (event: never, context: unknown) => Promise<{ statusCode: number; body: string }>;
  beforeAll(async () => {
    vi.stubEnv('REFERRALS_TABLE', 'Referrals');
    vi.stubEnv('MONEY_TABLE', 'Money');
    vi.stubEnv('CONFIG_TTL_SECONDS', '0');
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    handler = (await import('#functions/referrals/list-conversions')).handler as unknown as typeof handler;
  });
  beforeEach(() => {
    dynamodb.reset();
    dynamodb.on(GetCommand).resolves({ Item: aProgramme() });
    const received = aConversion({ partnerId: 'p1', reattributions: 1, category: 'books', country: 'DE' });
    const former = { ...aConversion({ orderId: 'o2', partnerId: 'p1', earnsNothing: 'self_referral' }) };
    dynamodb.on(QueryCommand).resolves({
      Items: [conversionItem(received), { ...conversionItem(former), sk: 'FORMER#000001#CONVERSION' }],
    });
  });
  const call = (query: Record<string, string>, grant: object) =>
    handler(
      {
        pathParameters: { programId: 'acme' },
        queryStringParameters: query,
        headers: {},
        requestContext: {
          authorizer: {
            lambda: {
              principal: JSON.stringify({ kind: 'person', id: 'person:x', grants: [{ programId: 'acme', ...grant }] }),
            },
          },
        },
      } as never,
      {},
    );

  it('answers summaries, and who bought to staff only', async () => {
    const { statusCode, body } = await call({ partnerId: 'p1', period: '2026-01' }, { role: 'merchant' });
    expect(statusCode).toBe(200);
    const amounts = { amount: { minor: 1_000, currency: 'GBP' }, refundedMinor: 0, nettedMinor: 0 };
    const common = { partnerId: 'p1', occurredAt: '2026-01-15T12:00:00.000Z', period: '2026-01', ...amounts };
    const sales = [
      { orderId: 'o1', ...common, category: 'books', country: 'DE', outcome: 'attributed', reattributed: 'received' },
      { orderId: 'o2', ...common, outcome: 'earns_nothing', earnsNothing: 'self_referral', reattributed: 'given_away' },
    ];
    expect(JSON.parse(body)).toEqual({
      period: '2026-01',
      items: sales.map((sale) => ({ ...sale, customerId: 'c1' })),
    });
    const own = await call({}, { role: 'partner', partnerId: 'p1' });
    expect(JSON.parse(own.body).items).toEqual(sales);
  });

  it.each([
    [{ unattributed: 'true' }, 403],
    [{ partnerId: 'p2' }, 404],
    [{ month: '2026-01' }, 422],
    [{ period: '2026-13' }, 422],
  ])('answers a partner that asks for %o with %i', async (query, status) => {
    expect((await call(query as Record<string, string>, { role: 'partner', partnerId: 'p1' })).statusCode).toBe(status);
    expect(dynamodb).not.toHaveReceivedCommand(QueryCommand);
  });
});
