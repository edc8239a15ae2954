import { describe, expect, it } from 'vitest';
import { conversionAnswer, conversionSummary } from '#functions/referrals/answers';
import { creditsOfOrder } from '#functions/referrals/credit-answers';
import { fieldErrors } from '#functions/runtime/field-errors';
import type { RecordConversionInput } from '#shared/application/referrals/sales/record-conversion';
import { makeReportInfluence } from '#shared/application/referrals/sales/report-influence';
import { getConversionRoute } from '#shared/contracts/referrals/get-conversion';
import { recordConversionRoute } from '#shared/contracts/referrals/record-conversion';
import type { Period } from '#shared/domain/time/instant';
import { aProgram } from '#test/support/fakes/programs';
import {
  aReattributionInput,
  aReferralsHouse,
  aRefundInput,
  aSaleInput,
  EMAIL_OF_MIRA,
} from '#test/support/referrals-house';

const CREDITS = [
  { partnerId: 'noor', shareBps: 4_000 },
  { partnerId: 'mira', shareBps: 6_000 },
];
const aSplitInput = (changes: Partial<RecordConversionInput> = {}): RecordConversionInput =>
  aSaleInput({ amountMinor: 10_01n, credits: CREDITS, ...changes });

describe('recording a split sale', () => {
  it('gives each partner its part, by partner id, and no one partner all of it', async () => {
    const house = aReferralsHouse();
    const { conversion } = await house.recordConversion(aSplitInput({ code: 'TALLY10' }));
    expect(conversion).toMatchObject({
      partnerId: undefined,
      amountMinor: 10_01n,
      credits: [{ partnerId: 'mira' }, {}],
    });
    expect(conversion.attribution.touches.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
      'partner won',
      'partner won',
      'code outweighed',
    ]);
    const answer = recordConversionRoute.response.parse(
      JSON.parse(JSON.stringify(conversionAnswer(conversion), numbers)),
    );
    expect(answer).toMatchObject({
      partnerId: null,
      outcome: 'attributed',
      attribution: { winner: null },
      credits: [
        { partnerId: 'mira', shareBps: 6_000, amountMinor: 6_01 },
        { partnerId: 'noor', shareBps: 4_000, amountMinor: 4_00 },
      ],
    });
  });

  it('is the same order whatever order the credits come in, and another with other shares', async () => {
    const house = aReferralsHouse();
    const { conversion } = await house.recordConversion(aSplitInput());
    const again = await house.recordConversion(aSplitInput({ credits: CREDITS.toReversed() }));
    expect(again).toEqual({ conversion, repeated: true });
    for (const credits of [
      CREDITS.map((one) => ({ ...one, shareBps: 5_000 })),
      CREDITS.map(({ partnerId, shareBps }) => ({ partnerId, shareBps: 10_000 - shareBps })),
      undefined,
    ]) {
      await expect(house.recordConversion(aSplitInput({ credits }))).rejects.toMatchObject({
        code: 'conversion_conflict',
      });
    }
  });

  it('names each partner that is not enrolled by its place, and refuses one partner beside several', async () => {
    const house = aReferralsHouse();
    const strangers = ['mira', 'nobody', 'noone'].map((partnerId) => ({ partnerId, shareBps: 1 }));
    await expect(house.recordConversion(aSplitInput({ credits: strangers }))).rejects.toMatchObject({
      code: 'unknown_partner',
      errors: [{ pointer: '/credits/1/partnerId' }, { pointer: '/credits/2/partnerId' }],
    });
    await expect(house.recordConversion(aSplitInput({ partnerId: 'mira' }))).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '/partnerId' }],
    });
    expect(await house.conversions.find('shop', 'o1')).toBeUndefined();
  });

  it('leaves the part of a partner that is the buyer with it, earning nothing', async () => {
    const house = aReferralsHouse();
    const { conversion } = await house.recordConversion(aSplitInput({ customerId: EMAIL_OF_MIRA }));
    const { parts } = (await house.conversions.findOrder('shop', 'o1'))!;
    expect(
      parts?.map((part) => [part.conversion.partnerId, part.conversion.amountMinor, part.conversion.earnsNothing]),
    ).toEqual([
      ['mira', 6_01n, 'self_referral'],
      ['noor', 4_00n, undefined],
    ]);
    expect(conversionAnswer(conversion).outcome).toBe('attributed');
  });

  it('makes the whole order the first purchase of its customer', async () => {
    const house = aReferralsHouse();
    await house.recordConversion(aSplitInput({ amountMinor: 1n }));
    expect((await house.conversions.history('shop', 'c1')).first).toMatchObject({ conversionId: 'o1' });
  });

  it('splits its refunds, in time and late, and shows the sums of each part', async () => {
    const house = aReferralsHouse();
    await house.recordConversion(aSplitInput());
    await house.recordRefund(aRefundInput({ amountMinor: 1n }));
    house.programs.set(aProgram({ closedThrough: '2026-01' as Period }));
    const { refund } = await house.recordRefund(aRefundInput({ refundId: 'r2', amountMinor: 10_00n }));
    expect(refund).toMatchObject({ partnerId: undefined, amountMinor: 10_00n, late: true });
    const order = (await house.conversions.findOrder('shop', 'o1'))!;
    expect(creditsOfOrder(order)).toEqual({
      credits: [
        { partnerId: 'mira', shareBps: 6_000, amountMinor: 6_01n, refundedMinor: 6_01n, nettedMinor: 1n },
        { partnerId: 'noor', shareBps: 4_000, amountMinor: 4_00n, refundedMinor: 4_00n, nettedMinor: 0n },
      ],
    });
    const [mira] = order.parts ?? [];
    const listed = conversionSummary({ conversion: mira!.conversion, isFormer: false }, true);
    expect(listed).toMatchObject({ shareBps: 6_000, amount: { minor: 6_01n }, outcome: 'attributed' });
    expect(Object.keys(getConversionRoute.response.shape)).toContain('credits');
  });

  it('stays with its partners: it is not re-attributed, and says what to do instead', async () => {
    const house = aReferralsHouse();
    await house.recordConversion(aSplitInput());
    await expect(house.reattribute(aReattributionInput())).rejects.toMatchObject({
      code: 'reattribution_refused',
      message: expect.stringContaining('adjustments'),
      extra: { reason: 'split_sale' },
    });
  });
});

describe('the influence view of a month with a split sale', () => {
  it('shares it among all who were touched, once, and attributes to each partner its part', async () => {
    const house = aReferralsHouse();
    await house.recordConversion(aSplitInput({ amountMinor: 10_00n, code: 'TALLY10' }));
    const report = makeReportInfluence({
      sales: house.sales,
      conversions: house.conversions,
      partners: { listIds: async () => ['mira', 'noor'] },
      programs: house.programs,
    });
    const { items } = await report({ programId: 'shop', period: '2026-01' as Period });
    expect(items).toEqual([
      { partnerId: 'mira', currency: 'GBP', touchedSales: 1, influenceMinor: 5_00n, attributedMinor: 6_00n },
      { partnerId: 'noor', currency: 'GBP', touchedSales: 1, influenceMinor: 5_00n, attributedMinor: 4_00n },
    ]);
  });
});

describe('credits of a sale, as they are sent', () => {
  const sale = {
    orderId: 'o1',
    customerId: 'c1',
    occurredAt: '2026-01-15T12:00:00Z',
    amount: { minor: 1, currency: 'GBP' },
  };
  const p = (partnerId: string, shareBps: unknown): Record<string, unknown> => ({ partnerId, shareBps });
  it.each([
    [[p('a', 6_000), p('b', 4_000)], []],
    [[p('a', 10_000)], ['/credits', '/credits/0/shareBps']],
    [[p('a', 6_000), p('b', 3_999)], ['/credits']],
    [[p('a', 5_000), p('a', 5_000)], ['/credits']],
    [
      [p('a', 10_000), p('b', 0)],
      ['/credits/0/shareBps', '/credits/1/shareBps'],
    ],
    [
      [p('a', 5_000.5), p('b', 4_999.5)],
      ['/credits/0/shareBps', '/credits/1/shareBps'],
    ],
    [['a', 'b', 'c', 'd', 'e', 'f'].map((id, index) => p(id, index === 0 ? 9_995 : 1)), ['/credits']],
    [[{ ...p('a', 6_000), name: 'A' }, p('b', 4_000)], ['/credits/0/name']],
  ])('%j are wrong at %j', (credits, pointers) => {
    const { error } = recordConversionRoute.body.safeParse({ ...sale, credits });
    const named = (error?.issues ?? []).flatMap((issue) => fieldErrors(issue)).map(({ pointer }) => pointer);
    expect(named.toSorted()).toEqual(pointers);
  });
});

function numbers(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}
