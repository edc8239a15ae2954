import { describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { readStripeEvent } from '#shared/adapters/stripe/read-stripe-event';
import {
  aCharge,
  aDispute,
  anInvoice,
  anInvoicePayment,
  anOldInvoice,
  aSession,
  stripeEvent,
} from '#test/support/builders/stripe';

const TOKEN = `${'a'.repeat(60)}.${'b'.repeat(22)}`;
const read = (type: string, object: Record<string, unknown>, overrides: Record<string, unknown> = {}) =>
  readStripeEvent(stripeEvent(type, object, overrides), { promo_1: 'TALLY10' }).fact;
const session = (overrides: Record<string, unknown>) => read('checkout.session.completed', aSession(overrides));
const invoice = (overrides: Record<string, unknown>) => read('invoice.paid', anInvoice(overrides));
const ignored = (reason: string) => ({ kind: 'nothing', status: 'ignored', reason });
const failed = (reason: string) => ({ kind: 'nothing', status: 'failed', reason });

describe('a checkout', () => {
  it('is a sale of what was paid without tax, after discounts, and names nobody', () => {
    const fact = session({ metadata: { ts_click: TOKEN, ts_code: 'TALLY10' } });
    expect(fact).toEqual({
      kind: 'sale',
      orderId: 'pi_1',
      customerId: 'cus_1',
      customerEmailHash: digest('jo@customers.example'),
      references: ['pi_1'],
      paidMinor: 12_000n,
      baseMinor: 10_000n,
      currency: 'GBP',
      occurredAt: '2026-01-15T12:00:00.000Z',
      touch: { clickToken: TOKEN, code: 'TALLY10' },
      mayWait: false,
    });
    expect(Object.values(fact).join(' ')).not.toMatch(/Jo|High Street|@/);
  });

  it('knows a guest by the hash of the address, or by the checkout', () => {
    expect(session({ customer: null })).toMatchObject({ customerId: digest('jo@customers.example') });
    expect(session({ customer: null, customer_details: null })).toMatchObject({ customerId: 'cs_1' });
  });

  it('takes a click token or a mapped promotion code, and no other number of the shop', () => {
    expect(session({ client_reference_id: TOKEN })).toMatchObject({ touch: { clickToken: TOKEN } });
    expect(session({ client_reference_id: 'cart-17' })).toMatchObject({ touch: { clickToken: undefined } });
    const discounts = [{ coupon: null, promotion_code: { id: 'promo_1', code: 'SUMMER' } }];
    expect(session({ discounts })).toMatchObject({ touch: { code: 'TALLY10' } });
    expect(session({ discounts: [{ promotion_code: 'promo_2' }] })).toMatchObject({ touch: { code: undefined } });
  });

  it('keeps no address that was put where a code belongs', () => {
    expect(session({ metadata: { ts_code: 'jo@customers.example' } })).toMatchObject({ touch: { code: undefined } });
  });

  it.each([
    ['waits for the money', { payment_status: 'unpaid' }, 'not_paid_yet'],
    ['of nothing', { payment_status: 'no_payment_required', amount_total: 0 }, 'nothing_paid'],
    ['of a saved card', { mode: 'setup', payment_status: 'no_payment_required' }, 'no_payment'],
    ['of tax alone', { amount_total: 2_000 }, 'nothing_without_tax'],
  ])('%s is ignored with its reason', (_name, overrides, reason) => {
    expect(session(overrides)).toEqual(ignored(reason));
  });

  it.each([
    ['a subscription', { mode: 'subscription', subscription: 'sub_1', invoice: 'in_1' }, ['sub_1', 'in_1']],
    ['a payment that makes an invoice', { invoice: 'in_1' }, ['in_1']],
    ['one whose invoice is yet to be made', { invoice: null, invoice_creation: { enabled: true } }, ['pi_1']],
  ])('of %s only says who brought the customer: the invoice brings the money', (_name, overrides, references) => {
    expect(session({ ...overrides, metadata: { ts_click: TOKEN } })).toMatchObject({
      kind: 'touch',
      references,
      customerId: 'cus_1',
      touch: { clickToken: TOKEN },
    });
  });
});

describe('an invoice', () => {
  it('reads alike in the shapes before and since API version 2025-03-31', () => {
    const known = { orderId: 'in_1', subscriptionId: 'sub_1', baseMinor: 10_000n, customerId: 'cus_1', mayWait: true };
    expect(invoice({})).toMatchObject({ ...known, references: [] });
    expect(read('invoice.paid', anOldInvoice())).toMatchObject({ ...known, references: ['pi_1', 'ch_1'] });
    const payments = { data: [{ payment: { type: 'payment_intent', payment_intent: 'pi_2' } }] };
    expect(invoice({ payments })).toMatchObject({ references: ['pi_2'] });
    const parent = { subscription_details: { subscription: { id: 'sub_2' }, metadata: { ts_code: 'TALLY10' } } };
    expect(invoice({ parent })).toMatchObject({ subscriptionId: 'sub_2', touch: { code: 'TALLY10' } });
    expect(invoice({ parent, metadata: { ts_code: 'OWN' } })).toMatchObject({ touch: { code: 'OWN' } });
  });

  it.each([
    ['the stated total without tax', {}, 10_000n],
    ['taxes of all their names: now', { total_excluding_tax: null }, 10_000n],
    [
      'before 2025',
      { total_excluding_tax: null, total_taxes: undefined, total_tax_amounts: [{ amount: 2_000 }] },
      10_000n,
    ],
    ['and long ago', { total_excluding_tax: null, total_taxes: undefined, tax: 2_000 }, 10_000n],
    ['no tax', { total_excluding_tax: null, total_taxes: [], total: 12_000 }, 12_000n],
    ['half paid from the balance', { starting_balance: -6_000, amount_due: 6_000, amount_paid: 6_000 }, 5_000n],
    ['a credit note before the payment', { pre_payment_credit_notes_amount: 3_000, amount_paid: 9_000 }, 7_500n],
    ['a discount', { total: 6_000, total_excluding_tax: 5_000, amount_paid: 6_000 }, 5_000n],
    [
      'a credit paid that the stated total leaves out',
      { total: 7_200, total_taxes: [{ amount: 1_200 }], amount_paid: 7_200 },
      6_000n,
    ],
    ['an older debt paid with it', { starting_balance: 2_400, amount_due: 14_400, amount_paid: 14_400 }, 10_000n],
    [
      'a cent that rounds to even',
      { total: 3, total_excluding_tax: 1, amount_paid: 1, total_taxes: [{ amount: 2 }] },
      undefined,
    ],
  ])('counts %s', (_name, overrides, baseMinor) => {
    const fact = invoice(overrides);
    if (baseMinor === undefined) expect(fact).toEqual(ignored('nothing_without_tax'));
    else expect(fact).toMatchObject({ baseMinor });
  });

  it.each([
    ['a trial', { total: 0, total_excluding_tax: 0, amount_paid: 0 }],
    ['one that the balance paid', { amount_paid: 0, starting_balance: -12_000 }],
    ['a credit from a downgrade', { total: -500, total_excluding_tax: -500, amount_paid: 0 }],
  ])('of %s brought no money', (_name, overrides) => {
    expect(invoice(overrides)).toEqual(ignored('nothing_paid'));
  });

  it('is tied to its payments by an event of their own', () => {
    expect(read('invoice_payment.paid', anInvoicePayment())).toEqual({
      kind: 'payment',
      orderId: 'in_1',
      references: ['pi_1'],
    });
  });
});

describe('currencies', () => {
  const base = (currency: string, amount: number) =>
    invoice({ currency, total: amount, total_excluding_tax: amount, amount_paid: amount, total_taxes: [] });

  it.each([
    ['jpy', 500, 500n],
    ['isk', 50_000, 500n],
    ['mga', 500, 50_000n],
    ['kwd', 5_120, 5_120n],
    ['huf', 12_345, 12_345n],
    ['twd', 12_300, 12_300n],
  ])('counts %s in the minor units of ISO 4217', (currency, amount, baseMinor) => {
    expect(base(currency, amount)).toMatchObject({ baseMinor, currency: currency.toUpperCase() });
  });

  it('rounds a part of an invoice once, in the minor units of ISO 4217', () => {
    // 266 kr x 87 / 333 = 69.495 kr: hundredths first would make 69.50 of it, and 70 of that.
    const part = { currency: 'isk', total: 33_300, total_excluding_tax: 26_600, amount_paid: 8_700 };
    expect(invoice(part)).toMatchObject({ baseMinor: 69n });
  });

  it('refuses one whose units are not certain, so that nobody is paid a hundredfold', () => {
    for (const currency of ['ugx', 'iqd', 'zzz']) expect(base(currency, 500)).toEqual(failed('currency_not_supported'));
  });
});

describe('money that goes back', () => {
  it('is stated as all that was refunded of a charge so far', () => {
    const taking = {
      kind: 'taking',
      takenAs: 'refund',
      sourceId: 'ch_1',
      takenMinor: 3_000n,
      references: ['pi_1', 'ch_1'],
    };
    expect(read('charge.refunded', aCharge(3_000))).toMatchObject(taking);
    expect(read('charge.refunded', aCharge(3_000, { invoice: 'in_1' }))).toMatchObject({ ...taking, orderId: 'in_1' });
  });

  it('is taken by a dispute only once it is lost', () => {
    for (const type of ['created', 'funds_withdrawn']) {
      expect(read(`charge.dispute.${type}`, aDispute('needs_response'))).toEqual(ignored('dispute_not_decided'));
    }
    const reinstated = { kind: 'reinstated', sourceId: 'dp_1', references: ['pi_1', 'ch_1'] };
    expect(read('charge.dispute.closed', aDispute('won'))).toEqual(reinstated);
    expect(read('charge.dispute.closed', aDispute('warning_closed'))).toEqual(reinstated);
    expect(read('charge.dispute.funds_reinstated', aDispute('won'))).toEqual(reinstated);
    expect(read('charge.dispute.closed', aDispute('lost'))).toMatchObject({
      kind: 'taking',
      takenAs: 'chargeback',
      sourceId: 'dp_1',
      takenMinor: 12_000n,
    });
    expect(read('refund.failed', { id: 're_1', object: 'refund' })).toEqual(failed('refund_came_back'));
  });
});

describe('any other event', () => {
  it.each([
    ['of a type that is none of our business', 'customer.created', { id: 'cus_1' }, {}, 'type_not_handled'],
    ['of an account behind a platform', 'invoice.paid', anInvoice(), { account: 'acct_1' }, 'connected_account'],
  ])('%s is ignored', (_name, type, object, overrides, reason) => {
    expect(read(type, object, overrides)).toEqual(ignored(reason));
  });

  it('of a shape that nobody knows fails, so that somebody looks', () => {
    expect(invoice({ amount_paid: '12000' })).toEqual(failed('shape_not_known'));
    expect(read('charge.refunded', aCharge(1.5))).toEqual(failed('shape_not_known'));
  });

  it('that is no event at all is refused by name', () => {
    expect(() => readStripeEvent({ object: 'v2.core.event', id: 'evt_1' }, {})).toThrow(/snapshot/);
    expect(() => readStripeEvent(stripeEvent('invoice.paid', anInvoice(), { id: 'evt#1' }), {})).toThrow();
  });
});
