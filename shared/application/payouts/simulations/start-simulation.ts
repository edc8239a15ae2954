import type { Digest } from '#shared/application/ports';
import type { SimulationId } from './simulation.ts';

/** Execution names take 80 characters of a small alphabet; programme ids may hold others. */
const NAME_DIGEST_DIGITS = 32;

/**
 * Starts the workflow of a simulation, once: its name follows from the simulation, so that an event delivered twice starts
 * nothing new.
 */
export function makeStartSimulation(deps: {
  /** Starting the same name twice is fine. */
  start: (name: string, input: SimulationId) => Promise<void>;
  digest: Digest;
}): (simulation: SimulationId) => Promise<void> {
  return ({ programId, simulationId }) => {
    const id = deps.digest(`${programId}/${simulationId}`).slice(0, NAME_DIGEST_DIGITS);
    return deps.start(`simulation-${id}`, { programId, simulationId });
  };
}
