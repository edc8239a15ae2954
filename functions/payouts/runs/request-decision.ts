import * as z from 'zod';
import { runEventSchema, runs } from '#functions/payouts/task-composition';
import { makeRequestDecision } from '#shared/application/payouts/runs/request-decision';

const eventSchema = runEventSchema.extend({ taskToken: z.string().min(1) });
const requestDecision = makeRequestDecision({ runs });

/** Task of the payout run's workflow: it waits until somebody returns the token. */
export const handler = (event: unknown): Promise<void> => requestDecision(eventSchema.parse(event));
