import type Stripe from 'stripe';
import type * as z from 'zod';
import { digest } from '#shared/adapters/digest';
import { currencyOfStripe } from '#shared/adapters/stripe/stripe-currency';
import { ignored, invoiceSale, present, sessionSale, type Touches } from '#shared/adapters/stripe/stripe-sales';
import {
  chargeSchema,
  disputeSchema,
  eventSchema,
  invoicePaymentSchema,
  invoiceSchema,
  type StripeDispute,
  sessionSchema,
} from '#shared/adapters/stripe/stripe-shapes';
import { Failure } from '#shared/application/failure';
import type { ReadStripeEvent, StripeFact } from '#shared/application/referrals/stripe/ports';
import { type Instant, toInstant } from '#shared/domain/time/instant';

type Reader = (object: unknown, occurredAt: Instant, touches: Touches) => StripeFact;

const MS_PER_SECOND = 1_000;

/**
 * Says what a verified event of Stripe means (README, Stripe). A type that is none of our business, an amount of nothing or
 * an event of a connected account is ignored with its reason; an object of a shape that Stripe does not document fails, so
 * that somebody looks at it.
 * @throws Failure invalid_request when it is no event at all
 */
export const readStripeEvent: ReadStripeEvent = (sent, promotionCodes) => {
  const parsed = eventSchema.safeParse(sent);
  if (!parsed.success) {
    throw new Failure('invalid_request', 'Send snapshot events of Stripe, not thin ones.', {
      errors: [{ pointer: '', rule: 'must be an event object with id, type, created, livemode and data.object' }],
    });
  }
  const { id: eventId, type, created, livemode: isLive, account, data } = parsed.data;
  const createdAt = toInstant(created * MS_PER_SECOND);
  const objectId = typeof data.object.id === 'string' && data.object.id.length <= 128 ? data.object.id : undefined;
  const reader = READERS[type];
  const fact = (): StripeFact => {
    // A platform's endpoint also hears of its sellers' sales: those are not its own.
    if (account) return ignored('connected_account');
    if (!reader) return ignored('type_not_handled');
    return reader(data.object, createdAt, { promotionCodes, digest });
  };
  return { eventId, type, createdAt, objectId, isLive, fact: fact() };
};

const HANDLED = {
  'checkout.session.completed': reading(sessionSchema, sessionSale),
  'checkout.session.async_payment_succeeded': reading(sessionSchema, sessionSale),
  'invoice.paid': reading(invoiceSchema, invoiceSale),
  'invoice_payment.paid': reading(invoicePaymentSchema, ({ invoice, payment }) =>
    invoice === undefined
      ? ignored('no_invoice')
      : { kind: 'payment', orderId: invoice, references: present(payment.payment_intent, payment.charge) },
  ),
  'charge.refunded': reading(chargeSchema, (charge, occurredAt) =>
    taking('refund', charge, {
      takenMinor: charge.amount_refunded,
      orderId: charge.invoice,
      references: present(charge.payment_intent, charge.id),
      occurredAt,
    }),
  ),
  // Money is only taken for good when a dispute is lost: until then the partner keeps the sale (infra/decisions.md).
  'charge.dispute.created': () => ignored('dispute_not_decided'),
  'charge.dispute.funds_withdrawn': () => ignored('dispute_not_decided'),
  'charge.dispute.closed': reading(disputeSchema, (dispute, occurredAt) =>
    dispute.status === 'lost'
      ? taking('chargeback', dispute, { takenMinor: dispute.amount, references: paymentOf(dispute), occurredAt })
      : reinstated(dispute),
  ),
  'charge.dispute.funds_reinstated': reading(disputeSchema, reinstated),
  'refund.failed': () => ({ kind: 'nothing', status: 'failed', reason: 'refund_came_back' }),
} satisfies Partial<Record<Stripe.Event['type'], Reader>>;

const READERS: Readonly<Record<string, Reader | undefined>> = HANDLED;

function reading<S extends z.ZodType>(
  schema: S,
  read: (object: z.output<S>, occurredAt: Instant, touches: Touches) => StripeFact,
): Reader {
  return (object, occurredAt, touches) => {
    const parsed = schema.safeParse(object);
    if (parsed.success) return read(parsed.data, occurredAt, touches);
    return { kind: 'nothing', status: 'failed', reason: 'shape_not_known' };
  };
}

function taking(
  takenAs: 'refund' | 'chargeback',
  { id: sourceId, currency: code }: { readonly id: string; readonly currency: string },
  rest: Pick<Extract<StripeFact, { kind: 'taking' }>, 'takenMinor' | 'orderId' | 'references' | 'occurredAt'>,
): StripeFact {
  const currency = currencyOfStripe(code);
  if (currency === undefined) return { kind: 'nothing', status: 'failed', reason: 'currency_not_supported' };
  return { kind: 'taking', takenAs, sourceId, currency, ...rest };
}

function paymentOf({ payment_intent, charge }: StripeDispute): string[] {
  return present(payment_intent, charge);
}

function reinstated(dispute: StripeDispute): StripeFact {
  return { kind: 'reinstated', sourceId: dispute.id, references: paymentOf(dispute) };
}
