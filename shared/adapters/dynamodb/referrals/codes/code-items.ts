import * as z from 'zod';
import { changeItemSchema } from '#shared/adapters/dynamodb/referrals/change-items';
import { storedTermsShape } from '#shared/adapters/dynamodb/referrals/codes/terms-items';
import { storedInstantSchema } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import type { CodeChange, StoredCode } from '#shared/application/tracking/codes/code-ports';

/** What can change of a code. The end of its time is not called `expiresAt`: that attribute is the table's own, and deletes. */
const contentShape = {
  ...storedTermsShape,
  description: z.string().optional(),
  destination: z.string().optional(),
  payeeName: z.string(),
  maxRedemptions: z.number().optional(),
  maxPerCustomer: z.number().optional(),
  validFrom: storedInstantSchema.optional(),
  validUntil: storedInstantSchema.optional(),
  disabled: z.boolean().optional(),
};

const codeItemSchema = z.object({
  ...contentShape,
  code: z.string(),
  programId: z.string(),
  partnerId: z.string(),
  merchantName: z.string(),
  isChosen: z.boolean().optional(),
  batchId: z.string().optional(),
  version: z.number().optional(),
  createdAt: storedInstantSchema,
});

const codeChangeItemSchema = changeItemSchema(contentShape);

export const codeBatchItemSchema = z.object({ seed: z.string(), contentHash: z.string() });

export function codeOfItem(item: unknown): StoredCode {
  return codeItemSchema.parse(item);
}

export function codeChangeOfItem(item: unknown): CodeChange {
  return codeChangeItemSchema.parse(item);
}
