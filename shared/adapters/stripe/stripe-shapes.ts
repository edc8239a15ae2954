import * as z from 'zod';

/**
 * What is read of Stripe's objects, and nothing else: no name, address or telephone number ever leaves the parse. Both the
 * shapes before API version 2025-03-31 (an invoice names its charge, payment intent and subscription) and after it (its
 * payments are objects of their own, the subscription stands under `parent`).
 */

const MAX_ID_LENGTH = 128;
/** Ids become parts of keys and order numbers. */
const stripeIdSchema = z.string().regex(new RegExp(`^[A-Za-z0-9_]{1,${MAX_ID_LENGTH}}$`), 'must be an id of Stripe');
/** A reference to another object: its id, or the object where it was expanded. */
const referenceSchema = z
  .union([stripeIdSchema, z.object({ id: stripeIdSchema }).transform(({ id }) => id)])
  .nullish()
  .transform((id) => id ?? undefined);
const amountSchema = z.int().transform(BigInt);
const secondsSchema = z.int().min(0).max(4_102_444_800);

const metadataSchema = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((metadata) => ({ clickToken: textOf(metadata?.ts_click), code: textOf(metadata?.ts_code) }));

/** Longer than a value of metadata can be. */
const MAX_TOUCH_LENGTH = 512;

/** Neither a token nor a code has an `@`; an address that was put there instead is not kept. */
function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '' || value.includes('@')) return undefined;
  return value.length <= MAX_TOUCH_LENGTH ? value : undefined;
}

/** A discount where it is an object; older versions and lists that were not expanded have ids, which say nothing. */
const discountSchema = z
  .union([z.string(), z.object({ promotion_code: referenceSchema.optional() })])
  .nullish()
  .transform((discount) => (typeof discount === 'object' ? discount?.promotion_code : undefined));
const discountsSchema = z
  .array(discountSchema)
  .nullish()
  .transform((discounts) => (discounts ?? []).filter((id) => id !== undefined));

const taxesSchema = z
  .array(z.object({ amount: amountSchema }))
  .nullish()
  .transform((taxes) => taxes?.reduce((sum, { amount }) => sum + amount, 0n));

export const sessionSchema = z.object({
  id: stripeIdSchema,
  mode: z.string(),
  payment_status: z.string(),
  currency: z.string().nullish(),
  amount_total: amountSchema.nullish(),
  total_details: z.object({ amount_tax: amountSchema.nullish() }).nullish(),
  customer: referenceSchema.optional(),
  customer_details: z.object({ email: z.string().nullish() }).nullish(),
  customer_email: z.string().nullish(),
  subscription: referenceSchema.optional(),
  invoice: referenceSchema.optional(),
  invoice_creation: z.object({ enabled: z.boolean().nullish() }).nullish(),
  payment_intent: referenceSchema.optional(),
  client_reference_id: z.string().nullish(),
  metadata: metadataSchema,
  discounts: discountsSchema,
});
export type StripeSession = z.output<typeof sessionSchema>;

const subscriptionDetailsSchema = z
  .object({ subscription: referenceSchema.optional(), metadata: metadataSchema })
  .nullish();
const paidBySchema = z.object({
  payment_intent: referenceSchema.optional(),
  charge: referenceSchema.optional(),
});

export const invoiceSchema = z.object({
  id: stripeIdSchema,
  currency: z.string(),
  total: amountSchema,
  amount_paid: amountSchema,
  total_excluding_tax: amountSchema.nullish(),
  total_taxes: taxesSchema,
  total_tax_amounts: taxesSchema,
  tax: amountSchema.nullish(),
  customer: referenceSchema.optional(),
  customer_account: referenceSchema.optional(),
  customer_email: z.string().nullish(),
  status_transitions: z.object({ paid_at: secondsSchema.nullish() }).nullish(),
  metadata: metadataSchema,
  discount: discountSchema,
  discounts: discountsSchema,
  parent: z.object({ subscription_details: subscriptionDetailsSchema }).nullish(),
  subscription_details: subscriptionDetailsSchema,
  subscription: referenceSchema.optional(),
  charge: referenceSchema.optional(),
  payment_intent: referenceSchema.optional(),
  payments: z.object({ data: z.array(z.object({ payment: paidBySchema })) }).nullish(),
});
export type StripeInvoice = z.output<typeof invoiceSchema>;

export const invoicePaymentSchema = z.object({ invoice: referenceSchema, payment: paidBySchema });

export const chargeSchema = z.object({
  id: stripeIdSchema,
  currency: z.string(),
  amount_refunded: amountSchema,
  payment_intent: referenceSchema.optional(),
  invoice: referenceSchema.optional(),
});

export const disputeSchema = z.object({
  id: stripeIdSchema,
  amount: amountSchema,
  currency: z.string(),
  status: z.string(),
  charge: referenceSchema.optional(),
  payment_intent: referenceSchema.optional(),
});

export type StripeDispute = z.output<typeof disputeSchema>;

export const eventSchema = z.object({
  id: stripeIdSchema,
  type: z.string().regex(/^[a-z0-9_.]{1,100}$/, 'must be the type of an event'),
  created: secondsSchema,
  livemode: z.boolean(),
  account: z.string().nullish(),
  data: z.object({ object: z.looseObject({ id: z.unknown() }) }),
});
