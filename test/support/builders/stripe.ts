import Stripe from 'stripe';

export const SECRET = 'whsec_sandboxsecret0123456789abcd';
/** 2026-01-15T12:00:00Z, as Stripe counts. */
export const SOLD_AT = Date.parse('2026-01-15T12:00:00Z') / 1_000;

type Fields = Readonly<Record<string, unknown>>;

let made = 0;

/** An event around an object, of the fields that the documentation names; the object's own are the test's. */
export function stripeEvent(type: string, object: Fields, overrides: Fields = {}): Fields & { readonly id: string } {
  made += 1;
  return {
    id: `evt_${made}`,
    object: 'event',
    api_version: '2026-10-28.endive',
    created: SOLD_AT,
    livemode: true,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
    data: { object },
    ...overrides,
  };
}

/** A checkout of 120.00 with 20.00 tax, paid at once by a guest or a customer. */
export function aSession(overrides: Fields = {}): Fields {
  return {
    id: 'cs_1',
    object: 'checkout.session',
    mode: 'payment',
    payment_status: 'paid',
    status: 'complete',
    currency: 'gbp',
    amount_subtotal: 10_000,
    amount_total: 12_000,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 2_000 },
    customer: 'cus_1',
    customer_details: { email: 'jo@customers.example', name: 'Jo Customer', address: { line1: '1 High Street' } },
    client_reference_id: null,
    subscription: null,
    invoice: null,
    payment_intent: 'pi_1',
    metadata: {},
    discounts: [],
    ...overrides,
  };
}

/** An invoice of a subscription, 120.00 with 20.00 tax, in the shape since API version 2025-03-31. */
export function anInvoice(overrides: Fields = {}): Fields {
  return {
    id: 'in_1',
    object: 'invoice',
    status: 'paid',
    billing_reason: 'subscription_create',
    currency: 'gbp',
    subtotal: 10_000,
    total: 12_000,
    total_excluding_tax: 10_000,
    total_taxes: [{ amount: 2_000, tax_behavior: 'exclusive', type: 'tax_rate_details' }],
    amount_due: 12_000,
    amount_paid: 12_000,
    starting_balance: 0,
    ending_balance: 0,
    pre_payment_credit_notes_amount: 0,
    customer: 'cus_1',
    customer_email: 'jo@customers.example',
    customer_name: 'Jo Customer',
    status_transitions: { finalized_at: SOLD_AT - 60, paid_at: SOLD_AT },
    metadata: {},
    discounts: [],
    parent: {
      type: 'subscription_details',
      subscription_details: { subscription: 'sub_1', metadata: {} },
    },
    ...overrides,
  };
}

/** The same in the shape before: the invoice itself names its subscription, charge and payment intent. */
export function anOldInvoice(overrides: Fields = {}): Fields {
  const { parent: _, total_taxes: __, ...rest } = anInvoice();
  return {
    ...rest,
    subscription: 'sub_1',
    subscription_details: { metadata: {} },
    charge: 'ch_1',
    payment_intent: 'pi_1',
    tax: 2_000,
    total_tax_amounts: [{ amount: 2_000, inclusive: false, tax_rate: 'txr_1' }],
    ...overrides,
  };
}

export function anInvoicePayment(invoice = 'in_1', paymentIntent = 'pi_1'): Fields {
  const payment = { type: 'payment_intent', payment_intent: paymentIntent };
  return {
    id: 'inpay_1',
    object: 'invoice_payment',
    invoice,
    status: 'paid',
    amount_paid: 12_000,
    currency: 'gbp',
    payment,
  };
}

export function aCharge(amountRefunded: number, overrides: Fields = {}): Fields {
  return {
    id: 'ch_1',
    object: 'charge',
    amount: 12_000,
    amount_refunded: amountRefunded,
    currency: 'gbp',
    payment_intent: 'pi_1',
    billing_details: { email: 'jo@customers.example', name: 'Jo Customer' },
    refunded: amountRefunded === 12_000,
    ...overrides,
  };
}

export function aDispute(status: string, overrides: Fields = {}): Fields {
  const about = { charge: 'ch_1', payment_intent: 'pi_1', reason: 'fraudulent' };
  return { id: 'dp_1', object: 'dispute', amount: 12_000, currency: 'gbp', status, ...about, ...overrides };
}

/** An event as Stripe sends it: its bytes and the header, signed by Stripe's own library. */
export function signed(
  event: Fields,
  { secret = SECRET, at = SOLD_AT }: { readonly secret?: string; readonly at?: number } = {},
): { readonly payload: Buffer; readonly signature: string } {
  const payload = JSON.stringify(event, null, 2);
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: at });
  return { payload: Buffer.from(payload), signature };
}
