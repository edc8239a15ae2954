import { describe, expect, it } from 'vitest';
import { makeReportInfluence } from '#shared/application/referrals/sales/report-influence';
import type { Period } from '#shared/domain/time/instant';
import type { WeighedTouch } from '#shared/domain/tracking/attribution';
import { influenceOf } from '#shared/domain/tracking/influence';
import { anAttributionHouse } from '#test/support/attribution-house';
import { instant, JANUARY } from '#test/support/builders/referrals';
import { makeFakeReferrals } from '#test/support/fakes/referrals';
import { aSaleInput } from '#test/support/referrals-house';

const touched = (partnerId: string, more: Partial<WeighedTouch> = {}): WeighedTouch => ({
  kind: 'link',
  partnerId,
  outcome: 'outweighed',
  ...more,
});
const clickOn = (day: number, partnerId: string): string =>
  `genuine/${partnerId}/shop/${partnerId}-${day}/2026-01-${day}`;

describe('the linear view of a sale', () => {
  it('gives each partner one share, whoever won and however often it was touched', () => {
    const touches = [touched('b'), touched('c', { outcome: 'won', kind: 'code' }), touched('a'), touched('b')];
    expect(influenceOf(touches, 10_00n)).toEqual([
      { partnerId: 'a', amountMinor: 333n },
      { partnerId: 'b', amountMinor: 333n },
      { partnerId: 'c', amountMinor: 334n },
    ]);
  });

  it('leaves out what was rejected, and bindings, by which nobody came', () => {
    const touches = [touched('a', { outcome: 'rejected' }), touched('b', { kind: 'binding', outcome: 'won' })];
    expect(influenceOf(touches, 10_00n)).toEqual([]);
    expect(influenceOf([...touches, touched('c')], 1n)).toEqual([{ partnerId: 'c', amountMinor: 1n }]);
  });
});

describe('the report of a month', () => {
  const aReport = (fakes: ReturnType<typeof makeFakeReferrals>, house: ReturnType<typeof anAttributionHouse>) =>
    makeReportInfluence({
      sales: fakes.sales,
      conversions: fakes.conversions,
      partners: { listIds: async (_programId, { after }) => (after === undefined ? ['mira', 'noor'] : []) },
      programs: house.programs,
      maxSales: 5,
    });

  it('holds shares against what was attributed; both add up to the sales', async () => {
    const fakes = makeFakeReferrals();
    const house = anAttributionHouse({}, fakes);
    const both = [clickOn(12, 'mira'), clickOn(14, 'noor')];
    await house.recordConversion(aSaleInput({ orderId: 'o1', amountMinor: 10_01n, clickTokens: both }));
    await house.recordConversion(aSaleInput({ orderId: 'o2', amountMinor: 5_00n, code: 'TALLY10' }));
    await house.recordConversion(aSaleInput({ orderId: 'o3', amountMinor: 2_00n }));
    await house.recordConversion(aSaleInput({ orderId: 'o4', amountMinor: 9n, currency: 'EUR', partnerId: 'noor' }));
    await house.recordConversion(aSaleInput({ orderId: 'o5', occurredAt: instant('2026-03-01T00:00:00Z') }));
    const report = await aReport(fakes, house)({ programId: 'shop', period: JANUARY });
    expect(report.items).toEqual([
      { partnerId: undefined, currency: 'GBP', touchedSales: 0, influenceMinor: 2_00n, attributedMinor: 2_00n },
      { partnerId: 'mira', currency: 'GBP', touchedSales: 2, influenceMinor: 10_00n, attributedMinor: 5_00n },
      { partnerId: 'noor', currency: 'EUR', touchedSales: 1, influenceMinor: 9n, attributedMinor: 9n },
      { partnerId: 'noor', currency: 'GBP', touchedSales: 1, influenceMinor: 5_01n, attributedMinor: 10_01n },
    ]);
  });

  it('counts a split sale once, in equal shares, whatever those of its credits are', async () => {
    const fakes = makeFakeReferrals();
    const house = anAttributionHouse({}, fakes);
    const credits = [
      { partnerId: 'mira', shareBps: 9_000 },
      { partnerId: 'noor', shareBps: 1_000 },
    ];
    await house.recordConversion(aSaleInput({ amountMinor: 10_00n, credits }));
    const { items } = await aReport(fakes, house)({ programId: 'shop', period: JANUARY });
    expect(items).toEqual([
      { partnerId: 'mira', currency: 'GBP', touchedSales: 1, influenceMinor: 5_00n, attributedMinor: 9_00n },
      { partnerId: 'noor', currency: 'GBP', touchedSales: 1, influenceMinor: 5_00n, attributedMinor: 1_00n },
    ]);
  });

  it('counts a sale that went elsewhere after its month was closed once, where it counts now', async () => {
    const fakes = makeFakeReferrals();
    const house = anAttributionHouse({}, fakes);
    await house.recordConversion(aSaleInput({ customerId: 'mira', partnerId: 'mira' }));
    const program = await house.programs.get('shop');
    house.programs.set({ ...program, closedThrough: JANUARY });
    await house.reattribute({
      ...{ programId: 'shop', orderId: 'o1', partnerId: 'noor', reason: 'won', reattributionId: 're1', by: 'person:m' },
    });
    const report = aReport(fakes, house);
    expect((await report({ programId: 'shop', period: JANUARY })).items).toEqual([]);
    expect((await report({ programId: 'shop', period: '2026-02' as Period })).items).toMatchObject([
      { partnerId: 'mira', influenceMinor: 10_00n, attributedMinor: 0n },
      { partnerId: 'noor', influenceMinor: 0n, attributedMinor: 10_00n },
    ]);
  });

  it('refuses a month that is too large, and says what to read instead', async () => {
    const fakes = makeFakeReferrals();
    const house = anAttributionHouse({}, fakes);
    for (let order = 0; order < 6; order += 1) await house.recordConversion(aSaleInput({ orderId: `o${order}` }));
    await expect(aReport(fakes, house)({ programId: 'shop', period: JANUARY })).rejects.toMatchObject({
      code: 'report_too_large',
      errors: [{ pointer: 'query:period' }],
    });
  });
});
