import { describe, expect, it } from 'vitest';
import { timeZoneOf } from '#shared/adapters/time-zones';
import { judgeHealth, type PartnerSituation } from '#shared/domain/partner/health/health';
import { noSales, type SalesSums } from '#shared/domain/partner/health/sales-tally';
import { instant } from '#test/support/builders/partners';

const NOW = instant('2026-06-20T12:00:00Z');
const daysAgo = (days: number) => instant(new Date(Date.parse(NOW) - days * 86_400_000).toISOString());
const sales = (conversions: number, amountMinor: bigint, more: Partial<SalesSums> = {}): SalesSums[] => [
  { ...noSales('GBP'), conversions, amountMinor, ...more },
];

/** A partner of half a year that sells as it always did. */
const aPartner = (over: Partial<PartnerSituation> = {}): PartnerSituation => ({
  now: NOW,
  zone: timeZoneOf('Europe/London'),
  enrolledAt: daysAgo(180),
  startsAt: daysAgo(180),
  agreement: 'in_force',
  ending: [],
  lapsedCertifications: [],
  hasPayee: true,
  unknownPayouts: 0,
  returnedPayouts: 0,
  openDisputes: 0,
  heldSales: 0,
  mailStopped: false,
  lastSaleAt: daysAgo(1),
  thisMonth: sales(10, 100_00n),
  sameDaysBefore: sales(10, 100_00n),
  dayOfMonth: 20,
  twoMonths: sales(25, 250_00n),
  programRefundBps: new Map([['GBP', 500]]),
  ...over,
});
const healthOf = (over: Partial<PartnerSituation>) => {
  const { status, reasons } = judgeHealth(aPartner(over));
  return [status, ...reasons.map(({ code }) => code)];
};

describe("a partner's health", () => {
  it('is good while nothing is the matter', () => {
    expect(judgeHealth(aPartner())).toEqual({ status: 'healthy', reasons: [] });
  });

  it.each<[string, Partial<PartnerSituation>, string[]]>([
    ['29 days without a sale', { lastSaleAt: daysAgo(29) }, ['healthy']],
    ['30 days', { lastSaleAt: daysAgo(30) }, ['watch', 'quiet']],
    ['60 days', { lastSaleAt: daysAgo(60) }, ['at_risk', 'silent']],
    ['a fall of a quarter', { thisMonth: sales(9, 75_00n) }, ['watch', 'revenue_fell']],
    ['a fall of less', { thisMonth: sales(9, 75_01n) }, ['healthy']],
    ['a fall by half', { thisMonth: sales(2, 50_00n) }, ['at_risk', 'revenue_fell']],
    ['the same within the first days of a month', { thisMonth: [], dayOfMonth: 9 }, ['healthy']],
    ['the same after four sales', { thisMonth: [], sameDaysBefore: sales(4, 100_00n) }, ['healthy']],
    ['refunds of a tenth', { twoMonths: sales(25, 250_00n, { refundedMinor: 25_00n }) }, ['at_risk', 'many_refunds']],
    ['refunds of less', { twoMonths: sales(25, 250_00n, { refundedMinor: 24_99n }) }, ['healthy']],
    ['a tier that is about to fall', { tierWarning: { to: 'referral', endsAt: NOW } }, ['at_risk', 'tier_warning']],
    [
      'a payout that waits for bank details',
      { waitsFor: 'payee_incomplete', hasPayee: false },
      ['at_risk', 'payout_waits'],
    ],
    ['no bank details', { hasPayee: false }, ['watch', 'payee_missing']],
    [
      'no bank details and no sale',
      { hasPayee: false, lastSaleAt: undefined, firstStep: 'no_click' },
      ['watch', 'no_click'],
    ],
    ['a payout that came back', { returnedPayouts: 1 }, ['at_risk', 'payout_returned']],
    ['an unknown payout', { unknownPayouts: 2 }, ['watch', 'payout_unknown']],
    ['a dispute', { openDisputes: 1 }, ['watch', 'dispute_open']],
    ['a held sale', { heldSales: 1 }, ['watch', 'sales_held']],
    ['mail that bounces', { mailStopped: true }, ['watch', 'mail_stopped']],
    [
      'an agreement that nobody accepted',
      { agreement: 'proposed', lastSaleAt: undefined },
      ['watch', 'agreement_not_accepted'],
    ],
  ])('is judged by %s', (_what, over, expected) => {
    expect(healthOf(over)).toEqual(expected);
  });

  it('names the worst reason first, and lets it decide', () => {
    expect(healthOf({ openDisputes: 1, lastSaleAt: daysAgo(70), mailStopped: true })).toEqual([
      ...['at_risk', 'silent', 'dispute_open', 'mail_stopped'],
    ]);
  });

  it('is new for 30 days, whatever is only to be watched, but not when something is at risk', () => {
    const fresh = { startsAt: daysAgo(29), lastSaleAt: undefined, firstStep: 'no_link' } as const;
    expect(healthOf(fresh)).toEqual(['new', 'no_link']);
    expect(healthOf({ ...fresh, startsAt: daysAgo(30) })).toEqual(['watch', 'no_link']);
    expect(healthOf({ ...fresh, returnedPayouts: 1 })).toEqual(['at_risk', 'payout_returned', 'no_link']);
  });

  it('of who is gone is the end, with what is still open of its money and no word about its work', () => {
    const gone = { agreement: 'ended', endedAt: instant('2026-05-31T23:30:00Z'), lastSaleAt: daysAgo(90) } as const;
    expect(healthOf({ ...gone, mailStopped: true, openDisputes: 1 })).toEqual([
      'ended',
      'dispute_open',
      'agreement_ended',
    ]);
  });

  it('names days of the programme, and currencies do not mix', () => {
    const { reasons } = judgeHealth(aPartner({ agreement: 'ended', endedAt: instant('2026-05-31T23:30:00Z') }));
    expect(reasons.map(({ text }) => text)).toEqual(['The agreement ended on 2026-06-01 and none follows.']);
    const dollars = { ...noSales('USD'), conversions: 3, amountMinor: 1n };
    expect(healthOf({ sameDaysBefore: [...sales(10, 100_00n), dollars], thisMonth: sales(10, 100_00n) })).toEqual([
      'healthy',
    ]);
  });

  it('tells a rolling agreement apart from one that ends', () => {
    const end = { kind: 'agreement', agreementId: 'a', endsAt: instant('2026-07-01T00:00:00Z') } as const;
    expect(healthOf({ ending: [end] })).toEqual(['watch', 'agreement_expiring']);
    expect(healthOf({ ending: [{ ...end, renewal: 'automatic', noticeBy: NOW }] })).toEqual(['healthy']);
  });
});
