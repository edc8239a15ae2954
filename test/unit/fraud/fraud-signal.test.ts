import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#shared/contracts/payouts/programs/program-settings';
import {
  type FraudRules,
  fewestRefundsThatMatter,
  isHeld,
  refundRateSignal,
  type SaleToCheck,
  signalsOfSale,
} from '#shared/domain/fraud/fraud-signal';
import { holdDecisionRefusal, reasonForPartner } from '#shared/domain/fraud/hold';

const SOLD_AT = Date.parse('2026-01-15T12:00:00Z');
const RULES: FraudRules = DEFAULT_SETTINGS.fraud;

const aClick = (overrides: Partial<SaleToCheck['touches'][number]> = {}): SaleToCheck['touches'][number] => ({
  kind: 'link',
  reference: 'spring',
  partnerId: 'mira',
  at: SOLD_AT - 60_000,
  outcome: 'won',
  ...overrides,
});
const aSale = (overrides: Partial<SaleToCheck> = {}): SaleToCheck => ({
  partnerId: 'mira',
  soldAt: SOLD_AT,
  touches: [aClick()],
  forbidsPaidSearch: false,
  buyer: { byPayee: false, byDevice: false },
  samePayeeAs: [],
  inSpan: { ofPartner: 1, ofCustomer: 1, ofDevice: 0, isLeast: false },
  ...overrides,
});
const found = (overrides: Partial<SaleToCheck>, rules: Partial<FraudRules> = {}): unknown[] =>
  signalsOfSale(aSale(overrides), { ...RULES, ...rules }).map(({ code, action, evidence }) => [code, action, evidence]);

describe('signals of a sale', () => {
  it('an ordinary sale has none', () => {
    expect(found({})).toEqual([]);
    expect(found({ touches: [{ kind: 'partner', partnerId: 'mira', outcome: 'won' }] })).toEqual([]);
    expect(found({ touches: [{ kind: 'code', partnerId: 'mira', outcome: 'won', at: SOLD_AT }] })).toEqual([]);
  });

  it('a buyer who pays from the account of the partner, or with its device, is held', () => {
    expect(found({ buyer: { byPayee: true, byDevice: true } })).toEqual([
      [
        'self_referral',
        'hold',
        'The buyer paid from the account that the partner is paid into. The buyer used a device from which the partner had bought before.',
      ],
    ]);
  });

  it('an account of two partners is flagged, and a few of them are named', () => {
    const others = ['a', 'b', 'c', 'd', 'e', 'f'];
    expect(found({ samePayeeAs: others })).toEqual([
      ['same_payee_on_two_partners', 'flag', 'The partner is paid into the same account as 6 other: a, b, c, d, e.'],
    ]);
  });

  it('the limit of sales in a span is no signal, one more is', () => {
    const at = (ofPartner: number): unknown[] =>
      found({ inSpan: { ofPartner, ofCustomer: 1, ofDevice: 1, isLeast: ofPartner > 100 } });
    expect(at(100)).toEqual([]);
    expect(at(101)).toEqual([
      ['velocity', 'flag', 'at least 101 sales of one partner within 60 seconds; the limit is 100.'],
    ]);
    const device = { ofPartner: 11, ofCustomer: 11, ofDevice: 11, isLeast: false };
    expect(found({ inSpan: device }, { velocity: 'hold' })).toEqual([
      [
        'velocity',
        'hold',
        '11 sales of one customer within 60 seconds; the limit is 10. 11 sales of one device within 60 seconds; the limit is 10.',
      ],
    ]);
    expect(found({ inSpan: undefined })).toEqual([]);
  });

  it.each<[string, Partial<SaleToCheck>, string]>([
    ['by a program', { touches: [aClick({ flags: ['bot'] })] }, 'The click came from a program, not from a browser.'],
    [
      'that was fetched ahead',
      { touches: [aClick({ flags: ['prefetch'] })] },
      'The link was fetched ahead by a browser; nobody is known to have looked at it.',
    ],
    [
      'just before the sale',
      { touches: [aClick({ at: SOLD_AT - 1_999 })] },
      'The sale came 2.0 s after the click; a person takes at least 2 s.',
    ],
    ['after the sale', { touches: [aClick({ at: SOLD_AT + 1_500 })] }, 'The click came 1.5 s after the sale.'],
  ])('a click %s is implausible', (_, sale, evidence) => {
    expect(found(sale)).toEqual([['conversion_without_plausible_click', 'flag', evidence]]);
    expect(found(sale, { implausibleClick: 'off' })).toEqual([]);
  });

  it('a click that did not win says nothing', () => {
    const outweighed = aClick({ flags: ['bot', 'paid_search'], outcome: 'outweighed' });
    const code = { kind: 'code' as const, partnerId: 'mira', outcome: 'won' as const };
    expect(found({ touches: [code, outweighed], forbidsPaidSearch: true })).toEqual([]);
    expect(found({ touches: [aClick({ at: SOLD_AT - 2_000 })] })).toEqual([]);
  });

  it('a partner with links alone needs a click, also one that came too early to win', () => {
    const named = { kind: 'partner' as const, partnerId: 'mira', outcome: 'won' as const };
    const rules = { linkOnlyPartners: ['mira'] };
    expect(found({ touches: [named] }, rules)).toMatchObject([['conversion_without_plausible_click', 'flag', /links/]]);
    expect(found({ touches: [named, aClick({ outcome: 'rejected', rejected: 'outside_window' })] }, rules)).toEqual([]);
    expect(found({ touches: [named], partnerId: 'noor' }, rules)).toEqual([]);
  });

  it('an advertisement is held where the programme forbids it, and nowhere else', () => {
    const touches = [aClick({ flags: ['paid_search'] })];
    expect(found({ touches })).toEqual([]);
    expect(found({ touches, forbidsPaidSearch: true })).toMatchObject([['paid_search_click', 'hold', /gclid/]]);
  });

  it('what is off is never found, and only a hold holds', () => {
    const everything: Partial<SaleToCheck> = {
      buyer: { byPayee: true, byDevice: true },
      samePayeeAs: ['noor'],
      inSpan: { ofPartner: 999, ofCustomer: 999, ofDevice: 999, isLeast: true },
      touches: [aClick({ flags: ['bot', 'prefetch', 'paid_search'] })],
      forbidsPaidSearch: true,
    };
    const action = fc.constantFrom('hold' as const, 'flag' as const, 'off' as const);
    fc.assert(
      fc.property(action, action, action, action, action, (selfReferral, samePayee, velocity, click, search) => {
        const actions = { selfReferral, samePayee, velocity, implausibleClick: click, paidSearchClick: search };
        const signals = signalsOfSale(aSale(everything), { ...RULES, ...actions });
        const wanted = [selfReferral, samePayee, velocity, click, search];
        expect(signals.map((signal) => signal.action)).toEqual(wanted.filter((one) => one !== 'off'));
        expect(isHeld(signals)).toBe(wanted.includes('hold'));
      }),
    );
  });
});

describe('the rate of refunds', () => {
  it('counts orders, from enough sales on', () => {
    expect(refundRateSignal({ sales: 19, givenBack: 19 }, RULES)).toBeUndefined();
    expect(refundRateSignal({ sales: 20, givenBack: 10 }, RULES)).toBeUndefined();
    expect(refundRateSignal({ sales: 20, givenBack: 11 }, RULES)).toEqual({
      code: 'refund_rate',
      action: 'flag',
      evidence: '11 of 20 sales of the last 3 months were given back or charged back, 55 %; the limit is 50 %.',
    });
    expect(refundRateSignal({ sales: 20, givenBack: 20 }, { ...RULES, refundRate: 'off' })).toBeUndefined();
  });

  it('fewer refunds than matter never make a signal, so that sales need not be counted', () => {
    const amounts = { min: 0, max: 500 };
    fc.assert(
      fc.property(
        fc.integer(amounts),
        fc.integer(amounts),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 0, max: 10_000 }),
        (sales, givenBack, refundRateMinSales, refundRateMaxBps) => {
          const rules = { ...RULES, refundRateMinSales, refundRateMaxBps };
          fc.pre(givenBack < fewestRefundsThatMatter(rules));
          expect(refundRateSignal({ sales, givenBack }, rules)).toBeUndefined();
        },
      ),
    );
  });
});

describe('who decides on a hold', () => {
  const hold = { status: 'open' as const, partnerIds: ['mira', 'noor'] };
  it('is nobody who acts for one of its partners, and decides once', () => {
    expect(holdDecisionRefusal(hold, { ownPartners: [] })).toBeUndefined();
    expect(holdDecisionRefusal({ ...hold, status: 'escalated' }, { ownPartners: ['else'] })).toBeUndefined();
    expect(holdDecisionRefusal(hold, { ownPartners: ['noor'] })).toBe('own_partner');
    expect(holdDecisionRefusal({ ...hold, status: 'released' }, { ownPartners: [] })).toBe('not_open');
    expect(holdDecisionRefusal({ ...hold, status: 'voided' }, { ownPartners: ['mira'] })).toBe('own_partner');
  });

  it('is told to partners in words that teach nothing', () => {
    expect(['fraud_hold', 'fraud_void', 'self_referral'].map(reasonForPartner)).toEqual([
      'under_review',
      'not_accepted',
      'self_referral',
    ]);
  });
});
