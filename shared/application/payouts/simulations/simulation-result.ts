import { Failure } from '#shared/application/failure';
import { isSafeMinor } from '#shared/domain/money/money';
import type { SimulatedPartner } from '#shared/domain/simulation/simulated-partner';
import { MAX_SIMULATED_ITEMS, summariseSimulation } from '#shared/domain/simulation/simulation-summary';
import type { SimulationPlan, SimulationResult } from './simulation.ts';

/**
 * What a simulation answers, out of what each partner came to.
 * @throws Failure simulation_too_large, amount_out_of_range: no list could state it
 */
export function resultOf(
  simulation: SimulationPlan & { readonly simulationId: string },
  outcomes: Iterable<SimulatedPartner>,
): SimulationResult {
  const { simulationId, plan, from, to, replaces, months } = simulation;
  const summary = summariseSimulation(outcomes);
  if (summary.items.length > MAX_SIMULATED_ITEMS) throw tooLarge(`it has more than ${MAX_SIMULATED_ITEMS} rows`);
  const sums = [...summary.totals, ...summary.monthTotals, ...summary.tiers].flatMap((row) => Object.values(row));
  if (!sums.every((value) => typeof value !== 'bigint' || isSafeMinor(value))) {
    throw new Failure('amount_out_of_range', 'Simulate fewer months at once: a total is above 2^53 - 1 minor units.', {
      errors: [{ pointer: '/to', rule: 'must be closer to from: a total cannot be stated exactly' }],
    });
  }
  return { simulationId, plan, from, to, replaces, months, ...summary };
}

export function tooLarge(why: string): Failure {
  return new Failure('simulation_too_large', `Simulate fewer months at once: ${why}.`, {
    errors: [{ pointer: '/to', rule: `must be closer to from: ${why}` }],
  });
}
