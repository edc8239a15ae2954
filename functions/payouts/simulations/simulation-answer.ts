import { replacesCustomTerms } from '#shared/application/payouts/simulations/simulated-plan';
import type {
  Simulation,
  SimulationPlan,
  SimulationProgress,
  SimulationResult,
} from '#shared/application/payouts/simulations/simulation';

/** The plan and the months as they were asked for. */
function which({ plan, from, to, replaces }: SimulationPlan): Record<string, unknown> {
  const named =
    plan.kind === 'draft'
      ? { draftId: plan.draftId, revision: plan.revision }
      : { planVersion: plan.kind === 'in_force' ? plan.kind : plan.planVersion };
  const given = replaces === undefined ? {} : { replaces };
  return { ...named, ...given, replacesCustomTerms: replacesCustomTerms({ plan, replaces }), from, to };
}

/** A result as the API answers it. */
export function simulationResult(result: SimulationResult): Record<string, unknown> {
  const { plan: _, months, simulationId, from: __, to: ___, replaces: ____, ...summary } = result;
  return {
    simulationId,
    ...which(result),
    estimate: months.some(({ runId }) => runId === undefined),
    months: months.map((month) => ({ ...month, estimate: month.runId === undefined })),
    runIds: months.flatMap(({ runId }) => runId ?? []),
    ...summary,
  };
}

/** A simulation and how far it is. */
export function simulationStatus(
  simulation: Simulation,
  progress: SimulationProgress,
  result?: SimulationResult,
): Record<string, unknown> {
  const { simulationId, status, requestedBy, requestedAt, finishedAt, failure, shards } = simulation;
  return {
    simulationId,
    status,
    ...which(simulation),
    requestedBy,
    requestedAt,
    finishedAt,
    progress: { shards: shards?.length, ...progress },
    failure,
    ...(result ? { result: simulationResult(result) } : {}),
  };
}
