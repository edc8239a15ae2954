import * as z from 'zod';
import { stripeEventKey, stripeEventListing, stripeOrderKey } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { storedInstantSchema, storedMinorSchema } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import type { StripeEventRecord, StripeOrder, StripeSource } from '#shared/application/referrals/stripe/ports';
import { toEpochMs } from '#shared/domain/time/instant';

const DAY_MS = 86_400_000;
/** Stripe itself shows and sends events for 30 days; what is done is in the sales and refunds for ever. */
const SETTLED_KEPT_DAYS = 90;

const referencesSchema = z.array(z.string());
const touchFields = { clickToken: z.string().optional(), code: z.string().optional() };
const factSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('sale'),
    orderId: z.string(),
    customerId: z.string(),
    references: referencesSchema,
    paidMinor: storedMinorSchema,
    baseMinor: storedMinorSchema,
    currency: z.string(),
    occurredAt: storedInstantSchema,
    touch: z.object(touchFields),
    subscriptionId: z.string().optional(),
    customerEmailHash: z.string().optional(),
    mayWait: z.boolean(),
  }),
  z.object({
    kind: z.literal('touch'),
    references: referencesSchema,
    customerId: z.string().optional(),
    touch: z.object(touchFields),
    occurredAt: storedInstantSchema,
  }),
  z.object({ kind: z.literal('payment'), orderId: z.string(), references: referencesSchema }),
  z.object({
    kind: z.literal('taking'),
    takenAs: z.enum(['refund', 'chargeback']),
    sourceId: z.string(),
    orderId: z.string().optional(),
    references: referencesSchema,
    takenMinor: storedMinorSchema,
    currency: z.string(),
    occurredAt: storedInstantSchema,
  }),
  z.object({ kind: z.literal('reinstated'), sourceId: z.string(), references: referencesSchema }),
  z.object({ kind: z.literal('nothing'), status: z.enum(['ignored', 'failed']), reason: z.string() }),
]);

const planSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('record_conversion'),
    orderId: z.string(),
    customerId: z.string(),
    occurredAt: storedInstantSchema,
    amountMinor: storedMinorSchema,
    currency: z.string(),
    ...touchFields,
    partnerId: z.string().optional(),
    credits: z.array(z.object({ partnerId: z.string(), shareBps: z.int() })).optional(),
    withoutPartnerIds: z.array(z.string()).optional(),
    customerEmailHash: z.string().optional(),
  }),
  z.object({
    kind: z.literal('record_refund'),
    refundId: z.string(),
    orderId: z.string(),
    occurredAt: storedInstantSchema,
    amountMinor: storedMinorSchema,
    refundKind: z.enum(['refund', 'chargeback']),
  }),
  z.object({ kind: z.literal('nothing'), reason: z.string() }),
]);

const eventItemSchema = z.object({
  programId: z.string(),
  eventId: z.string(),
  type: z.string(),
  createdAt: storedInstantSchema,
  receivedAt: storedInstantSchema,
  objectId: z.string().optional(),
  fact: factSchema,
  status: z.enum(['recorded', 'waiting', 'done', 'ignored', 'failed']),
  reason: z.string().optional(),
  detail: z.string().optional(),
  plan: planSchema.optional(),
  dueAt: storedInstantSchema.optional(),
});

export function parseStripeEvent(item: unknown): StripeEventRecord {
  return eventItemSchema.parse(item);
}

export function stripeEventItem(record: StripeEventRecord): Record<string, unknown> {
  const { programId, eventId } = record;
  return { ...stripeEventKey(programId, eventId), ...record, ...stripePlacing(record) };
}

/** Where an event of a status stands in the lists, and until when it is kept. */
export function stripePlacing({
  programId,
  eventId,
  status,
  dueAt,
  createdAt,
  receivedAt,
}: Pick<StripeEventRecord, 'programId' | 'eventId' | 'status' | 'dueAt' | 'createdAt' | 'receivedAt'>): {
  readonly factsPk: string;
  readonly factsSk: string;
  readonly expiresAt?: number | undefined;
} {
  const { pk: factsPk, sk: factsSk } = stripeEventListing(programId, status, dueAt ?? createdAt, eventId);
  const isSettled = status === 'done' || status === 'ignored';
  const keptUntilMs = toEpochMs(receivedAt) + SETTLED_KEPT_DAYS * DAY_MS;
  return { factsPk, factsSk, expiresAt: isSettled ? Math.ceil(keptUntilMs / 1_000) : undefined };
}

const orderItemSchema = z.object({
  orderId: z.string(),
  currency: z.string(),
  paidMinor: storedMinorSchema,
  baseMinor: storedMinorSchema,
  taken: z.record(z.string(), storedMinorSchema),
  reversedMinor: storedMinorSchema,
  revision: z.int(),
});

export function parseStripeOrder(item: unknown): StripeOrder {
  return orderItemSchema.parse(item);
}

export function stripeOrderItem(programId: string, order: StripeOrder): Record<string, unknown> {
  return { ...stripeOrderKey(programId, order.orderId), ...order };
}

export const touchItemSchema = z.object({ ...touchFields, at: storedInstantSchema });

const sourceItemSchema = z.object({
  programId: z.string(),
  enabled: z.boolean(),
  mode: z.enum(['live', 'test']),
  secretEnd: z.string(),
  previousValidUntil: storedInstantSchema.optional(),
  promotionCodes: z.record(z.string(), z.string()),
  changedAt: storedInstantSchema,
  changedBy: z.string(),
  onBehalfOf: z.string().optional(),
});

export function parseStripeSource(item: unknown): StripeSource {
  return sourceItemSchema.parse(item);
}
