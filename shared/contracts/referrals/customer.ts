import * as z from 'zod';
import { idSchema, referenceSchema } from '#shared/contracts/fields';

/** Whose a customer is. */
export const customerParams = z.object({ programId: idSchema, customerId: referenceSchema });

export const customerPartnerSchema = z.object({
  customerId: z.string(),
  partnerId: z.string().nullable().meta({
    description: 'Whom a sale made now, without a better claim, goes to. Null: nobody.',
  }),
  since: z.string().optional(),
  until: z.string().optional().meta({ description: 'Exclusive. Absent: until somebody says otherwise.' }),
  orderId: z.string().optional().meta({ description: 'The sale that bound the customer; absent: a person did.' }),
  bindings: z
    .array(
      z.object({
        number: z.int(),
        partnerId: z.string().nullable(),
        from: z.string(),
        orderId: z.string().optional(),
      }),
    )
    .meta({
      description: 'In the order recorded. Of those that began at or before a sale, the last one is the one it finds.',
    }),
  changes: z
    .array(
      z.object({
        number: z.int(),
        at: z.string(),
        by: z.string(),
        reason: z.string(),
        before: z.string().nullable(),
        after: z.string().nullable(),
      }),
    )
    .meta({ description: 'By people, newest first; at most 100.' }),
});
