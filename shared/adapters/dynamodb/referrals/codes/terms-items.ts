import * as z from 'zod';
import { storedMinorSchema } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';

/** What a code offers, as codes and the reservations made of them keep it. */
export const storedTermsShape = {
  discount: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('percent'), rateBps: z.number(), capMinor: storedMinorSchema.optional() }),
      z.object({ kind: z.literal('fixed'), amountMinor: storedMinorSchema }),
      z.object({ kind: z.literal('free_period'), length: z.number(), unit: z.enum(['days', 'months']) }),
    ])
    .optional(),
  currency: z.string().optional(),
  minimumSpendMinor: storedMinorSchema.optional(),
  newCustomersOnly: z.boolean().optional(),
};
