import * as z from 'zod';

/** What may be read of a key after it was made: never the key. */
export const apiKeySummarySchema = z.object({
  keyId: z.string(),
  name: z.string(),
  role: z.enum(['admin', 'merchant']),
  programId: z.string().optional().meta({ description: 'Absent: every programme.' }),
  createdAt: z.string(),
  createdBy: z
    .string()
    .optional()
    .meta({ description: 'Principal id of the person who made it, or stands behind the key that did.' }),
  revokedAt: z.string().optional(),
});
