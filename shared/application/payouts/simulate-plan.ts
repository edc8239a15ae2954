import { Failure } from '#shared/application/failure';
import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { PayoutRuns, RunShards, StatementWriter } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import type { ReferralFacts } from '#shared/application/referral-facts';
import type { Period } from '#shared/domain/instant';
import { type PayoutRun, statementState } from '#shared/domain/payout-run';
import type { Plan } from '#shared/domain/plan';
import { type Cost, makeSimulationTally, monthsOf, type PartnerCost, underPlan } from '#shared/domain/simulation';
import { forEachConcurrently } from './concurrency.ts';
import type { LateRefunds } from './late-refunds.ts';
import { makePurchases } from './purchases.ts';
import { type ShardContext, type StatePartnerDeps, statePartner } from './state-partner.ts';
import type { RunningHash } from './statement-draft.ts';

/** Partners worked on at once: enough to hide the latency of their reads. */
const PARTNERS_AT_ONCE = 8;

/** What one answer may ask for. Each bound has its own cause; whichever is met first refuses the simulation. */
export type SimulationLimits = {
  /** Facts of the months: read and paid again at some ten thousand a second on a share of a CPU. */
  readonly facts: number;
  /** Statements of the months: each is a query, and a row of the answer, which Lambda caps at 6 MB. */
  readonly statements: number;
  /** The API gives up after 30 seconds; what is left is for a cold start and the answer. */
  readonly seconds: number;
};

export const SIMULATION_LIMITS: SimulationLimits = { facts: 150_000, statements: 20_000, seconds: 24 };

const MS_PER_SECOND = 1_000;

export type SimulatePlanDeps = {
  readonly programs: ProgramReader;
  readonly runs: Pick<PayoutRuns, 'latestOf'>;
  readonly shards: Pick<RunShards, 'results'>;
  readonly partners: Pick<PartnerTermsReader, 'terms'>;
  /** Asked once a statement: keeps what it read. */
  readonly plans: { get(programId: string, version: number): Promise<Plan | undefined> };
  readonly facts: Pick<ReferralFacts, 'conversions' | 'firstPurchases'>;
  readonly clock: Clock;
  readonly limits?: SimulationLimits | undefined;
};

export type SimulatePlan = (input: {
  readonly programId: string;
  readonly planVersion: number;
  readonly from: Period;
  readonly to: Period;
}) => Promise<{
  readonly planVersion: number;
  readonly from: Period;
  readonly to: Period;
  readonly totals: readonly Cost[];
  readonly items: readonly PartnerCost[];
  /** The approved runs that it was compared with, a month each. */
  readonly runIds: readonly string[];
}>;

/**
 * What a published plan would have cost in closed months, beside what was stated. It states every partner of every
 * approved run again by the code of the close, on the stored facts, with the plan in place of the one in force; it writes
 * nothing. The plan that was used therefore differs by nothing, to the unit. Memory grows with the partners, not the facts.
 * 1. each month must have an approved run; 2. their counts must be within the limits; 3. partner by partner, month by month.
 * @throws Failure unknown_program, unknown_plan_version, period_not_closed (with `period`), simulation_too_large
 */
export function makeSimulatePlan(deps: SimulatePlanDeps): SimulatePlan {
  const limits = deps.limits ?? SIMULATION_LIMITS;
  return async ({ programId, planVersion, from, to }) => {
    const stopAtMs = deps.clock() + limits.seconds * MS_PER_SECOND;
    const program = await deps.programs.get(programId);
    await assertPublished(deps, programId, planVersion);
    const runs = await approvedRuns(deps, programId, from, to);
    const tally = makeSimulationTally();
    const monthsByPartner = await readPaid(deps, runs, limits, tally.paid);

    const assertInTime = (): void => {
      if (deps.clock() > stopAtMs) throw tooLarge(`it was not done after ${limits.seconds} seconds`);
    };
    const facts = watched(deps.facts, assertInTime);
    const context = contextOf(deps, facts, program);
    await forEachConcurrently(monthsByPartner, PARTNERS_AT_ONCE, async ([partnerId, months]) => {
      assertInTime();
      const terms = await deps.partners.terms(programId, partnerId);
      const partners = { terms: async () => terms && underPlan(terms, planVersion) };
      const standIn = { ...NOTHING_BUT_EARNED, plans: deps.plans, partners, facts };
      for (const run of months) {
        const { statements } = await statePartner(standIn, { ...context, run }, partnerId);
        for (const statement of statements) tally.simulated(statement);
      }
    });
    return {
      planVersion,
      from,
      to,
      totals: tally.totals(),
      items: tally.items(),
      runIds: runs.map(({ runId }) => runId),
    };
  };
}

async function assertPublished(
  deps: Pick<SimulatePlanDeps, 'plans'>,
  programId: string,
  planVersion: number,
): Promise<void> {
  if (await deps.plans.get(programId, planVersion)) return;
  throw new Failure('unknown_plan_version', `Publish plan version ${planVersion} first; then it can be simulated.`, {
    errors: [{ pointer: '/planVersion', rule: 'must be a published plan version of this programme' }],
  });
}

/** One approved run a month, oldest first: a draft may still change, so that there is nothing yet to compare with. */
async function approvedRuns(
  deps: Pick<SimulatePlanDeps, 'runs'>,
  programId: string,
  from: Period,
  to: Period,
): Promise<readonly PayoutRun[]> {
  const periods = monthsOf(from, to);
  const latest = await Promise.all(periods.map((period) => deps.runs.latestOf(programId, period)));
  return periods.map((period, index) => {
    const run = latest[index];
    if (run && statementState(run) === 'final') return run;
    throw new Failure('period_not_closed', `${period} has no approved payout run: choose months that have one.`, {
      errors: [{ pointer: period === from ? '/from' : '/to', rule: `must leave ${period} out until it is approved` }],
      extra: { period },
    });
  });
}

/**
 * Passes on what was stated, and answers who was stated in which runs.
 * @throws Failure simulation_too_large as soon as a bound is passed, so that no more than that is ever kept
 */
async function readPaid(
  deps: Pick<SimulatePlanDeps, 'shards'>,
  runs: readonly PayoutRun[],
  limits: SimulationLimits,
  paid: ReturnType<typeof makeSimulationTally>['paid'],
): Promise<ReadonlyMap<string, ReadonlySet<PayoutRun>>> {
  const months = new Map<string, Set<PayoutRun>>();
  let facts = 0;
  let stated = 0;
  for (const run of runs) {
    for await (const { factCount, statements } of deps.shards.results(run.programId, run.runId)) {
      facts += factCount;
      stated += statements.length;
      if (facts > limits.facts) throw tooLarge(`its months hold more than ${limits.facts} facts`);
      if (stated > limits.statements) throw tooLarge(`its months hold more than ${limits.statements} statements`);
      for (const statement of statements) {
        paid(statement);
        const { partnerId } = statement;
        months.set(partnerId, (months.get(partnerId) ?? new Set()).add(run));
      }
    }
  }
  return months;
}

function tooLarge(why: string): Failure {
  return new Failure('simulation_too_large', `Simulate fewer months at once: ${why}.`, {
    errors: [{ pointer: '/to', rule: `must be closer to from: ${why}` }],
  });
}

/** Looks at the time with every fact: one partner's month may be the long one. */
function watched(
  facts: SimulatePlanDeps['facts'],
  assertInTime: () => void,
): Pick<ReferralFacts, 'conversions' | 'firstPurchases' | 'refunds' | 'order'> {
  return {
    ...NO_REFUNDS,
    firstPurchases: (programId, customerIds) => facts.firstPurchases(programId, customerIds),
    async *conversions(programId, partnerId, period) {
      for await (const fact of facts.conversions(programId, partnerId, period)) {
        assertInTime();
        yield fact;
      }
    },
  };
}

function contextOf(
  deps: Pick<SimulatePlanDeps, 'programs'>,
  facts: Pick<ReferralFacts, 'firstPurchases'>,
  program: Program,
): Omit<ShardContext, 'run'> {
  return {
    program,
    zone: deps.programs.zone(program.timeZone),
    purchases: makePurchases(facts, program.programId),
    lateRefunds: NO_LATE_REFUNDS,
    writer: WRITES_NOTHING,
  };
}

/** Late refunds, adjustments and balances change no earned amount (design.md, Commission semantics 9 to 11). */
const NO_REFUNDS: Pick<ReferralFacts, 'refunds' | 'order'> = {
  async *refunds() {},
  order: async () => undefined,
};
const NO_LATE_REFUNDS: LateRefunds = async function* none() {};
const NO_HASH: RunningHash = { update: () => {}, hex: () => '' };
const NOTHING_BUT_EARNED: Pick<StatePartnerDeps, 'adjustments' | 'balances' | 'newHash'> = {
  adjustments: { ofPartner: async () => [] },
  balances: { of: async () => [] },
  newHash: () => NO_HASH,
};
const WRITES_NOTHING: StatementWriter = {
  putLines: async () => {},
  putNothing: async () => {},
  putHeader: async () => {},
  flush: async () => {},
};
