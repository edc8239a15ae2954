import { Failure } from '#shared/application/failure';
import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { PayoutRuns, RunShards } from '#shared/application/payouts/ports';
import type { PublishedPlans } from '#shared/application/plans-of-terms';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { ReferralFacts } from '#shared/application/referral-facts';
import type { SimulatedPartner } from '#shared/domain/simulation/simulated-partner';
import { periodOf } from '#shared/domain/time/calendar';
import { type Period, toInstant } from '#shared/domain/time/instant';
import { forEachConcurrently } from '../concurrency.ts';
import type { PlanDraftStore, ReadComponents } from '../plans/plan-draft.ts';
import { makeSimulatePartner, type SimulatePartner } from './simulate-partner.ts';
import { partnersToSimulate, type SimulationSize, simulatedMonths } from './simulated-months.ts';
import { type PlanAsked, simulatedPlan } from './simulated-plan.ts';
import type {
  PartnerToSimulate,
  Simulation,
  SimulationFiles,
  SimulationPlan,
  SimulationResult,
  SimulationStore,
} from './simulation.ts';
import { resultOf } from './simulation-result.ts';

/** Partners worked on at once: enough to hide the latency of their reads. */
export const PARTNERS_AT_ONCE = 8;

/** What one answer may wait for. What is larger goes on by itself, and is asked for by its id. */
export type SimulationLimits = SimulationSize & {
  /** The API gives up after 30 seconds; what is left is for a cold start and the answer. */
  readonly seconds: number;
};

/** Facts are read and paid again at some ten thousand a second on a share of a CPU; each statement is a query. */
export const SIMULATION_LIMITS: SimulationLimits = { facts: 150_000, statements: 20_000, seconds: 24 };

const MS_PER_SECOND = 1_000;

export type SimulatePlanDeps = {
  readonly programs: ProgramReader;
  readonly runs: Pick<PayoutRuns, 'latestOf'>;
  readonly shards: Pick<RunShards, 'results'>;
  readonly partners: Pick<PartnerTermsReader, 'terms' | 'listIds'>;
  /** Asked once a partner: keeps what it read. */
  readonly plans: PublishedPlans;
  readonly drafts: Pick<PlanDraftStore, 'get'>;
  readonly read: ReadComponents;
  readonly facts: Pick<ReferralFacts, 'conversions' | 'firstPurchases'>;
  readonly simulations: Pick<SimulationStore, 'get' | 'create'>;
  readonly files: Pick<SimulationFiles, 'putResult' | 'result'>;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly limits?: SimulationLimits | undefined;
};

export type SimulationAsked = PlanAsked & {
  readonly replaces?: readonly number[] | undefined;
  readonly from: Period;
  readonly to: Period;
  /** Whether months without an approved run are estimated. */
  readonly estimate?: boolean | undefined;
  /** Whether it goes on by itself, however small it is. */
  readonly background?: boolean | undefined;
};

export type SimulatePlan = (input: {
  readonly programId: string;
  /** Follows from the Idempotency-Key, if one was sent: the same key is the same simulation. */
  readonly simulationId: string;
  readonly by: string;
  readonly asked: SimulationAsked;
}) => Promise<{ readonly simulation: Simulation; readonly result?: SimulationResult | undefined }>;

/**
 * What a plan would have cost in past months, beside what was stated. Every partner of every month is stated twice by the
 * engine of the close, on the stored facts: by the terms that were in force and by the simulated plan. The plan that was used
 * therefore differs by nothing, to the unit. Memory grows with the partners, not with the facts.
 * 1. a simulation that was asked for before answers as it stands; 2. the plan and the months are looked up; 3. what fits one
 * answer is computed and stored as done; 4. what does not is stored as running, and goes on from the table's stream.
 * @throws Failure unknown_program, unknown_plan_version, unknown_plan_draft, plan_draft_changed, plan_invalid,
 * period_not_closed (with `period`), idempotency_key_reused, amount_out_of_range, simulation_too_large
 */
export function makeSimulatePlan(deps: SimulatePlanDeps): SimulatePlan {
  const limits = deps.limits ?? SIMULATION_LIMITS;
  return async ({ programId, simulationId, by, asked }) => {
    const now = deps.clock();
    const requestHash = deps.digest(JSON.stringify(Object.entries(asked).toSorted(([a], [b]) => (a < b ? -1 : 1))));
    const program = await deps.programs.get(programId);
    const known = await deps.simulations.get(programId, simulationId);
    if (known) return answerOf(deps, known, requestHash);

    const zone = deps.programs.zone(program.timeZone);
    const plan = await simulatedPlan(deps, program, asked);
    const thisMonth = periodOf(now, zone);
    const months = await simulatedMonths(deps, program, { ...asked, estimate: asked.estimate ?? false, thisMonth });
    const { from, to, replaces } = asked;
    const planned: SimulationPlan = { plan, from, to, replaces, months };
    const work = asked.background ? undefined : await partnersToSimulate(deps, programId, months, limits);
    const simulate = makeSimulatePartner(watched(deps, now + limits.seconds * MS_PER_SECOND), {
      program,
      zone,
      plan,
      replaces,
    });
    const outcomes = work && (await inTime(work.partners, simulate));
    const id = { programId, simulationId };
    const requested = { ...planned, ...id, requestHash, requestedBy: by, requestedAt: toInstant(now) };
    if (!outcomes) return started(deps, { ...requested, status: 'running' });
    const result = resultOf({ ...planned, simulationId }, outcomes);
    const resultKey = await deps.files.putResult(id, result);
    const finishedAt = toInstant(deps.clock());
    return started(deps, { ...requested, status: 'done', finishedAt, resultKey }, result);
  };
}

/** Stores a simulation that is new. Two requests with one key meet here, and both answer what the first stored. */
async function started(
  deps: Pick<SimulatePlanDeps, 'simulations' | 'files'>,
  simulation: Simulation,
  result?: SimulationResult,
): ReturnType<SimulatePlan> {
  const stored = await deps.simulations.create(simulation);
  if (stored.created) return { simulation, result };
  return answerOf(deps, stored.simulation, simulation.requestHash);
}

async function answerOf(
  deps: Pick<SimulatePlanDeps, 'files'>,
  simulation: Simulation,
  requestHash: string,
): ReturnType<SimulatePlan> {
  if (simulation.requestHash !== requestHash) {
    throw new Failure('idempotency_key_reused', 'Use a new Idempotency-Key for a new simulation.', {
      errors: [{ pointer: 'header:Idempotency-Key', rule: 'was used before with another body' }],
    });
  }
  const { resultKey } = simulation;
  return resultKey === undefined ? { simulation } : { simulation, result: await deps.files.result(resultKey) };
}

/** Thrown inside alone: the time of one answer is up. */
class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** `undefined` when the time was up. */
async function inTime(
  partners: readonly PartnerToSimulate[],
  simulate: SimulatePartner,
): Promise<readonly SimulatedPartner[] | undefined> {
  const outcomes: SimulatedPartner[] = [];
  try {
    await forEachConcurrently(partners, PARTNERS_AT_ONCE, async (partner) => {
      outcomes.push((await simulate(partner)).outcome);
    });
    return outcomes;
  } catch (error) {
    if (error instanceof OutOfTime) return undefined;
    throw error;
  }
}

/** Looks at the time with every partner and every fact: one partner's month may be the long one. */
function watched(deps: SimulatePlanDeps, stopAtMs: number): SimulatePlanDeps {
  const assertInTime = (): void => {
    if (deps.clock() > stopAtMs) throw new OutOfTime('the time of one answer is up');
  };
  const facts: SimulatePlanDeps['facts'] = {
    firstPurchases: (programId, customerIds) => deps.facts.firstPurchases(programId, customerIds),
    async *conversions(programId, partnerId, period) {
      assertInTime();
      for await (const fact of deps.facts.conversions(programId, partnerId, period)) {
        assertInTime();
        yield fact;
      }
    },
  };
  return { ...deps, facts };
}
