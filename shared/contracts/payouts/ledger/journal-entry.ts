import * as z from 'zod';
import { instantSchema } from '#shared/contracts/fields';
import { ENTRY_KINDS } from '#shared/domain/ledger/journal';
import type { Instant } from '#shared/domain/time/instant';

const RULE = 'must be a date such as 2026-01-31 or a time with a zone such as 2026-01-31T23:59:59Z';
const startOfDateSchema = z.iso.date().transform((date) => `${date}T00:00:00.000Z` as Instant);
const endOfDateSchema = z.iso.date().transform((date) => `${date}T23:59:59.999Z` as Instant);

/** Instants of posting, both inclusive; a date means its UTC day. */
export const postedFromSchema = z.union([instantSchema, startOfDateSchema], { error: RULE });
export const postedToSchema = z.union([instantSchema, endOfDateSchema], { error: RULE });

export const entryKindSchema = z.enum(ENTRY_KINDS);

export const journalEntrySchema = z.object({
  entryId: z.string().meta({ example: 'post~2026-01.1~anna~EUR' }),
  postedAt: z.string(),
  kind: entryKindSchema,
  partnerId: z.string(),
  currency: z.string(),
  postings: z.array(
    z.object({
      account: z.string().meta({ example: 'partner:anna:payable' }),
      amountMinor: z.int().meta({ description: 'Debits are positive, credits negative: they add up to zero.' }),
    }),
  ),
  links: z.object({
    statementId: z.string().optional(),
    payoutId: z.string().optional(),
    reverses: z.string().optional().meta({ description: 'The entry that this one takes back.' }),
  }),
  description: z.string(),
});
