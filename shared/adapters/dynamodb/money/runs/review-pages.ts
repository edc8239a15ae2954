import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { instantField, minorField } from '#shared/adapters/dynamodb/money/money-fields';
import { PAYOUT_RAILS } from '#shared/domain/ledger/payout';
import { RAIL_PROBLEMS, REVIEW_FLAGS, REVIEW_OUTCOMES } from '#shared/domain/run/review';
import type { ReviewPage } from '#shared/domain/run/review-summary';

/**
 * Rows are stored as one packed text a page, amounts in decimals: about a tenth of their size. All pages of a run lie in one
 * partition, which takes a thousand units a second: as plain fields, those of a million partners take half of a call's time.
 */
const pageFields = { shard: z.string(), ordinal: z.number() };
const packedSchema = z.object({ ...pageFields, packed: z.instanceof(Uint8Array) });
const amountText = z
  .string()
  .regex(/^-?\d+$/)
  .transform(BigInt);
const packedRowsSchema = z.array(rowSchemaOf(amountText));
/** As earlier versions stored them. */
const plainSchema = z.object({ ...pageFields, rows: z.array(rowSchemaOf(minorField)) });

export function reviewPageItem({ shard, ordinal, rows }: ReviewPage): Record<string, unknown> {
  const text = JSON.stringify(rows, (_name, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
  return { shard, ordinal, packed: gzipSync(text) };
}

/** @throws ZodError or a fault of unpacking: a page that cannot be read is not one without rows */
export function reviewPageOfItem(item: Record<string, unknown>): ReviewPage {
  if (!('packed' in item)) return plainSchema.parse(item);
  const { packed, ...page } = packedSchema.parse(item);
  return { ...page, rows: packedRowsSchema.parse(JSON.parse(gunzipSync(packed).toString('utf8'))) };
}

function rowSchemaOf<Minor extends z.ZodType<bigint>>(minor: Minor) {
  const outcome = z.enum(REVIEW_OUTCOMES);
  return z.object({
    partnerId: z.string(),
    currency: z.string(),
    outcome,
    flags: z.array(z.enum(REVIEW_FLAGS)),
    statement: z
      .object({
        earnedMinor: minor,
        clawbackMinor: minor,
        adjustmentMinor: minor,
        openingBalanceMinor: minor,
        payableMinor: minor,
        closingBalanceMinor: minor,
      })
      .optional(),
    waitingPayouts: z.number(),
    waitingMinor: minor,
    payee: z
      .object({ payeeId: z.string(), rail: z.enum(PAYOUT_RAILS), usableFrom: instantField.optional() })
      .optional(),
    railProblem: z.enum(RAIL_PROBLEMS).optional(),
    lastPaid: z.object({ runId: z.string(), payeeId: z.string().optional() }).optional(),
    before: z.object({ earnedMinor: minor, payableMinor: minor }).optional(),
    standingHolds: z.array(z.string()),
    openDisputes: z.number(),
    heldSales: z.number(),
    heldSalesMinor: minor,
    attemptBefore: z
      .object({
        outcome,
        earnedMinor: minor,
        dueMinor: minor,
        carriedMinor: minor,
        payeeId: z.string().optional(),
      })
      .optional(),
  });
}
