import { Failure } from '#shared/application/failure';
import type {
  Simulation,
  SimulationFiles,
  SimulationId,
  SimulationProgress,
  SimulationResult,
  SimulationStore,
} from './simulation.ts';

export type GetSimulation = (id: SimulationId) => Promise<{
  readonly simulation: Simulation;
  readonly progress: SimulationProgress;
  readonly result?: SimulationResult | undefined;
}>;

/** How far a simulation is, and, once it is done, what it came to. @throws Failure not_found */
export function makeGetSimulation(deps: {
  simulations: Pick<SimulationStore, 'get' | 'progress'>;
  files: Pick<SimulationFiles, 'result'>;
}): GetSimulation {
  return async ({ programId, simulationId }) => {
    const simulation = await deps.simulations.get(programId, simulationId);
    if (!simulation) {
      throw new Failure('not_found', 'Check the simulation id: POST .../simulations answers it.', {
        errors: [{ pointer: 'path:simulationId', rule: 'must be the id of a simulation of this programme' }],
      });
    }
    const [progress, result] = await Promise.all([
      deps.simulations.progress(programId, simulationId),
      simulation.resultKey === undefined ? undefined : deps.files.result(simulation.resultKey),
    ]);
    return { simulation, progress, result };
  };
}
