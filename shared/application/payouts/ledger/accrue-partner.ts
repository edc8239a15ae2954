import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { RecordedAdjustment } from '#shared/application/payouts/adjustments/adjustment-ports';
import type { Balance } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns, StatementReader } from '#shared/application/payouts/ports';
import type { PublishedPlans } from '#shared/application/plans-of-terms';
import type { Program } from '#shared/application/programs';
import type { ReferralFacts, RefundFact } from '#shared/application/referral-facts';
import { isKnownAt, termsKnownAt } from '#shared/domain/ledger/liability';
import { isWriteOff } from '#shared/domain/ledger/write-off';
import type { Currency } from '#shared/domain/money/money';
import type { Instant, Period } from '#shared/domain/time/instant';
import type { TimeZone } from '#shared/domain/time/time-zone';
import { stateOpenMonths } from '../statements/open-months.ts';
import type { Purchases } from '../statements/purchases.ts';

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
  const lateOrders = new Set(
    refunds.filter((refund) => refund.late && isKnownAt(refund, at, knownAt)).map((one) => one.orderId),
  );
  const months = {
    program,
    zone: accrual.zone,
    at,
    periods,
    purchases: accrual.purchases,
    plans: deps.plans,
    terms: known,
    facts: { ...read, firstPurchases: deps.facts.firstPurchases },
    adjustmentsOf: async (period: Period) => adjustments.filter((one) => one.period === period),
    openings: hasWriteOff ? await accrual.openings(partnerId) : [],
    isCarriedOver: hasWriteOff,
    lateOrders,
    runs: deps.runs,
    statements: deps.statements,
    accruedAt: at,
  };
  const sums = new Map<Currency, bigint>();
  for await (const { statements } of stateOpenMonths(months, partnerId)) {
    for (const { currency, earnedMinor, clawbackMinor, adjustmentMinor } of statements) {
      sums.set(currency, (sums.get(currency) ?? 0n) + earnedMinor + clawbackMinor + adjustmentMinor);
    }
  }
  return sums;
}
