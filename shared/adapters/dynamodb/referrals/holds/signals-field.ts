import * as z from 'zod';
import { SIGNAL_CODES } from '#shared/domain/fraud/fraud-signal';

export const signalField = z.object({
  code: z.enum(SIGNAL_CODES),
  action: z.enum(['hold', 'flag']),
  evidence: z.string(),
});

/** Signals as a sale and its hold keep them. */
export const signalsField = z.array(signalField);
