import * as z from 'zod';
import {
  CONVERSION_FACTS,
  conversionKey,
  factsOrder,
  factsPartition,
  firstPurchaseRank,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import type { ConversionRecord } from '#shared/application/referrals/ports';
import type { CustomerHistory } from '#shared/domain/facts/first-purchase';
import type { Instant, Period } from '#shared/domain/time/instant';

/** The document client gives a number when small and a bigint when large. */
export const storedMinorSchema = z.union([z.int(), z.bigint()]).transform(BigInt);
export const storedInstantSchema = z.string().transform((text) => text as Instant);
export const storedPeriodSchema = z.string().transform((text) => text as Period);

const touchSchema = z.object({
  kind: z.enum(['partner', 'code', 'link']),
  reference: z.string().optional(),
  partnerId: z.string().optional(),
  at: z.number().optional(),
  clickId: z.string().optional(),
  rejected: z
    .enum([
      'token_not_genuine',
      'other_program',
      'unknown_code',
      'code_disabled',
      'code_not_valid_then',
      'outside_window',
      'after_the_sale',
    ])
    .optional(),
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
  why: z.enum([
    'named_by_merchant',
    'only_touch',
    'code_beats_link',
    'link_beats_code',
    'last_touch',
    'first_touch',
    'no_touch',
    'no_valid_touch',
  ]),
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
    factsPk: factsPartition(conversion.programId, conversion.partnerId, conversion.period),
    factsSk: factsOrder(CONVERSION_FACTS, conversion.occurredAt, conversion.orderId),
    ...conversion,
    touches: attribution.touches,
    why: attribution.why,
  };
}

export function parseConversion(item: unknown): ConversionRecord {
  const { touches, why, partnerId, ...rest } = conversionItemSchema.parse(item);
  return { ...rest, partnerId, attribution: { touches, why } };
}

const customerItemSchema = z.object({
  firstPeriod: storedPeriodSchema.optional(),
  firstOccurredAt: storedInstantSchema.optional(),
  firstOrderId: z.string().optional(),
  firstRank: z.string().optional(),
  suppliedAt: storedInstantSchema.optional(),
});

export function parseHistory(item: unknown): CustomerHistory {
  const { firstPeriod, firstOccurredAt, firstOrderId, firstRank, suppliedAt } = customerItemSchema.parse(item);
  if (firstPeriod === undefined || firstOccurredAt === undefined || firstOrderId === undefined) return { suppliedAt };
  const first = { period: firstPeriod, occurredAt: firstOccurredAt, conversionId: firstOrderId };
  if (firstRank !== firstPurchaseRank(first))
    throw new Error('a customer item whose first purchase contradicts its rank');
  return { first, suppliedAt };
}
