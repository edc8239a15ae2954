import { Failure } from '#shared/application/failure';
import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { PayoutRuns, RunShards } from '#shared/application/payouts/ports';
import type { Program } from '#shared/application/programs';
import { statementState } from '#shared/domain/run/payout-run';
import { monthsOf } from '#shared/domain/simulation/simulation';
import { comparePeriods } from '#shared/domain/time/calendar';
import { compareText, type Period } from '#shared/domain/time/instant';
import type { PartnerToSimulate, SimulatedPeriod } from './simulation.ts';

/** Partners of one page of the list. */
const PARTNERS_A_PAGE = 1_000;

/** What a simulation may read. Each bound has its own cause; whichever is met first ends it. */
export type SimulationSize = {
  /** Facts that the approved runs of the months counted. */
  readonly facts: number;
  /** Statements of the months, and partners for a month without any. */
  readonly statements: number;
};

/**
 * The months of a simulation, oldest first, each with its approved run. A month without one has nothing to compare with but
 * an estimate, which must be asked for: a draft of a run may still change, and facts may still come.
 * @throws Failure period_not_closed (with `period`)
 */
export async function simulatedMonths(
  deps: { readonly runs: Pick<PayoutRuns, 'latestOf'> },
  program: Program,
  asked: { readonly from: Period; readonly to: Period; readonly estimate: boolean; readonly thisMonth: Period },
): Promise<readonly SimulatedPeriod[]> {
  const periods = monthsOf(asked.from, asked.to);
  const latest = await Promise.all(periods.map((period) => deps.runs.latestOf(program.programId, period)));
  return periods.map((period, index): SimulatedPeriod => {
    const run = latest[index];
    if (run && statementState(run) === 'final') return { period, runId: run.runId };
    const pointer = period === asked.from ? '/from' : '/to';
    const refuse = (detail: string, rule: string): Failure =>
      new Failure('period_not_closed', detail, { errors: [{ pointer, rule }], extra: { period } });
    if (!asked.estimate) {
      throw refuse(
        `${period} has no approved payout run: choose months that have one, or send "estimate": true.`,
        `must leave ${period} out until it is approved`,
      );
    }
    if (comparePeriods(period, program.booksOpenFrom) < 0 || comparePeriods(period, asked.thisMonth) > 0) {
      throw refuse(
        `${period} lies outside ${program.booksOpenFrom} to ${asked.thisMonth}: there are no facts to estimate from.`,
        `must lie between ${program.booksOpenFrom} and ${asked.thisMonth}`,
      );
    }
    return { period };
  });
}

/**
 * Who is to be simulated in which months, by partner id: whoever was stated in a closed month, and everybody in one that is
 * not closed. `undefined` as soon as a bound is passed, so that no more than that is ever kept.
 */
export async function partnersToSimulate(
  deps: { readonly shards: Pick<RunShards, 'results'>; readonly partners: Pick<PartnerTermsReader, 'listIds'> },
  programId: string,
  months: readonly SimulatedPeriod[],
  limits: SimulationSize,
): Promise<{ readonly partners: readonly PartnerToSimulate[]; readonly facts: number } | undefined> {
  const found = new Map<string, PartnerToSimulate['months'][number][]>();
  const monthsOfPartner = (partnerId: string): PartnerToSimulate['months'][number][] => {
    const known = found.get(partnerId) ?? [];
    found.set(partnerId, known);
    return known;
  };
  let facts = 0;
  let statements = 0;
  for (const { period, runId } of months) {
    if (runId === undefined) {
      for await (const partnerId of allPartners(deps.partners, programId)) {
        statements += 1;
        if (statements > limits.statements) return undefined;
        monthsOfPartner(partnerId).push({ period });
      }
      continue;
    }
    for await (const result of deps.shards.results(programId, runId)) {
      facts += result.factCount;
      statements += result.statements.length;
      if (facts > limits.facts || statements > limits.statements) return undefined;
      for (const [partnerId, own] of Map.groupBy(result.statements, (statement) => statement.partnerId)) {
        const paid = own.map(({ currency, earnedMinor }) => ({ currency, earnedMinor }));
        monthsOfPartner(partnerId).push({ period, paid });
      }
    }
  }
  const partners = [...found]
    .map(([partnerId, own]) => ({ partnerId, months: own }))
    .sort((a, b) => compareText(a.partnerId, b.partnerId));
  return { partners, facts };
}

async function* allPartners(partners: Pick<PartnerTermsReader, 'listIds'>, programId: string): AsyncGenerator<string> {
  let after: string | undefined;
  do {
    const ids = await partners.listIds(programId, { after, limit: PARTNERS_A_PAGE });
    yield* ids;
    after = ids.length < PARTNERS_A_PAGE ? undefined : ids.at(-1);
  } while (after !== undefined);
}
