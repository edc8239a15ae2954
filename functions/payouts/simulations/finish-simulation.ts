import * as z from 'zod';
import { files, simulations } from '#functions/payouts/simulations/simulation-composition';
import { clock } from '#functions/payouts/task-composition';
import { makeFinishSimulation } from '#shared/application/payouts/simulations/run-simulation';

/** A cause may carry a stack; its first characters say what happened. */
const MAX_REASON = 500;

const finish = makeFinishSimulation({ simulations, files, clock });

const eventSchema = z.object({
  programId: z.string(),
  simulationId: z.string(),
  /** As Step Functions hands on what a task threw. */
  failure: z.object({ code: z.string(), reason: z.string().transform((text) => text.slice(0, MAX_REASON)) }).optional(),
});

/** Last task of a simulation's workflow, also after a failure. */
export const handler = (event: unknown): Promise<void> => finish(eventSchema.parse(event));
