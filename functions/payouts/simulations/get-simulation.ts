import { simulationStatus } from '#functions/payouts/simulations/simulation-answer';
import { files, simulations } from '#functions/payouts/simulations/simulation-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeGetSimulation } from '#shared/application/payouts/simulations/get-simulation';
import { getSimulationRoute } from '#shared/contracts/payouts/simulations/get-simulation';

const readSimulation = makeGetSimulation({ simulations, files });

export const getSimulation: HttpHandler<typeof getSimulationRoute> = async ({ params }) => {
  const { simulation, progress, result } = await readSimulation(params);
  return simulationStatus(simulation, progress, result);
};

export const handler = httpFunction(getSimulationRoute, getSimulation);
