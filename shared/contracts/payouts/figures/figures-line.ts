import * as z from 'zod';
import { periodSchema } from '#shared/contracts/fields';

/** What whoever showed old figures, or could not wait for new ones, writes to the log: a wish, and no fact. */
export const figuresLineSchema = z.object({
  type: z.literal('figures'),
  programId: z.string(),
  partnerId: z.string(),
  period: periodSchema,
  kind: z.enum(['month', 'sales_days']),
});
