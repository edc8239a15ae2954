import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { RecordedAdjustment } from '#shared/application/payouts/adjustments/adjustment-ports';
import type { Balance } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns, StatementReader, StatementSummary, StatementWriter } from '#shared/application/payouts/ports';
import type { PublishedPlans } from '#shared/application/plans-of-terms';
import type { Program } from '#shared/application/programs';
import type { ReferralFacts } from '#shared/application/referral-facts';
import type { TimeBox } from '#shared/application/time-box';
import { parseRunId, parseStatementId, runIdOf } from '#shared/domain/ledger/money-ids';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import type { StatementLine } from '#shared/domain/statement/statement';
import type { Instant, Period } from '#shared/domain/time/instant';
import type { TimeZone } from '#shared/domain/time/time-zone';
import { type LateRefunds, makeLateRefunds } from './late-refunds.ts';
import type { Purchases } from './purchases.ts';
import { statePartner } from './state-partner.ts';

/** What one partner's open months are stated from; nothing of it is written. */
export type OpenMonths = {
  readonly program: Program;
  readonly zone: TimeZone;
  readonly at: Instant;
  /** The months that no posted statement holds, in order. */
  readonly periods: readonly Period[];
  readonly purchases: Purchases;
  readonly plans: PublishedPlans;
  readonly terms: Awaited<ReturnType<PartnerTermsReader['terms']>>;
  readonly facts: ReferralFacts;
  readonly adjustmentsOf: (period: Period) => Promise<readonly RecordedAdjustment[]>;
  /** What the first of the months opens with. */
  readonly openings: readonly Balance[];
  /** Whether a month opens with what the one before left; otherwise each opens with nothing, and only its own facts are summed. */
  readonly isCarriedOver: boolean;
  /** Orders with a late refund: their lines are kept, because what takes them back may be stated here too. */
  readonly lateOrders: ReadonlySet<string>;
  readonly runs: Pick<PayoutRuns, 'latestOf'>;
  readonly statements: Pick<StatementReader, 'earnedLines'>;
  /** States only what is earned by then; absent: as a close would. */
  readonly accruedAt?: Instant | undefined;
  readonly box?: TimeBox | undefined;
};

export type StatedMonth = { readonly period: Period } & Awaited<ReturnType<typeof statePartner>>;

/**
 * States a partner's open months one after the other by the code of a close, writing nothing. A late refund of a sale that is
 * itself still open takes back the lines that were stated here for it. `watch` is told every line and every reason of a month.
 * @throws TimeIsOver between two facts
 */
export async function* stateOpenMonths(
  months: OpenMonths,
  partnerId: string,
  watch?: (period: Period) => Pick<StatementWriter, 'putLines' | 'putNothing'>,
): AsyncIterable<StatedMonth> {
  const { program, at, periods, facts, isCarriedOver } = months;
  let openings = months.openings;
  const paid = new Map<string, StatementLine[]>();
  for (const period of periods) {
    const stand = {
      partners: { terms: async () => months.terms },
      plans: months.plans,
      facts,
      adjustments: { ofPartner: async () => await months.adjustmentsOf(period) },
      balances: { of: async () => openings },
      newHash: () => NO_HASH,
    };
    const context = {
      program,
      run: standInRun(program.programId, period, at),
      zone: months.zone,
      purchases: months.purchases,
      lateRefunds: lateRefundsOf(months, paid),
      writer: keepLines(months.lateOrders, paid, watch?.(period)),
      accruedAt: months.accruedAt,
      box: months.box,
    };
    const stated = await statePartner(stand, context, partnerId);
    yield { period, ...stated };
    if (isCarriedOver) openings = stated.statements.map(carriedOver);
  }
}

/** What the next month opens with, where what is unsent stays so. */
function carriedOver({ currency, closingBalanceMinor, unsentMinor = 0n }: StatementSummary): Balance {
  return { currency, payableMinor: closingBalanceMinor + unsentMinor, reservedMinor: unsentMinor };
}

/** A sale of a closed month was paid by its final statement, one of an open month by what was stated here before. */
function lateRefundsOf(
  { program: { programId }, at, periods, facts, runs, statements }: OpenMonths,
  paid: ReadonlyMap<string, readonly StatementLine[]>,
): LateRefunds {
  const isOpen = (period: Period | undefined): boolean => period !== undefined && periods.includes(period);
  return makeLateRefunds({
    programId,
    facts,
    runs: {
      latestOf: async (id, period) =>
        isOpen(period) ? { ...standInRun(programId, period, at), decision: 'approve' } : runs.latestOf(id, period),
    },
    statements: {
      earnedLines: async (id, statementId, conversion) => {
        const runId = parseStatementId(statementId)?.runId ?? '';
        return isOpen(parseRunId(runId)?.period)
          ? (paid.get(conversion.orderId) ?? [])
          : statements.earnedLines(id, statementId, conversion);
      },
    },
  });
}

/** Stands in for the run that will close the month. */
function standInRun(programId: string, period: Period, at: Instant): PayoutRun {
  return {
    programId,
    runId: runIdOf(period, 1),
    period,
    attempt: 1,
    status: 'computing',
    openedBy: 'system:accrual',
    openedAt: at,
    execution: 1,
    totals: [],
    anomalies: [],
    approvalsRequired: 0,
    given: [],
    holds: [],
    failures: [],
  };
}

const NO_HASH = { update: () => {}, hex: () => '' };

/** Writes nothing; keeps the lines of the sales that a late refund takes back. */
function keepLines(
  orders: ReadonlySet<string>,
  paid: Map<string, StatementLine[]>,
  watch: Pick<StatementWriter, 'putLines' | 'putNothing'> | undefined,
): StatementWriter {
  return {
    putLines: async (programId, statementId, page) => {
      await watch?.putLines(programId, statementId, page);
      if (page.section !== '1') return;
      for (const line of page.lines) {
        if (line.conversionId === undefined || !orders.has(line.conversionId)) continue;
        paid.set(line.conversionId, [...(paid.get(line.conversionId) ?? []), line]);
      }
    },
    putNothing: async (...page) => await watch?.putNothing(...page),
    putHeader: async () => {},
    flush: async () => {},
  };
}
