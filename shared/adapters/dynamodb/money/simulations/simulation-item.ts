import * as z from 'zod';
import { instantField, periodField } from '#shared/adapters/dynamodb/money/money-fields';
import { simulationKey } from '#shared/adapters/dynamodb/money/money-keys';
import { componentsFromText, componentsToText } from '#shared/application/payouts/plans/plan-text';
import type { Simulation } from '#shared/application/payouts/simulations/simulation';

export const SIMULATION_ITEM_TYPE = 'simulation';

/** The plan of a simulation, in an item and in a file: a draft's components are one text, as a published plan's are. */
export const simulatedPlanField = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('published'), planVersion: z.number() }),
  z.object({
    kind: z.literal('draft'),
    draftId: z.string(),
    revision: z.number(),
    components: z.string().transform(componentsFromText),
  }),
  z.object({ kind: z.literal('in_force') }),
]);

export const simulationPlanFields = {
  plan: simulatedPlanField,
  from: periodField,
  to: periodField,
  replaces: z.array(z.number()).optional(),
  months: z.array(z.object({ period: periodField, runId: z.string().optional() })),
};

const simulationItemSchema = z.object({
  programId: z.string(),
  simulationId: z.string(),
  ...simulationPlanFields,
  requestHash: z.string(),
  requestedBy: z.string(),
  requestedAt: instantField,
  status: z.enum(['running', 'done', 'failed']),
  shards: z.array(z.string()).optional(),
  facts: z.number().optional(),
  finishedAt: instantField.optional(),
  resultKey: z.string().optional(),
  failure: z.object({ code: z.string(), reason: z.string() }).optional(),
});

export function simulationOfItem(item: unknown): Simulation {
  return simulationItemSchema.parse(item);
}

export function itemOfSimulation(simulation: Simulation): Record<string, unknown> {
  const { programId, simulationId, plan } = simulation;
  return {
    ...simulationKey(programId, simulationId),
    type: SIMULATION_ITEM_TYPE,
    ...simulation,
    plan: planToStore(plan),
  };
}

export function planToStore(plan: Simulation['plan']): Record<string, unknown> {
  return plan.kind === 'draft' ? { ...plan, components: componentsToText(plan.components) } : plan;
}
