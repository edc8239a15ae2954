import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';

const saidSchema = z.object({ reason: z.string(), by: z.string(), at: z.string() });

export const payoutHoldSchema = saidSchema.extend({
  holdId: z.string(),
  partnerId: z.string(),
  release: saidSchema.optional().meta({ description: 'Absent while the hold is in force.' }),
});

export const partnerHoldParams = z.object({ programId: idSchema, partnerId: idSchema });

export const holdReasonSchema = z.strictObject({ reason: z.string().trim().min(1).max(1000) });
