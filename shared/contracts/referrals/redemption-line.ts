import * as z from 'zod';

/** What the confirmation of a redemption writes to the log, as the count reads it; it names neither code nor customer. */
export const redemptionLineSchema = z.object({
  type: z.literal('redemption'),
  programId: z.string(),
  redemptionId: z.string(),
  /** Absent in lines from before redemptions were counted by day. */
  at: z.number().int().nonnegative().optional(),
});
