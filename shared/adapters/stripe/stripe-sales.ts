import { currencyOfStripe, toIsoMinor } from '#shared/adapters/stripe/stripe-currency';
import type { StripeInvoice, StripeSession } from '#shared/adapters/stripe/stripe-shapes';
import { hashEmail } from '#shared/application/email-hash';
import type { Digest } from '#shared/application/ports';
import type { StripeFact, StripeTouch } from '#shared/application/referrals/stripe/ports';
import { type Fraction, paidWithoutTax } from '#shared/domain/money/paid-share';
import { type Instant, toInstant } from '#shared/domain/time/instant';

/** What turns what an object carries into a touch. */
export type Touches = {
  readonly promotionCodes: Readonly<Record<string, string>>;
  readonly digest: Digest;
};

const MS_PER_SECOND = 1_000;
/** A click token has a dot; what else shops put into `client_reference_id` is their own number. */
const CLICK_TOKEN = /^[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{10,}$/;

/**
 * A completed checkout. In mode `payment` it is the sale itself: what was paid without its tax, discounts already taken
 * off. Where an invoice will be paid (subscriptions, or a payment that makes one, perhaps only afterwards) that brings the
 * money, and the checkout only says who brought the customer.
 */
export function sessionSale(session: StripeSession, occurredAt: Instant, touches: Touches): StripeFact {
  const { mode, subscription, invoice, customer, payment_status: status } = session;
  const touch = sessionTouch(session, touches);
  const makesInvoice = invoice !== undefined || session.invoice_creation?.enabled === true;
  if (mode === 'subscription' || (mode === 'payment' && makesInvoice)) {
    const references = present(subscription, invoice ?? session.payment_intent);
    return { kind: 'touch', references, customerId: customer, touch, occurredAt };
  }
  if (mode !== 'payment') return ignored('no_payment');
  if (status === 'unpaid') return ignored('not_paid_yet');
  const paidMinor = session.amount_total ?? 0n;
  if (status !== 'paid' || paidMinor <= 0n) return ignored('nothing_paid');
  const emailHash = hashOf(session.customer_details?.email ?? session.customer_email, touches.digest);
  const withoutTax = paidMinor - (session.total_details?.amount_tax ?? 0n);
  return sale({
    orderId: session.payment_intent ?? session.id,
    // The same guest is the same customer, and never named.
    customerId: customer ?? emailHash ?? session.id,
    customerEmailHash: emailHash,
    references: present(session.payment_intent),
    currency: session.currency ?? '',
    paidMinor,
    withoutTax: { numerator: withoutTax, denominator: 1n },
    occurredAt,
    touch,
    mayWait: false,
  });
}

/**
 * A paid invoice. Its base is what was paid in money, without tax: the part that the customer's balance, a credit note or a
 * credit paid is no new money and counts in proportion as little as the tax does. More than the invoice's total, because
 * an older debt was paid with it, counts as the total.
 */
export function invoiceSale(invoice: StripeInvoice, createdAt: Instant, touches: Touches): StripeFact {
  const { id, total, amount_paid: paidMinor, customer, customer_account: account, parent } = invoice;
  if (paidMinor <= 0n || total <= 0n) return ignored('nothing_paid');
  const details = parent?.subscription_details ?? invoice.subscription_details;
  const paidAt = invoice.status_transitions?.paid_at;
  const payments = (invoice.payments?.data ?? []).flatMap(({ payment }) => [payment.payment_intent, payment.charge]);
  return sale({
    orderId: id,
    customerId: customer ?? account ?? id,
    customerEmailHash: hashOf(invoice.customer_email, touches.digest),
    references: [...new Set(present(invoice.payment_intent, invoice.charge, ...payments))],
    currency: invoice.currency,
    paidMinor,
    withoutTax: paidWithoutTax({ withTax: total, withoutTax: invoiceWithoutTax(invoice), paid: paidMinor }),
    occurredAt: paidAt ? toInstant(paidAt * MS_PER_SECOND) : createdAt,
    touch: {
      clickToken: invoice.metadata.clickToken ?? details?.metadata.clickToken,
      code:
        invoice.metadata.code ??
        details?.metadata.code ??
        mapped(touches, [...invoice.discounts, ...present(invoice.discount)]),
    },
    subscriptionId: details?.subscription ?? invoice.subscription,
    mayWait: true,
  });
}

/** Stated outright since 2022; otherwise the total without the taxes, which were named three ways over the years. */
function invoiceWithoutTax(invoice: StripeInvoice): bigint {
  const { total, total_excluding_tax: stated, total_taxes, total_tax_amounts, tax } = invoice;
  if (stated !== undefined && stated !== null && stated >= 0n && stated <= total) return stated;
  return total - (total_taxes ?? total_tax_amounts ?? tax ?? 0n);
}

function sale(found: {
  readonly orderId: string;
  readonly customerId: string;
  readonly customerEmailHash: string | undefined;
  readonly references: readonly string[];
  readonly currency: string;
  readonly paidMinor: bigint;
  readonly withoutTax: Fraction;
  readonly occurredAt: Instant;
  readonly touch: StripeTouch;
  readonly subscriptionId?: string | undefined;
  readonly mayWait: boolean;
}): StripeFact {
  const { currency: code, withoutTax, ...rest } = found;
  const currency = currencyOfStripe(code);
  if (currency === undefined) return { kind: 'nothing', status: 'failed', reason: 'currency_not_supported' };
  const baseMinor = toIsoMinor(withoutTax, currency);
  return baseMinor > 0n ? { kind: 'sale', ...rest, currency, baseMinor } : ignored('nothing_without_tax');
}

function sessionTouch(session: StripeSession, touches: Touches): StripeTouch {
  const reference = session.client_reference_id ?? '';
  return {
    clickToken: session.metadata.clickToken ?? (CLICK_TOKEN.test(reference) ? reference : undefined),
    code: session.metadata.code ?? mapped(touches, session.discounts),
  };
}

function mapped({ promotionCodes }: Touches, ids: readonly string[]): string | undefined {
  return ids.map((id) => (Object.hasOwn(promotionCodes, id) ? promotionCodes[id] : undefined)).find((code) => code);
}

/** The hash by which persons are known outside the Partners table. */
function hashOf(email: string | null | undefined, digest: Digest): string | undefined {
  return email ? hashEmail(digest, email) : undefined;
}

/** Nothing to act on, and why. */
export function ignored(reason: string): StripeFact {
  return { kind: 'nothing', status: 'ignored', reason };
}

export function present(...ids: readonly (string | undefined)[]): string[] {
  return ids.filter((id) => id !== undefined);
}
