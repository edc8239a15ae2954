import * as z from 'zod';
import { signalsField } from '#shared/adapters/dynamodb/referrals/holds/signals-field';
import {
  CONVERSION_FACTS,
  conversionKey,
  factsOrder,
  factsPartition,
  firstPurchaseRank,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { rulesOfText, textOfRules } from '#shared/adapters/dynamodb/referrals/sales/rules-text';
import type { ConversionRecord } from '#shared/application/referrals/ports';
import type { CustomerHistory } from '#shared/domain/facts/first-purchase';
import type { Instant, Period } from '#shared/domain/time/instant';
import { ATTRIBUTION_REASONS, TOUCH_REJECTIONS } from '#shared/domain/tracking/attribution';

/** The document client gives a number when small and a bigint when large. */
export const storedMinorSchema = z.union([z.int(), z.bigint()]).transform(BigInt);
export const storedInstantSchema = z.string().transform((text) => text as Instant);
export const storedPeriodSchema = z.string().transform((text) => text as Period);

const touchShape = {
  kind: z.enum(['partner', 'binding', 'code', 'link']),
  reference: z.string().optional(),
  partnerId: z.string().optional(),
  at: z.number().optional(),
  clickId: z.string().optional(),
  flags: z.array(z.enum(['bot', 'prefetch', 'paid_search'])).optional(),
};
/** A touch that was remembered for a customer. */
export const rememberedTouchSchema = z.object(touchShape);
const touchSchema = z.object({
  ...touchShape,
  rejected: z.enum(TOUCH_REJECTIONS).optional(),
  outcome: z.enum(['won', 'outweighed', 'rejected']),
});

const conversionItemSchema = z.object({
  programId: z.string(),
  orderId: z.string(),
  customerId: z.string(),
  partnerId: z.string().optional(),
  occurredAt: storedInstantSchema,
  period: storedPeriodSchema,
  amountMinor: storedMinorSchema,
  currency: z.string(),
  refundedMinor: storedMinorSchema,
  nettedMinor: storedMinorSchema,
  earnsNothing: z.string().optional(),
  credits: z
    .array(z.object({ partnerId: z.string(), shareBps: z.int(), earnsNothing: z.string().optional() }))
    .optional(),
  credit: z.object({ sharesBps: z.array(z.int()), part: z.int() }).optional(),
  category: z.string().optional(),
  country: z.string().optional(),
  convertedFrom: z
    .object({
      minor: storedMinorSchema,
      currency: z.string(),
      rate: z.string(),
      source: z.string(),
      at: storedInstantSchema,
    })
    .optional(),
  touches: z.array(touchSchema),
  why: z.enum(ATTRIBUTION_REASONS),
  rules: z.string().transform(rulesOfText).optional(),
  settingsVersion: z.int().optional(),
  isNewCustomer: z.boolean().optional(),
  customerEmailHash: z.string().optional(),
  paymentHash: z.string().optional(),
  deviceHash: z.string().optional(),
  signals: signalsField.optional(),
  holdUntil: storedInstantSchema.optional(),
  holdChanges: z.int().optional(),
  customerFirstPurchaseAt: storedInstantSchema.optional(),
  recordedAt: storedInstantSchema,
  contentHash: z.string(),
  firstPurchasePeriod: storedPeriodSchema.optional(),
  reattributions: z.int().optional(),
  reattributedAt: storedInstantSchema.optional(),
});

/** One item of at most 1 kB for ordinary ids, so that recording it costs one write unit and its index entry another. */
export function conversionItem({ attribution, ...conversion }: ConversionRecord): Record<string, unknown> {
  return {
    ...conversionKey(conversion.programId, conversion.orderId),
    // A split sale counts by its parts, each an item of its own in the index.
    ...(conversion.credits ? {} : factsKeys(conversion)),
    ...conversion,
    ...attribution,
    rules: attribution.rules && textOfRules(attribution.rules),
  };
}

function factsKeys({
  programId,
  partnerId,
  period,
  occurredAt,
  orderId,
}: Pick<ConversionRecord, 'programId' | 'partnerId' | 'period' | 'occurredAt' | 'orderId'>): Record<string, unknown> {
  return {
    factsPk: factsPartition(programId, partnerId, period),
    factsSk: factsOrder(CONVERSION_FACTS, occurredAt, orderId),
  };
}

export function parseConversion(item: unknown): ConversionRecord {
  const { touches, why, rules, settingsVersion, partnerId, ...rest } = conversionItemSchema.parse(item);
  return { ...rest, partnerId, attribution: { touches, why, rules, settingsVersion } };
}

const customerItemSchema = z.object({
  firstPeriod: storedPeriodSchema.optional(),
  firstOccurredAt: storedInstantSchema.optional(),
  firstOrderId: z.string().optional(),
  firstRank: z.string().optional(),
  suppliedAt: storedInstantSchema.optional(),
  suppliedDates: z
    .array(
      z.object({
        at: storedInstantSchema,
        period: storedPeriodSchema,
        occurredAt: storedInstantSchema,
        recordedAt: storedInstantSchema,
      }),
    )
    .optional(),
});

export function parseHistory(item: unknown): CustomerHistory {
  const { firstPeriod, firstOccurredAt, firstOrderId, firstRank, suppliedAt, suppliedDates } =
    customerItemSchema.parse(item);
  const supplied = { suppliedAt, ...(suppliedDates ? { suppliedDates } : {}) };
  if (firstPeriod === undefined || firstOccurredAt === undefined || firstOrderId === undefined) return supplied;
  const first = { period: firstPeriod, occurredAt: firstOccurredAt, conversionId: firstOrderId };
  if (firstRank !== firstPurchaseRank(first))
    throw new Error('a customer item whose first purchase contradicts its rank');
  return { first, ...supplied };
}
