import type { Currency } from '../money/money.ts';
import type { PartnerTerms } from '../plan/plan.ts';
import { type PayoutRun, statementState } from '../run/payout-run.ts';
import { nextPeriod } from '../time/calendar.ts';
import { compareText, type Instant, type Period } from '../time/instant.ts';
import { type JournalEntry, PAYOUTS_IN_TRANSIT, payableAccount } from './journal.ts';

/** What stands between the programme and one partner, or all of them, in one currency at an instant, in minor units. */
export type LiabilityParts = {
  /** Posted and not yet handed to a rail, of partners that are owed. */
  readonly payableMinor: bigint;
  /** What partners owe the programme: balances below zero, as a positive number. */
  readonly receivableMinor: bigint;
  /** Handed to a rail and neither settled nor come back. */
  readonly inTransitMinor: bigint;
  /** Earned, and in no statement that was posted; below zero where more will be taken back. */
  readonly accruedMinor: bigint;
};
export type Liability = LiabilityParts & {
  readonly currency: Currency;
  /** What the programme owes: payable, in transit and accrued. */
  readonly totalMinor: bigint;
  /** The total without what partners owe, some of which may never come. */
  readonly netMinor: bigint;
};
export type PartnerLiability = LiabilityParts & { readonly partnerId: string; readonly currency: Currency };

export type LedgerFold = {
  readonly add: (entry: JournalEntry) => void;
  readonly currencies: () => readonly Currency[];
  /** A partner's balance with its sign. */
  readonly payableMinor: (currency: Currency, partnerId: string) => bigint;
  /** Of every partner that was ever posted to, without what is accrued. */
  readonly partners: () => readonly PartnerLiability[];
};

/** Folds a journal into what it says is owed; both accounts are liabilities, so that a credit raises them. */
export function makeLedgerFold(): LedgerFold {
  type Sums = { readonly partnerId: string; readonly currency: Currency; balanceMinor: bigint; inTransitMinor: bigint };
  const known = new Map<string, Sums>();
  const keyOf = (currency: Currency, partnerId: string): string => `${currency}#${partnerId}`;
  return {
    add: ({ currency, partnerId, postings }) => {
      const key = keyOf(currency, partnerId);
      const sums = known.get(key) ?? { partnerId, currency, balanceMinor: 0n, inTransitMinor: 0n };
      known.set(key, sums);
      for (const { account, amountMinor } of postings) {
        if (account === payableAccount(partnerId)) sums.balanceMinor -= amountMinor;
        if (account === PAYOUTS_IN_TRANSIT) sums.inTransitMinor -= amountMinor;
      }
    },
    currencies: () => [...new Set([...known.values()].map(({ currency }) => currency))],
    payableMinor: (currency, partnerId) => known.get(keyOf(currency, partnerId))?.balanceMinor ?? 0n,
    partners: () =>
      [...known.values()].map(({ partnerId, currency, balanceMinor, inTransitMinor }) => ({
        partnerId,
        currency,
        payableMinor: balanceMinor > 0n ? balanceMinor : 0n,
        receivableMinor: balanceMinor < 0n ? -balanceMinor : 0n,
        inTransitMinor,
        accruedMinor: 0n,
      })),
  };
}

/** Whether a fact counts at an instant: it had occurred, and by `knownAt` was recorded and had been given to its partner. */
export function isKnownAt(
  fact: {
    readonly occurredAt: Instant;
    readonly recordedAt?: Instant | undefined;
    readonly reattributedAt?: Instant | undefined;
  },
  at: Instant,
  knownAt: Instant = at,
): boolean {
  const { occurredAt, recordedAt = occurredAt, reattributedAt = recordedAt } = fact;
  return occurredAt <= at && recordedAt <= knownAt && reattributedAt <= knownAt;
}

/** The terms as they were known at an instant: those recorded later are left out, an end that was decided later is not yet. */
export function termsKnownAt(terms: PartnerTerms, at: Instant): PartnerTerms {
  const isKnown = ({ recordedAt }: { readonly recordedAt?: Instant | undefined }): boolean =>
    recordedAt === undefined || recordedAt <= at;
  return {
    ...terms,
    agreements: terms.agreements
      .filter(isKnown)
      .map((term) =>
        term.endRecordedAt !== undefined && term.endRecordedAt > at ? { ...term, endsAt: undefined } : term,
      ),
    tiers: terms.tiers.filter(isKnown),
  };
}

export type Books = {
  /** The first month that no statement stands for. */
  readonly first: Period;
  /** The run of the month before, whose statements stand, though some may not have been posted then. */
  readonly closing?: PayoutRun | undefined;
};

/** How far the books were closed at an instant: a month's run is opened only when the month before is paid. */
export function booksAt(booksOpenFrom: Period, newestFirst: readonly PayoutRun[], at: Instant): Books {
  const opened = newestFirst.filter((run) => run.openedAt <= at);
  const period = opened[0]?.period;
  if (period === undefined) return { first: booksOpenFrom };
  const final = opened.find((run) => run.period === period && statementState(run) === 'final');
  if (final?.summarisedAt !== undefined && final.summarisedAt <= at) {
    return { first: nextPeriod(period), closing: final };
  }
  return { first: period };
}

/** Since when months took no more facts, as it was known: of each the newest run that had been opened. */
export function closingsKnownAt(newestFirst: readonly PayoutRun[], knownAt: Instant): ReadonlyMap<Period, Instant> {
  const closings = new Map<Period, Instant>();
  for (const { period, openedAt } of newestFirst) {
    if (openedAt <= knownAt && !closings.has(period)) closings.set(period, openedAt);
  }
  return closings;
}

export type PartnerAccrual = { readonly partnerId: string; readonly currency: Currency; readonly accruedMinor: bigint };

/** Everything that is owed, by currency and by partner: the `maxShown` largest, the others added up, and both the totals. */
export function sumLiability(
  fold: LedgerFold,
  accruals: readonly PartnerAccrual[],
  maxShown: number,
): {
  readonly totals: readonly Liability[];
  readonly partners: readonly PartnerLiability[];
  readonly others: readonly (LiabilityParts & { readonly currency: Currency; readonly partners: number })[];
} {
  const rows = withAccruals(fold.partners(), accruals);
  const totals = currenciesOf(rows).map((currency): Liability => {
    const parts = sumOf(rows, currency);
    const totalMinor = parts.payableMinor + parts.inTransitMinor + parts.accruedMinor;
    return { currency, ...parts, totalMinor, netMinor: totalMinor - parts.receivableMinor };
  });
  const largest = rows.filter((row) => sizeOf(row) !== 0n).sort(bySize);
  const rest = largest.slice(maxShown);
  const others = currenciesOf(rest).map((currency) => ({
    currency,
    partners: rest.filter((one) => one.currency === currency).length,
    ...sumOf(rest, currency),
  }));
  return { totals, partners: largest.slice(0, maxShown), others };
}

function withAccruals(
  posted: readonly PartnerLiability[],
  accruals: readonly PartnerAccrual[],
): readonly PartnerLiability[] {
  const rows = new Map<string, PartnerLiability>();
  const keyOf = ({ partnerId, currency }: PartnerAccrual | PartnerLiability): string => `${partnerId}#${currency}`;
  for (const row of posted) rows.set(keyOf(row), row);
  for (const accrual of accruals) {
    const row = rows.get(keyOf(accrual)) ?? { ...NOTHING, ...accrual, accruedMinor: 0n };
    rows.set(keyOf(accrual), { ...row, accruedMinor: row.accruedMinor + accrual.accruedMinor });
  }
  return [...rows.values()];
}

const NOTHING: LiabilityParts = { payableMinor: 0n, receivableMinor: 0n, inTransitMinor: 0n, accruedMinor: 0n };

function sumOf(rows: readonly PartnerLiability[], currency: Currency): LiabilityParts {
  return rows
    .filter((row) => row.currency === currency)
    .reduce(
      (sum: LiabilityParts, row) => ({
        payableMinor: sum.payableMinor + row.payableMinor,
        receivableMinor: sum.receivableMinor + row.receivableMinor,
        inTransitMinor: sum.inTransitMinor + row.inTransitMinor,
        accruedMinor: sum.accruedMinor + row.accruedMinor,
      }),
      NOTHING,
    );
}

function currenciesOf(rows: readonly { readonly currency: Currency }[]): readonly Currency[] {
  return [...new Set(rows.map(({ currency }) => currency))].sort(compareText);
}

/** What is at stake with a partner, whoever owes it. */
function sizeOf({ payableMinor, receivableMinor, inTransitMinor, accruedMinor }: LiabilityParts): bigint {
  return [payableMinor, receivableMinor, inTransitMinor, accruedMinor].reduce(
    (sum, minor) => sum + (minor < 0n ? -minor : minor),
    0n,
  );
}

function bySize(a: PartnerLiability, b: PartnerLiability): number {
  const [one, other] = [sizeOf(a), sizeOf(b)];
  if (one !== other) return one > other ? -1 : 1;
  return compareText(a.partnerId, b.partnerId) || compareText(a.currency, b.currency);
}
