import { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { readEnvironment } from '#functions/runtime/environment';
import { digest } from '#shared/adapters/digest';
import { startOnce } from '#shared/adapters/run-workflow';
import { makeStartSimulation } from '#shared/application/payouts/simulations/start-simulation';
import { simulationRequestedSchema } from '#shared/contracts/events';

const { SIMULATION_MACHINE_ARN: machineArn } = readEnvironment(z.object({ SIMULATION_MACHINE_ARN: z.string() }));
const client = new SFNClient({});

const start = makeStartSimulation({ start: (name, input) => startOnce({ client, machineArn }, name, input), digest });

const eventSchema = z.object({ detail: simulationRequestedSchema });

/** Called by the event rule for `simulation.requested`. */
export const handler = (event: unknown): Promise<void> => start(eventSchema.parse(event).detail);
