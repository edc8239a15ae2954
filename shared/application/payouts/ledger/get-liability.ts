import { Failure } from '#shared/application/failure';
import type { AdjustmentStore } from '#shared/application/payouts/adjustments/adjustment-ports';
import type { Journal, Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns, RunShards, StatementSummary } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import type { HasFacts, RefundFact } from '#shared/application/referral-facts';
import {
  type Books,
  booksAt,
  closingsKnownAt,
  type LedgerFold,
  type PartnerAccrual,
  sumLiability,
} from '#shared/domain/ledger/liability';
import { type Currency, isSafeMinor } from '#shared/domain/money/money';
import { type PayoutRun, statementState } from '#shared/domain/run/payout-run';
import { addCalendarDays, laterPeriod, nextPeriod, periodOf } from '#shared/domain/time/calendar';
import { type Instant, type Period, toEpochMs, toInstant } from '#shared/domain/time/instant';
import { forEachConcurrently } from '../concurrency.ts';
import { foldReserved } from '../paying/fold-reserved.ts';
import { makePurchases } from '../statements/purchases.ts';
import { type Accrual, type AccruePartnerDeps, accruePartner } from './accrue-partner.ts';
import { type Asked, askedWith } from './as-of.ts';
import { factsOfPartnerAsOf, firstPurchasesAsOf, withoutEmptyMonths } from './facts-as-of.ts';
import { type Budget, counted, LIABILITY_LIMITS, type LiabilityLimits, makeBudget } from './liability-budget.ts';
import { allPartners, foldJournal, knownAdjustments, runsOf } from './liability-reads.ts';

/** Partners worked on at once: enough to hide the latency of their reads. */
const PARTNERS_AT_ONCE = 8;
const MONTHS_AT_ONCE = 8;
/** Rows of the answer; the others are added up. */
const MAX_PARTNERS_SHOWN = 1_000;

export type GetLiabilityDeps = AccruePartnerDeps & {
  readonly programs: ProgramReader;
  readonly runs: Pick<PayoutRuns, 'list' | 'latestOf'>;
  readonly shards: Pick<RunShards, 'results'>;
  readonly partners: AccruePartnerDeps['partners'] & {
    listIds(programId: string, page: { after?: string | undefined; limit: number }): Promise<readonly string[]>;
  };
  readonly journal: Pick<Journal, 'ofMonth'>;
  readonly payouts: Pick<Payouts, 'ofRun'>;
  readonly adjustments: Pick<AdjustmentStore, 'ofPeriod'>;
  readonly hasFacts: HasFacts;
  readonly clock: Clock;
  readonly limits?: LiabilityLimits | undefined;
};

export type GetLiability = (input: {
  readonly programId: string;
  /** Inclusive; default: now. */
  readonly asOf?: Instant | undefined;
  /** Inclusive, not before `asOf`, which is the default. */
  readonly knownAt?: Instant | undefined;
}) => Promise<{ readonly asOf: Instant; readonly knownAt: Instant } & ReturnType<typeof sumLiability>>;

/**
 * What a programme owes at an instant: what was posted, from the journal, and what was earned and not closed, from the facts
 * that had occurred by then and were recorded by then, or by `knownAt`, for a history that was imported later. The same
 * instants give the same answer whenever it is asked, because facts are only ever added and carry when they were recorded. It
 * streams, and writes nothing.
 * 1. the journal up to then; 2. of a month that was being closed then, the statements that were not posted; 3. every partner's
 * open months, stated by the code of a close.
 * @throws Failure unknown_program, invalid_request (an instant to come, known before it occurred), liability_too_large, amount_out_of_range
 */
export function makeGetLiability(deps: GetLiabilityDeps): GetLiability {
  const limits = deps.limits ?? LIABILITY_LIMITS;
  return async ({ programId, ...asks }) => {
    const now = toInstant(deps.clock());
    const asked = askedWith(asks, now);
    const { at, knownAt } = asked;
    const program = await deps.programs.get(programId);
    const budget = makeBudget(deps.clock, limits);
    const runs = await runsOf(deps, programId);
    const books = booksAt(program.booksOpenFrom, runs, at);
    const { fold, posted } = await foldJournal(deps, program, at, budget);
    const accrued = new Map<string, PartnerAccrual>();
    const add = (partnerId: string, currency: Currency, accruedMinor: bigint): void => {
      const key = `${partnerId}#${currency}`;
      const before = accrued.get(key)?.accruedMinor ?? 0n;
      accrued.set(key, { partnerId, currency, accruedMinor: before + accruedMinor });
    };

    const waiting = new Map<string, StatementSummary>();
    if (books.closing) {
      for await (const { statements } of deps.shards.results(programId, books.closing.runId)) {
        for (const statement of statements) {
          if (posted.has(statement.statementId)) continue;
          waiting.set(`${statement.partnerId}#${statement.currency}`, statement);
          add(statement.partnerId, statement.currency, movedBy(statement));
        }
      }
    }
    await accrueAll(
      deps,
      { program, asked, books, runs, budget, fold, waiting, closedAt: (period) => closedAt(runs, period) ?? now },
      add,
    );
    const sums = sumLiability(fold, [...accrued.values()], MAX_PARTNERS_SHOWN);
    for (const { currency, ...minors } of sums.totals) {
      for (const minor of Object.values(minors)) assertSafe(minor, currency);
    }
    return { asOf: at, knownAt, ...sums };
  };
}

function movedBy({ earnedMinor, clawbackMinor, adjustmentMinor }: StatementSummary): bigint {
  return earnedMinor + clawbackMinor + adjustmentMinor;
}

type Situation = {
  readonly program: Program;
  readonly asked: Asked;
  readonly books: Books;
  readonly runs: readonly PayoutRun[];
  readonly budget: Budget;
  readonly fold: LedgerFold;
  /** Statements that stand and were not posted, by partner and currency. */
  readonly waiting: ReadonlyMap<string, StatementSummary>;
  /** When a month took its last fact: the run that stands for it was opened, or now. */
  readonly closedAt: (period: Period) => Instant;
};

function closedAt(newestFirst: readonly PayoutRun[], period: Period): Instant | undefined {
  return newestFirst.find((run) => run.period === period && statementState(run) !== 'void')?.openedAt;
}

function monthsFrom(first: Period, last: Period): readonly Period[] {
  const periods: Period[] = [];
  for (let period = first; period <= laterPeriod(last, first); period = nextPeriod(period)) periods.push(period);
  return periods;
}

async function accrueAll(
  deps: GetLiabilityDeps,
  { program, asked, books, runs, budget, fold, waiting, closedAt: closing }: Situation,
  add: (partnerId: string, currency: Currency, accruedMinor: bigint) => void,
): Promise<void> {
  const { programId } = program;
  const { at, knownAt } = asked;
  const zone = deps.programs.zone(program.timeZone);
  const lastOf = (instant: Instant): Period =>
    periodOf(addCalendarDays(toEpochMs(instant), program.holdDays, zone), zone);
  const closings = closingsKnownAt(runs, knownAt);
  // A fact that was recorded after its month was closed counts in the month that was open then.
  const periods = monthsFrom(books.first, [...closings.keys()].map(nextPeriod).reduce(laterPeriod, lastOf(at)));
  const salesIn = monthsFrom(books.first, lastOf(closing(periods.at(-1) ?? books.first)));
  const partnerIds = await allPartners(deps, programId, budget);
  const { has, ...known } = withoutEmptyMonths(deps.facts, deps.hasFacts);
  const facts = counted(known, budget);
  const adjustments = await knownAdjustments(deps, programId, periods, asked, budget);
  const firsts = firstPurchasesAsOf(facts, { programId, at, knownAt, periods, salesIn, closings, partnerIds });
  const openings: Accrual['openings'] = async (partnerId) => {
    const reserved = await foldReserved(deps, programId, partnerId, at);
    const currencies = new Set([...fold.currencies(), ...[...waiting.values()].map(({ currency }) => currency)]);
    return [...currencies].map((currency) => {
      const reservedMinor = reserved.get(currency) ?? 0n;
      const closing = waiting.get(`${partnerId}#${currency}`)?.closingBalanceMinor;
      const payableMinor = closing === undefined ? fold.payableMinor(currency, partnerId) : closing + reservedMinor;
      return { currency, payableMinor, reservedMinor };
    });
  };
  await forEachConcurrently(partnerIds, PARTNERS_AT_ONCE, async (partnerId) => {
    budget.inTime();
    // Asked together: the facts are then read one month after the other.
    await forEachConcurrently(
      periods,
      MONTHS_AT_ONCE,
      async (period) => void (await has(programId, partnerId, period)),
    );
    const refunds: RefundFact[] = [];
    for (const period of periods) {
      for await (const refund of facts.refunds(programId, partnerId, period)) refunds.push(refund);
    }
    const accrual: Accrual = {
      program,
      zone,
      at,
      knownAt,
      periods,
      // Each partner's own: what it remembers is of one programme, but the readers of facts differ.
      purchases: makePurchases({ firstPurchases: firsts }, programId),
      openings,
      adjustments,
    };
    const read = factsOfPartnerAsOf(facts, asked, refunds);
    const sums = await accruePartner(
      { ...deps, facts: { ...facts, firstPurchases: firsts } },
      accrual,
      partnerId,
      read,
      refunds,
    );
    for (const [currency, accruedMinor] of sums) add(partnerId, currency, accruedMinor);
  });
}

function assertSafe(minor: bigint, currency: Currency): void {
  if (isSafeMinor(minor)) return;
  throw new Failure('amount_out_of_range', `The sum in ${currency} is beyond 9007199254740991 minor units.`);
}
