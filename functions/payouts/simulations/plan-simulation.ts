import * as z from 'zod';
import { partners } from '#functions/payouts/partners-composition';
import { files, simulations } from '#functions/payouts/simulations/simulation-composition';
import { clock, shards } from '#functions/payouts/task-composition';
import { makePlanSimulation } from '#shared/application/payouts/simulations/run-simulation';

const planShards = makePlanSimulation({ simulations, files, shards, partners, clock });

const eventSchema = z.object({ programId: z.string(), simulationId: z.string() });

/** First task of a simulation's workflow. */
export const handler = (event: unknown): ReturnType<typeof planShards> => planShards(eventSchema.parse(event));
