import { Failure } from '#shared/application/failure';
import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { RunShards } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { SimulatedPartner } from '#shared/domain/simulation/simulated-partner';
import { MAX_SIMULATED_ITEMS } from '#shared/domain/simulation/simulation-summary';
import { toInstant } from '#shared/domain/time/instant';
import { forEachConcurrently } from '../concurrency.ts';
import { makeSimulatePartner, type SimulatePartnerDeps } from './simulate-partner.ts';
import { PARTNERS_AT_ONCE } from './simulate-plan.ts';
import { partnersToSimulate, type SimulationSize } from './simulated-months.ts';
import type { Simulation, SimulationFiles, SimulationId, SimulationStore } from './simulation.ts';
import { resultOf, tooLarge } from './simulation-result.ts';

/** A shard's partners: two years of fifty are some thousand statements, minutes of work. */
const PARTNERS_PER_SHARD = 50;

/** Beyond these a shard would not be done in a function's fifteen minutes, or the answer not fit. */
const WORKFLOW_LIMITS: SimulationSize = { facts: 20_000_000, statements: 500_000 };

type Running = { readonly simulations: SimulationStore; readonly files: SimulationFiles };

/**
 * The first step: parts the partners into shards, each with what it was paid. A repeat answers the same shards. What is too
 * large even so ends here with its reason; what has ended has no shards.
 */
export function makePlanSimulation(
  deps: Running & {
    readonly shards: Pick<RunShards, 'results'>;
    readonly partners: Pick<PartnerTermsReader, 'listIds'>;
    readonly clock: Clock;
  },
): (id: SimulationId) => Promise<{ readonly shards: readonly string[] }> {
  return async (id) => {
    const simulation = await deps.simulations.get(id.programId, id.simulationId);
    if (!simulation) throw new Error(`there is no simulation ${id.simulationId}`);
    if (simulation.status !== 'running') return { shards: [] };
    if (simulation.shards) return { shards: simulation.shards };
    const work = await partnersToSimulate(deps, id.programId, simulation.months, WORKFLOW_LIMITS);
    if (!work || work.partners.length > MAX_SIMULATED_ITEMS) {
      const most = `${WORKFLOW_LIMITS.facts} facts, ${WORKFLOW_LIMITS.statements} statements, ${MAX_SIMULATED_ITEMS} partners`;
      const { code, message: reason } = tooLarge(`at most ${most}`);
      await deps.simulations.end(id.programId, id.simulationId, {
        at: toInstant(deps.clock()),
        failure: { code, reason },
      });
      return { shards: [] };
    }
    const shards: string[] = [];
    for (let start = 0; start < work.partners.length; start += PARTNERS_PER_SHARD) {
      const partners = work.partners.slice(start, start + PARTNERS_PER_SHARD);
      shards.push(await deps.files.putPartners(id, shards.length, partners));
    }
    if (await deps.simulations.plan(id.programId, id.simulationId, shards, work.facts)) return { shards };
    return { shards: (await running(deps, id)).shards ?? shards };
  };
}

/** One shard: states its partners twice and stores what they came to. A repeat stores nothing new. */
export function makeSimulateShard(
  deps: Running & SimulatePartnerDeps & { readonly programs: ProgramReader },
): (id: SimulationId & { readonly shard: string }) => Promise<void> {
  return async ({ shard, ...id }) => {
    const { plan, replaces } = await running(deps, id);
    const program = await deps.programs.get(id.programId);
    const zone = deps.programs.zone(program.timeZone);
    const simulate = makeSimulatePartner(deps, { program, zone, plan, replaces });
    const outcomes: SimulatedPartner[] = [];
    let facts = 0;
    await forEachConcurrently(await deps.files.partners(id, shard), PARTNERS_AT_ONCE, async (partner) => {
      const done = await simulate(partner);
      outcomes.push(done.outcome);
      facts += done.facts;
    });
    outcomes.sort((a, b) => (a.partnerId < b.partnerId ? -1 : 1));
    await deps.files.putOutcomes(id, shard, outcomes);
    await deps.simulations.shardDone(id.programId, id.simulationId, shard, facts);
  };
}

/** The last step: adds the shards up and stores the result; or, with a failure, why there is none. */
export function makeFinishSimulation(
  deps: Running & { readonly clock: Clock },
): (id: SimulationId & { readonly failure?: { code: string; reason: string } | undefined }) => Promise<void> {
  return async ({ failure, ...id }) => {
    const simulation = await deps.simulations.get(id.programId, id.simulationId);
    if (simulation?.status !== 'running') return;
    const end = (how: { resultKey: string } | { failure: { code: string; reason: string } }): Promise<void> =>
      deps.simulations.end(id.programId, id.simulationId, { at: toInstant(deps.clock()), ...how });
    if (failure) return end({ failure });
    const outcomes: SimulatedPartner[] = [];
    for (const shard of simulation.shards ?? []) outcomes.push(...(await deps.files.outcomes(id, shard)));
    try {
      await end({ resultKey: await deps.files.putResult(id, resultOf(simulation, outcomes)) });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      await end({ failure: { code: error.code, reason: error.message } });
    }
  };
}

async function running({ simulations }: Running, { programId, simulationId }: SimulationId): Promise<Simulation> {
  const simulation = await simulations.get(programId, simulationId);
  if (simulation?.status === 'running') return simulation;
  throw new Error(`simulation ${simulationId} is ${simulation?.status ?? 'unknown'}, not running`);
}
