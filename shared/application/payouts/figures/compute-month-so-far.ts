import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { AdjustmentStore } from '#shared/application/payouts/adjustments/adjustment-ports';
import type { Balances, Journal } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns, StatementReader } from '#shared/application/payouts/ports';
import { type PublishedPlans, plansOfTerms } from '#shared/application/plans-of-terms';
import type { Clock } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import type { ConversionFact, HasFacts, ReferralFacts } from '#shared/application/referral-facts';
import { type TimeBox, TimeIsOver, UNLIMITED } from '#shared/application/time-box';
import { makeMonthFold, waySentence, whyRate } from '#shared/domain/explain/explain-month';
import { isHeldReason } from '#shared/domain/fraud/hold';
import { parseStatementId } from '#shared/domain/ledger/money-ids';
import type { Currency } from '#shared/domain/money/money';
import { isVolume } from '#shared/domain/pay/pay-brackets';
import type { PartnerTerms, Plan } from '#shared/domain/plan/plan';
import { nextPeriod } from '#shared/domain/time/calendar';
import { type Period, toInstant } from '#shared/domain/time/instant';
import { forEachConcurrently } from '../concurrency.ts';
import { withoutEmptyMonths } from '../ledger/facts-as-of.ts';
import { type OpenMonths, type StatedMonth, stateOpenMonths } from '../statements/open-months.ts';
import { makePurchases } from '../statements/purchases.ts';
import {
  type EarlierMonth,
  type EstimatedStatement,
  MAX_EARLIER_SHOWN,
  type MayChange,
  type MonthSoFar,
  type SalesSum,
} from './month-so-far.ts';
import type { OpenPeriods } from './open-periods.ts';
import { patientBox } from './remember.ts';

/** What reading a month costs beside its facts, in facts. */
const WORK_A_MONTH = 5;
const MONTHS_AT_ONCE = 8;

export type ComputeMonthDeps = {
  readonly programs: ProgramReader;
  readonly runs: Pick<PayoutRuns, 'latestOf'>;
  readonly partners: Pick<PartnerTermsReader, 'terms'>;
  readonly plans: PublishedPlans;
  readonly facts: ReferralFacts;
  readonly hasFacts: HasFacts;
  readonly adjustments: Pick<AdjustmentStore, 'ofPartner'>;
  readonly balances: Balances;
  readonly journal: Pick<Journal, 'ofPartner'>;
  readonly statements: Pick<StatementReader, 'earnedLines'>;
  readonly clock: Clock;
};

type Asked = {
  readonly program: Program;
  readonly terms: PartnerTerms;
  readonly period: Period;
  readonly open: OpenPeriods;
};

/**
 * States a partner's open month as a close at this moment would, by the close's own code and readers, writing nothing: the
 * months before it that are not posted first, because they leave the balance it opens with. Facts are streamed: memory is flat
 * in their number, but for the lines of sales with a late refund.
 * @throws TimeIsOver when the box is over between two facts
 */
export function makeComputeMonthSoFar(deps: ComputeMonthDeps): (asked: Asked, box?: TimeBox) => Promise<MonthSoFar> {
  return async ({ program, terms, period, open }, box = UNLIMITED) => {
    const { partnerId } = terms;
    const { programId } = program;
    const nowMs = deps.clock();
    const watched = watchFacts(deps, box);
    const months = await openMonthsOf(deps, { program, terms }, open, period, watched);
    const folds = new Map<Currency, Fold>();
    const plans = await plansOfTerms(programId, terms, deps.plans);
    const earlier: EarlierMonth[] = [];
    let last: StatedMonth | undefined;
    const watch = (of: Period) => (of === period ? watchMonth(folds) : IGNORED);
    for await (const stated of stateOpenMonths(months, partnerId, watch)) {
      if (stated.period === period) last = stated;
      else earlier.push(earlierMonth(stated));
    }
    if (!last) throw new Error(`${period} is none of the open months`);
    const statements = last.statements.map((statement): EstimatedStatement => {
      const { statementId: _id, digest: _digest, partnerId: _partner, ...amounts } = statement;
      const fold = folds.get(statement.currency) ?? newFold();
      const ways = fold.month.ways().map((way) => {
        const why = whyRate(way, plans.get(way.planVersion), terms, statement.currency);
        return { ...way, why, sentence: waySentence(way, why, statement.currency) };
      });
      const conversions = last.sales.get(statement.currency) ?? 0;
      return { ...amounts, conversions, ways, nothing: fold.month.reasons(), ...fold.counts };
    });
    const underReview = watched.underReview(period);
    const later = await laterSales(watched.facts, programId, partnerId, period, open.last);
    const shown = earlier.filter(({ statements: all }) => all.some(hasMoved));
    return {
      partnerId,
      period,
      asOf: toInstant(nowMs),
      state: open.closing === period ? 'closing' : 'open',
      openFrom: open.first,
      statements,
      underReview,
      later,
      earlier: shown.slice(-MAX_EARLIER_SHOWN),
      mayChange: mayChange({ statements, underReview, plans, isAfterOthers: shown.length > 0 }),
      work: watched.count() + WORK_A_MONTH * months.periods.length,
    };
  };
}

type Watched = {
  readonly facts: ReferralFacts;
  readonly count: () => number;
  /** Of what states the months, which looks at it too. */
  readonly box: TimeBox;
  readonly underReview: (period: Period) => readonly SalesSum[];
};

/** Counts facts, stops when the time is over, and sums what is under review. A month that is read twice counts as its last reading. */
function watchFacts({ facts }: Pick<ComputeMonthDeps, 'facts'>, box: TimeBox): Watched {
  const reviewed = new Map<Period, Map<Currency, SalesSum>>();
  let count = 0;
  const patient = patientBox(box, () => count);
  const read = (): void => {
    count += 1;
    if (patient.isOver()) throw new TimeIsOver();
  };
  return {
    box: patient,
    facts: {
      ...facts,
      async *conversions(programId, partnerId, period) {
        const sums = new Map<Currency, SalesSum>();
        reviewed.set(period, sums);
        for await (const fact of facts.conversions(programId, partnerId, period)) {
          read();
          if (isHeldReason(fact.earnsNothing)) addSale(sums, fact);
          yield fact;
        }
      },
      async *refunds(programId, partnerId, period) {
        for await (const fact of facts.refunds(programId, partnerId, period)) {
          read();
          yield fact;
        }
      },
    },
    count: () => count,
    underReview: (period) => [...(reviewed.get(period)?.values() ?? [])],
  };
}

function addSale(sums: Map<Currency, SalesSum>, { currency, amountMinor }: ConversionFact): void {
  const before = sums.get(currency) ?? { currency, conversions: 0, amountMinor: 0n };
  sums.set(currency, {
    currency,
    conversions: before.conversions + 1,
    amountMinor: before.amountMinor + amountMinor,
  });
}

async function openMonthsOf(
  deps: ComputeMonthDeps,
  { program, terms }: Pick<Asked, 'program' | 'terms'>,
  open: OpenPeriods,
  period: Period,
  { facts, box }: Pick<Watched, 'facts' | 'box'>,
): Promise<OpenMonths> {
  const { programId } = program;
  const { partnerId } = terms;
  const periods = open.through(period);
  const { has, ...filled } = withoutEmptyMonths(facts, deps.hasFacts);
  // A single month is simply read; of many, most are empty.
  const read = periods.length === 1 ? facts : filled;
  if (periods.length > 1) {
    await forEachConcurrently(periods, MONTHS_AT_ONCE, async (one) => void (await has(programId, partnerId, one)));
  }
  const lateOrders = new Set<string>();
  // Of the first month's late refunds the sales lie in closed months, whose statements hold the lines.
  for (const one of periods.slice(1)) {
    for await (const refund of read.refunds(programId, partnerId, one)) if (refund.late) lateOrders.add(refund.orderId);
  }
  return {
    program,
    zone: deps.programs.zone(program.timeZone),
    at: toInstant(deps.clock()),
    periods,
    purchases: makePurchases(read, programId),
    plans: deps.plans,
    terms,
    facts: read,
    adjustmentsOf: (of) => deps.adjustments.ofPartner(programId, partnerId, of),
    openings: await deps.balances.of(programId, partnerId),
    isCarriedOver: true,
    lateOrders,
    runs: deps.runs,
    statements: deps.statements,
    box,
  };
}

type Fold = {
  readonly month: ReturnType<typeof makeMonthFold>;
  readonly counts: { clawbacks: number; adjustments: number };
};
const newFold = (): Fold => ({ month: makeMonthFold(), counts: { clawbacks: 0, adjustments: 0 } });
const IGNORED = { putLines: async () => {}, putNothing: async () => {} };

function watchMonth(folds: Map<Currency, Fold>): ReturnType<NonNullable<Parameters<typeof stateOpenMonths>[2]>> {
  const foldOf = (statementId: string): Fold => {
    const currency = parseStatementId(statementId)?.currency ?? '';
    const fold = folds.get(currency) ?? newFold();
    folds.set(currency, fold);
    return fold;
  };
  return {
    putLines: async (_programId, statementId, { lines }) => {
      const { month, counts } = foldOf(statementId);
      for (const line of lines) {
        if (line.kind === 'clawback') counts.clawbacks += 1;
        else if (line.kind === 'adjustment') counts.adjustments += 1;
        else month.line(line);
      }
    },
    putNothing: async (_programId, statementId, _ordinal, items) => foldOf(statementId).month.nothing(items),
  };
}

function earlierMonth({ period, statements, sales }: StatedMonth): EarlierMonth {
  return {
    period,
    statements: statements.map(({ statementId: _id, digest: _digest, partnerId: _partner, ...amounts }) => ({
      ...amounts,
      conversions: sales.get(amounts.currency) ?? 0,
    })),
  };
}

function hasMoved(statement: EarlierMonth['statements'][number]): boolean {
  const { earnedMinor, clawbackMinor, adjustmentMinor, conversions } = statement;
  return conversions > 0 || earnedMinor !== 0n || clawbackMinor !== 0n || adjustmentMinor !== 0n;
}

async function laterSales(
  facts: ReferralFacts,
  programId: string,
  partnerId: string,
  period: Period,
  last: Period,
): Promise<MonthSoFar['later']> {
  const later: (SalesSum & { readonly period: Period })[] = [];
  for (let of = nextPeriod(period); of <= last; of = nextPeriod(of)) {
    const sums = new Map<Currency, SalesSum>();
    for await (const fact of facts.conversions(programId, partnerId, of)) {
      if (fact.earnsNothing === undefined) addSale(sums, fact);
    }
    later.push(...[...sums.values()].map((sum) => ({ period: of, ...sum })));
  }
  return later;
}

function mayChange(known: {
  readonly statements: readonly EstimatedStatement[];
  readonly underReview: readonly SalesSum[];
  readonly plans: ReadonlyMap<number, Plan>;
  readonly isAfterOthers: boolean;
}): readonly MayChange[] {
  const ways = known.statements.flatMap((statement) => statement.ways);
  const kinds = new Set(ways.map(({ kind }) => kind));
  const isByVolume = ways.some(({ planVersion, componentId }) =>
    known.plans.get(planVersion)?.components.some((one) => one.id === componentId && isVolume(one)),
  );
  const all: readonly (readonly [MayChange, boolean])[] = [
    ['later_sales', true],
    ['refunds', known.statements.some(({ conversions }) => conversions > 0)],
    ['volume_brackets', isByVolume],
    ['guarantee', kinds.has('minimum_commitment')],
    ['fixed_fee', kinds.has('fixed_fee')],
    ['review', known.underReview.length > 0],
    ['earlier_months', known.isAfterOthers],
  ];
  return all.flatMap(([what, applies]) => (applies ? [what] : []));
}
