import * as z from 'zod';
import { changeItemSchema } from '#shared/adapters/dynamodb/referrals/change-items';
import { storedInstantSchema } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import type { LinkChange, StoredLink } from '#shared/application/tracking/ports';

const utmTemplatesSchema = z.object({
  source: z.string().optional(),
  medium: z.string().optional(),
  campaign: z.string().optional(),
  term: z.string().optional(),
  content: z.string().optional(),
});

/** What can change of a link. The end of its time is not called `expiresAt`: that attribute is the table's own, and deletes. */
const contentShape = {
  destination: z.string(),
  status: z.enum(['active', 'paused']),
  validUntil: storedInstantSchema.optional(),
  utm: z.string().optional(),
  utmTemplates: utmTemplatesSchema.optional(),
  campaign: z.string().optional(),
  description: z.string().optional(),
  disclosedAs: z.string().optional(),
  pausedBy: z.enum(['staff', 'partner']).optional(),
};

const linkItemSchema = z.object({
  ...contentShape,
  // Links from before they could be paused.
  status: contentShape.status.default('active'),
  linkId: z.string(),
  slug: z.string(),
  programId: z.string(),
  partnerId: z.string(),
  version: z.number().optional(),
  createdAt: storedInstantSchema,
});

const linkChangeItemSchema = changeItemSchema(contentShape);

export function linkOfItem(item: unknown): StoredLink {
  return linkItemSchema.parse(item);
}

export function linkChangeOfItem(item: unknown): LinkChange {
  return linkChangeItemSchema.parse(item);
}
