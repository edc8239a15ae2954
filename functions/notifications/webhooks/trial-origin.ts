import * as z from 'zod';
import { readEnvironment } from '#functions/runtime/environment';

/** A receiver on this machine that may be asked, for trials; empty otherwise. */
export const { WEBHOOK_TRIAL_ORIGIN: trialOrigin } = readEnvironment(z.object({ WEBHOOK_TRIAL_ORIGIN: z.string() }));
