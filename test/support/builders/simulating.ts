import { readComponents } from '#functions/payouts/plans/read-components';
import { makeGetSimulation } from '#shared/application/payouts/simulations/get-simulation';
import {
  makeFinishSimulation,
  makePlanSimulation,
  makeSimulateShard,
} from '#shared/application/payouts/simulations/run-simulation';
import {
  makeSimulatePlan,
  type SimulatePlanDeps,
  type SimulationAsked,
} from '#shared/application/payouts/simulations/simulate-plan';
import type { ReferralFacts } from '#shared/application/referral-facts';
import type { Plan } from '#shared/domain/plan/plan';
import type { aClosingHalf } from '#test/support/builders/closing-half';
import { sha256 } from '#test/support/builders/payouts';
import { makeFakePlanDrafts } from '#test/support/fakes/plan-drafts';
import { makeFakeSimulations } from '#test/support/fakes/simulations';

/** Everything of a simulation over a programme whose months are closed by `half`. */
export function aSimulator(given: {
  readonly half: ReturnType<typeof aClosingHalf>;
  readonly plans: ReadonlyMap<number, Plan>;
  readonly facts: ReferralFacts;
}) {
  const { half, facts } = given;
  const { programId } = half.program;
  const fake = makeFakeSimulations();
  const drafts = makeFakePlanDrafts(half.money.plans);
  const deps: SimulatePlanDeps = {
    programs: half.programs,
    runs: half.money.runs,
    shards: half.money.shards,
    partners: half.terms,
    plans: { get: async (_programId, version) => given.plans.get(version) },
    drafts,
    read: readComponents,
    facts,
    simulations: fake.simulations,
    files: fake.files,
    digest: sha256,
    clock: () => half.time.now,
  };
  let count = 0;
  const steps = { ...deps, ...fake };
  const plan = makePlanSimulation(steps);
  const shard = makeSimulateShard(steps);
  const finish = makeFinishSimulation(steps);
  return {
    ...fake,
    deps,
    drafts,
    plan,
    shard,
    finish,
    read: makeGetSimulation(fake),
    /** Asks under a new key, unless one is given. */
    ask: (asked: SimulationAsked, over: Partial<SimulatePlanDeps> = {}, simulationId?: string) => {
      count += 1;
      return makeSimulatePlan({ ...deps, ...over })({
        programId,
        simulationId: simulationId ?? `sim-${count}`,
        by: 'person:m',
        asked,
      });
    },
    /** What the workflow does with one that goes on by itself. */
    goOn: async (simulationId: string): Promise<void> => {
      const id = { programId, simulationId };
      for (const name of (await plan(id)).shards) await shard({ ...id, shard: name });
      await finish(id);
    },
  };
}
