import * as z from 'zod';
import { SIGNAL_CODES } from '#shared/domain/fraud/fraud-signal';

/** Signals as a sale and its hold keep them. */
export const signalsField = z.array(
  z.object({ code: z.enum(SIGNAL_CODES), action: z.enum(['hold', 'flag']), evidence: z.string() }),
);
