import * as z from 'zod';
import { storedInstantSchema } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';

/** A change that is kept of a link or a code: who made it, and of its content what differs. */
export function changeItemSchema<T extends z.ZodRawShape>(content: T) {
  return z.object({
    sequence: z.number(),
    at: storedInstantSchema,
    by: z.string(),
    onBehalfOf: z.string().optional(),
    before: z.object(content).partial(),
    after: z.object(content).partial(),
  });
}
