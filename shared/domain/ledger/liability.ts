import type { Currency } from '../money/money.ts';
import type { PartnerTerms } from '../plan/plan.ts';
import { type PayoutRun, statementState } from '../run/payout-run.ts';
import { nextPeriod } from '../time/calendar.ts';
import { compareText, type Instant, type Period } from '../time/instant.ts';
import { type JournalEntry, PAYOUTS_IN_TRANSIT, payableAccount } from './journal.ts';

/** What is owed in one currency at an instant, in minor units. */
export type Liability = {
  readonly currency: Currency;
  /** Posted and not yet handed to a rail; what partners owe is in it with its sign. */
  readonly payableMinor: bigint;
  /** Handed to a rail and neither settled nor come back. */
  readonly inTransitMinor: bigint;
  /** Earned, and in no statement that was posted. */
  readonly accruedMinor: bigint;
  readonly totalMinor: bigint;
};

export type LedgerFold = {
  readonly add: (entry: JournalEntry) => void;
  readonly currencies: () => readonly Currency[];
  readonly payableMinor: (currency: Currency, partnerId?: string) => bigint;
  readonly inTransitMinor: (currency: Currency) => bigint;
};

/** Folds a journal into what it says is owed; both accounts are liabilities, so that a credit raises them. */
export function makeLedgerFold(): LedgerFold {
  const payable = new Map<string, bigint>();
  const inTransit = new Map<Currency, bigint>();
  const raise = (sums: Map<string, bigint>, key: string, byMinor: bigint): void => {
    sums.set(key, (sums.get(key) ?? 0n) + byMinor);
  };
  const keyOf = (currency: Currency, partnerId = ''): string => `${currency}#${partnerId}`;
  return {
    add: ({ currency, partnerId, postings }) => {
      for (const { account, amountMinor } of postings) {
        if (account === payableAccount(partnerId)) {
          raise(payable, keyOf(currency), -amountMinor);
          raise(payable, keyOf(currency, partnerId), -amountMinor);
        }
        if (account === PAYOUTS_IN_TRANSIT) raise(inTransit, currency, -amountMinor);
      }
    },
    currencies: () => [...new Set([...[...payable.keys()].map((key) => key.split('#')[0] ?? ''), ...inTransit.keys()])],
    payableMinor: (currency, partnerId) => payable.get(keyOf(currency, partnerId)) ?? 0n,
    inTransitMinor: (currency) => inTransit.get(currency) ?? 0n,
  };
}

/** Whether a fact counts at an instant: it had occurred, was recorded, and had been given to its partner. */
export function isKnownAt(
  fact: {
    readonly occurredAt: Instant;
    readonly recordedAt?: Instant | undefined;
    readonly reattributedAt?: Instant | undefined;
  },
  at: Instant,
): boolean {
  const { occurredAt, recordedAt = occurredAt, reattributedAt = recordedAt } = fact;
  return occurredAt <= at && recordedAt <= at && reattributedAt <= at;
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
  /** Since when the first open month took no more facts: a run of it had been opened. */
  readonly closingSince?: Instant | undefined;
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
  return { first: period, closingSince: opened[0]?.openedAt };
}

export type PartnerAccrual = { readonly partnerId: string; readonly currency: Currency; readonly accruedMinor: bigint };

/** Everything that is owed, by currency and, what is accrued, by partner: the `maxShown` largest, the others added up. */
export function sumLiability(
  fold: LedgerFold,
  accruals: readonly PartnerAccrual[],
  maxShown: number,
): {
  readonly totals: readonly Liability[];
  readonly partners: readonly PartnerAccrual[];
  readonly others: readonly { readonly currency: Currency; readonly partners: number; readonly accruedMinor: bigint }[];
} {
  const currencies = [...new Set([...fold.currencies(), ...accruals.map(({ currency }) => currency)])];
  const totals = currencies.sort(compareText).map((currency): Liability => {
    const payableMinor = fold.payableMinor(currency);
    const inTransitMinor = fold.inTransitMinor(currency);
    const accruedMinor = sumOf(accruals, currency);
    const totalMinor = payableMinor + inTransitMinor + accruedMinor;
    return { currency, payableMinor, inTransitMinor, accruedMinor, totalMinor };
  });
  const largest = accruals.filter(({ accruedMinor }) => accruedMinor !== 0n).sort(bySize);
  const shown = largest.slice(0, maxShown);
  const rest = largest.slice(maxShown);
  const others = [...new Set(rest.map(({ currency }) => currency))].sort(compareText).map((currency) => ({
    currency,
    partners: rest.filter((one) => one.currency === currency).length,
    accruedMinor: sumOf(rest, currency),
  }));
  return { totals, partners: shown, others };
}

function sumOf(accruals: readonly PartnerAccrual[], currency: Currency): bigint {
  return accruals.filter((one) => one.currency === currency).reduce((sum, one) => sum + one.accruedMinor, 0n);
}

function bySize(a: PartnerAccrual, b: PartnerAccrual): number {
  const [one, other] = [a, b].map(({ accruedMinor }) => (accruedMinor < 0n ? -accruedMinor : accruedMinor)) as [
    bigint,
    bigint,
  ];
  if (one !== other) return one > other ? -1 : 1;
  return compareText(a.partnerId, b.partnerId) || compareText(a.currency, b.currency);
}
