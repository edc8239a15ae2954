import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';
import { CONVERSION_SK, SALE_PART_SK_PREFIX } from '#shared/adapters/dynamodb/referrals/referrals-keys';
import { storedInstantSchema, storedMinorSchema } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import type { PartnerSale } from '#shared/application/referrals/sales/sale-events';

const anything = { S: [{ exists: true }] };
const sales = { Keys: { sk: { S: [CONVERSION_SK, { prefix: SALE_PART_SK_PREFIX }] } } };

/**
 * Of the Referrals table's stream, what its function is called for: sales that a partner has and their parts, when they are recorded
 * and when they move. Clicks, customers and refunds are none of it; nor is a split sale as a whole, which is nobody's.
 */
export const SALE_RECORDS = [
  { eventName: ['INSERT'], dynamodb: { ...sales, NewImage: { partnerId: anything } } },
  { eventName: ['MODIFY'], dynamodb: { ...sales, NewImage: { partnerId: anything, reattributedAt: anything } } },
];

const saleSchema = z
  .object({
    sk: z.string(),
    programId: z.string(),
    orderId: z.string(),
    partnerId: z.string().optional(),
    credits: z.array(z.unknown()).optional(),
    occurredAt: storedInstantSchema,
    amountMinor: storedMinorSchema,
    currency: z.string(),
    earnsNothing: z.string().optional(),
    recordedAt: storedInstantSchema,
    reattributedAt: storedInstantSchema.optional(),
  })
  .transform(({ sk, credits, recordedAt, reattributedAt, ...sale }) => ({
    ...sale,
    changedAt: reattributedAt ?? recordedAt,
    isWhole: credits !== undefined && sk === CONVERSION_SK,
  }));

/** A sale or a part of one, as it was and as it is; `undefined` for every other record, and of a sale that is nobody's. */
export function saleChangeOfRecord(
  record: DynamoDBRecord,
): { readonly before: PartnerSale | undefined; readonly after: PartnerSale } | undefined {
  const sk = record.dynamodb?.Keys?.sk?.S;
  if (sk !== CONVERSION_SK && !sk?.startsWith(SALE_PART_SK_PREFIX)) return undefined;
  const after = saleOf(record.dynamodb?.NewImage);
  return after && { before: saleOf(record.dynamodb?.OldImage), after };
}

function saleOf(image: unknown): PartnerSale | undefined {
  if (image === undefined) return undefined;
  const { isWhole, partnerId, ...sale } = saleSchema.parse(unmarshall(image as Record<string, AttributeValue>));
  return isWhole || partnerId === undefined ? undefined : { ...sale, partnerId };
}
