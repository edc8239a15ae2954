import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { RecordedAdjustment } from '#shared/application/payouts/adjustments/adjustment-ports';
import type { Balance } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns, StatementReader, StatementSummary, StatementWriter } from '#shared/application/payouts/ports';
import type { PublishedPlans } from '#shared/application/plans-of-terms';
import type { Program } from '#shared/application/programs';
import type { ReferralFacts, RefundFact } from '#shared/application/referral-facts';
import { isKnownAt, termsKnownAt } from '#shared/domain/ledger/liability';
import { parseRunId, parseStatementId, runIdOf } from '#shared/domain/ledger/money-ids';
import { isWriteOff } from '#shared/domain/ledger/write-off';
import type { Currency } from '#shared/domain/money/money';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import type { StatementLine } from '#shared/domain/statement/statement';
import type { Instant, Period } from '#shared/domain/time/instant';
import type { TimeZone } from '#shared/domain/time/time-zone';
import { type LateRefunds, makeLateRefunds } from '../statements/late-refunds.ts';
import type { Purchases } from '../statements/purchases.ts';
import { statePartner } from '../statements/state-partner.ts';

export type AccruePartnerDeps = {
  readonly partners: Pick<PartnerTermsReader, 'terms'>;
  readonly plans: PublishedPlans;
  readonly facts: ReferralFacts;
  readonly runs: Pick<PayoutRuns, 'latestOf'>;
  readonly statements: Pick<StatementReader, 'earnedLines'>;
};

export type Accrual = {
  readonly program: Program;
  readonly zone: TimeZone;
  readonly at: Instant;
  /** Not before `at`: facts and terms that were recorded later are left out. */
  readonly knownAt: Instant;
  /** The months that were not closed then, in order. */
  readonly periods: readonly Period[];
  readonly purchases: Purchases;
  /** Those that count, of every open month, by partner. */
  readonly adjustments: ReadonlyMap<string, readonly RecordedAdjustment[]>;
  /** What the partner's first open statement opens with: asked only when something is to be written off. */
  readonly openings: (partnerId: string) => Promise<readonly Balance[]>;
};

/**
 * What a partner has earned at an instant that no closed month holds, by currency: its open months stated one after the other
 * by the code of a close, on the facts and terms that were known then, writing nothing. A late refund of a sale that is itself
 * still open takes back the lines that this accrual pays.
 */
export async function accruePartner(
  deps: AccruePartnerDeps,
  accrual: Accrual,
  partnerId: string,
  read: Pick<ReferralFacts, 'conversions' | 'refunds' | 'order'>,
  refunds: readonly RefundFact[],
): Promise<ReadonlyMap<Currency, bigint>> {
  const { program, at, knownAt, periods } = accrual;
  const { programId } = program;
  const terms = await deps.partners.terms(programId, partnerId);
  const known = terms && termsKnownAt(terms, knownAt);
  const adjustments = accrual.adjustments.get(partnerId) ?? [];
  const hasWriteOff = adjustments.some(isWriteOff);
  let openings: readonly Balance[] = hasWriteOff ? await accrual.openings(partnerId) : [];
  const lateOrders = new Set(
    refunds.filter((refund) => refund.late && isKnownAt(refund, at, knownAt)).map((one) => one.orderId),
  );
  const paid = new Map<string, StatementLine[]>();
  const sums = new Map<Currency, bigint>();
  const facts: ReferralFacts = { ...read, firstPurchases: deps.facts.firstPurchases };
  for (const period of periods) {
    const stand = {
      partners: { terms: async () => known },
      plans: deps.plans,
      facts,
      adjustments: { ofPartner: async () => adjustments.filter((one) => one.period === period) },
      balances: { of: async () => openings },
      newHash: () => NO_HASH,
    };
    const context = {
      program,
      run: accruedRun(programId, period, at),
      zone: accrual.zone,
      purchases: accrual.purchases,
      lateRefunds: lateRefundsOf(deps, accrual, facts, paid),
      writer: keepLines(lateOrders, paid),
      accruedAt: at,
    };
    const { statements } = await statePartner(stand, context, partnerId);
    for (const { currency, earnedMinor, clawbackMinor, adjustmentMinor } of statements) {
      sums.set(currency, (sums.get(currency) ?? 0n) + earnedMinor + clawbackMinor + adjustmentMinor);
    }
    if (hasWriteOff) {
      openings = statements.map(carriedOver);
    }
  }
  return sums;
}

/** What the next month opens with, where what is unsent stays so. */
function carriedOver({ currency, closingBalanceMinor, unsentMinor = 0n }: StatementSummary): Balance {
  return { currency, payableMinor: closingBalanceMinor + unsentMinor, reservedMinor: unsentMinor };
}

/** A sale of a closed month was paid by its final statement, one of an open month by what was stated here before. */
function lateRefundsOf(
  deps: AccruePartnerDeps,
  { program, at, periods }: Accrual,
  facts: Pick<ReferralFacts, 'order'>,
  paid: ReadonlyMap<string, readonly StatementLine[]>,
): LateRefunds {
  const { programId } = program;
  const isOpen = (period: Period | undefined): boolean => period !== undefined && periods.includes(period);
  return makeLateRefunds({
    programId,
    facts,
    runs: {
      latestOf: async (id, period) =>
        isOpen(period) ? { ...accruedRun(programId, period, at), decision: 'approve' } : deps.runs.latestOf(id, period),
    },
    statements: {
      earnedLines: async (id, statementId, conversion) => {
        const runId = parseStatementId(statementId)?.runId ?? '';
        return isOpen(parseRunId(runId)?.period)
          ? (paid.get(conversion.orderId) ?? [])
          : deps.statements.earnedLines(id, statementId, conversion);
      },
    },
  });
}

/** Stands in for the run that will close the month. */
function accruedRun(programId: string, period: Period, at: Instant): PayoutRun {
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
function keepLines(orders: ReadonlySet<string>, paid: Map<string, StatementLine[]>): StatementWriter {
  return {
    putLines: async (_programId, _statementId, { section, lines }) => {
      if (section !== '1') return;
      for (const line of lines) {
        if (line.conversionId === undefined || !orders.has(line.conversionId)) continue;
        paid.set(line.conversionId, [...(paid.get(line.conversionId) ?? []), line]);
      }
    },
    putNothing: async () => {},
    putHeader: async () => {},
    flush: async () => {},
  };
}
