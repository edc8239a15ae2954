import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme, aSale, closePeriod } from '#test/support/programme';
import { textsOf } from '#test/support/statement-files';

const PLAN = {
  version: 1,
  components: [
    {
      kind: 'revenue_share',
      id: 'steps',
      mode: 'graduated',
      metric: 'revenue',
      brackets: [
        { upTo: 10_000, rateBps: 1000 },
        { upTo: null, rateBps: 2000 },
      ],
    },
    { kind: 'referral_fee', id: 'welcome', amountMinor: 500 },
  ],
};

let stack: SharedStack;
let programId: string;
let statementId: string;

beforeAll(async () => {
  stack = await sharedLocalStack();
  programId = await aProgramme(stack.as('admin'), { name: 'Ωmega partners' }, PLAN);
  await aPartner(stack.as('partner_manager'), programId, 'lodz', { name: 'Łódź & Synowie' });
  const merchant = stack.as('merchant_key');
  for (const [orderId, minor, customerId] of [
    ['o1', 8_000, 'c1'],
    ['o2', 6_000, 'c1'],
    ['gift', 0, 'c2'],
  ] as const) {
    await aSale(merchant, programId, orderId, minor, {
      customerId,
      partnerId: 'lodz',
      occurredAt: `2026-01-1${minor / 1_000}T12:00:00Z`,
    });
  }
  await closePeriod(stack, programId, '2026-01');
  const [statement] = await stack
    .as('finance')
    .list<{ statementId: string }>(`/v1/programs/${programId}/statements?period=2026-01`);
  statementId = statement?.statementId ?? '';
});

const statementPath = (rest: string): string => `/v1/programs/${programId}/statements/${statementId}/${rest}`;

async function download(path: string): Promise<Response> {
  const { apiUrl, people } = stack.endpoints;
  const token = people.find(({ role }) => role === 'finance')?.token;
  return fetch(new URL(path, apiUrl), { headers: { authorization: `Bearer ${token}` } });
}

describe('what a partner is given of a closed month', () => {
  it('is a PDF and a CSV with the same amounts as the statement, and the names of both sides', async () => {
    const [{ earnedMinor }] = (await stack
      .as('finance')
      .list<{ earnedMinor: number }>(`/v1/programs/${programId}/statements?period=2026-01`)) as [
      { earnedMinor: number },
    ];
    // 60.00 and 40.00 of the second sale at 10 %, 40.00 above the bound at 20 %, and the fee.
    expect(earnedMinor).toBe(600 + 400 + 800 + 500);

    const pdf = await download(statementPath('pdf'));
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const bytes = new Uint8Array(await pdf.arrayBuffer());
    const texts = (await textsOf(bytes)).flat();
    for (const text of [
      'Ωmega partners',
      'Łódź & Synowie',
      '2026-01-01 to 2026-01-31',
      '2026-01-18',
      'Final',
      '23.00 GBP',
    ]) {
      expect(texts).toContain(text);
    }
    const again = new Uint8Array(await (await download(statementPath('pdf'))).arrayBuffer());
    expect(Buffer.from(again).equals(Buffer.from(bytes))).toBe(true);

    const records: string[][] = parse(await (await download(statementPath('csv'))).text());
    expect(records.filter(([kind]) => kind === 'revenue_share').map(([, date]) => date)).toEqual([
      '2026-01-16',
      '2026-01-18',
      '2026-01-18',
    ]);
    const fieldOf = (label: string): string | undefined => records.find(([first]) => first === label)?.[1];
    expect(['programme', 'partner', 'partner id', 'earned', 'payable'].map(fieldOf)).toEqual([
      'Ωmega partners',
      'Łódź & Synowie',
      'lodz',
      '23.00',
      '23.00',
    ]);
  });

  it('lists what earned nothing, and explains each sale by its brackets and its statement', async () => {
    const finance = stack.as('finance');
    expect(await finance.list(statementPath('nothing-earned'))).toEqual([
      { orderId: 'gift', reason: 'no_value', sentence: 'It earned nothing because the sale has no value.' },
    ]);
    const explained = await finance.get<{ estimate: boolean; decisions: unknown[]; statements: unknown[] }>(
      `/v1/programs/${programId}/conversions/o1/explanation`,
    );
    expect(explained).toMatchObject({
      estimate: false,
      decisions: [
        {
          componentId: 'steps',
          outcome: 'paid',
          position: {
            countedBefore: 6_000,
            countedAfter: 14_000,
            brackets: [{ baseMinor: 4_000 }, { baseMinor: 4_000 }],
          },
        },
        { componentId: 'welcome', outcome: 'nothing', reason: 'not_the_first_purchase' },
      ],
      statements: [{ statementId, state: 'final' }],
    });
  });
});
