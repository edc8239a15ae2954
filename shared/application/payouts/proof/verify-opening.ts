import type { Balance, Balances } from '#shared/application/payouts/ledger/ledger-ports';
import type { StatementHeader, StatementReader } from '#shared/application/payouts/ports';
import { type JournalEntry, payableChange } from '#shared/domain/ledger/journal';
import { statementIdOf } from '#shared/domain/ledger/money-ids';
import type { Payout } from '#shared/domain/ledger/payout';
import type { Currency } from '#shared/domain/money/money';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import type { Instant } from '#shared/domain/time/instant';

/** What the ledger holds of one partner. */
export type PartnerLedger = {
  readonly partnerId: string;
  readonly entries: readonly JournalEntry[];
  readonly payouts: readonly Payout[];
  readonly balances: readonly Balance[];
};

type Moment = Omit<Balance, 'currency'>;

/**
 * The balance a statement opened with, from the ledger alone: what was payable and reserved when its run was opened. A rail
 * may report while a run is computed, so every balance until the first decision counts, and the stored opening says which of
 * them was read; one that the ledger never had is answered with the balance at the opening of the run.
 */
export function openingBalances(
  statements: Pick<StatementReader, 'header'>,
  run: PayoutRun,
  ledger: PartnerLedger,
): Balances {
  return {
    of: async (programId, partnerId) => {
      const found: Balance[] = [];
      for (const currency of currenciesOf(ledger)) {
        const moments = momentsOf(ledger, currency, run.openedAt, run.given[0]?.at ?? run.openedAt);
        const header = await statements.header(programId, statementIdOf(run.runId, partnerId, currency));
        const opening = momentRead(moments, header) ?? moments[0];
        if (opening) found.push({ currency, ...opening });
      }
      return found;
    },
  };
}

/**
 * The moment that the stored statement opened with. Sending a payout moves what is payable and what is reserved alike, so that
 * moments may share an opening: what was unsent tells them apart. Statements from before that was stated are without it.
 */
function momentRead(moments: readonly Moment[], header: StatementHeader | undefined): Moment | undefined {
  const { openingBalanceMinor = 0n, unsentMinor } = header ?? {};
  const alike = moments.filter((moment) => openingOf(moment) === openingBalanceMinor);
  const exact = alike.find(({ reservedMinor }) => reservedMinor === (unsentMinor ?? 0n));
  if (exact || !alike[0]) return exact;
  return unsentMinor === undefined ? { payableMinor: openingBalanceMinor, reservedMinor: 0n } : alike[0];
}

function openingOf({ payableMinor, reservedMinor }: Moment): bigint {
  return payableMinor - reservedMinor;
}

function currenciesOf({ entries, payouts }: PartnerLedger): ReadonlySet<Currency> {
  return new Set([...entries, ...payouts].map(({ currency }) => currency));
}

/** The balances of a currency from the first instant to the last, both inclusive. */
function momentsOf(ledger: PartnerLedger, currency: Currency, first: Instant, last: Instant): readonly Moment[] {
  const moves = movesOf(ledger, currency);
  const at = (until: Instant): Moment => {
    const past = moves.filter((move) => move.at <= until);
    return {
      payableMinor: past.reduce((sum, move) => sum + move.payableMinor, 0n),
      reservedMinor: past.reduce((sum, move) => sum + move.reservedMinor, 0n),
    };
  };
  const between = moves.map((move) => move.at).filter((instant) => instant > first && instant <= last);
  return [first, ...new Set(between.sort())].map(at);
}

/** An entry and its payout are one transaction and carry one instant, so they move together. */
function movesOf(ledger: PartnerLedger, currency: Currency): readonly (Moment & { readonly at: Instant })[] {
  const entries = ledger.entries
    .filter((entry) => entry.currency === currency)
    .map((entry) => ({ at: entry.postedAt, payableMinor: payableChange(entry), reservedMinor: 0n }));
  const payouts = ledger.payouts
    .filter((payout) => payout.currency === currency)
    .flatMap(({ createdAt, reservedUntil, amountMinor }) => [
      { at: createdAt, payableMinor: 0n, reservedMinor: amountMinor },
      ...(reservedUntil === undefined ? [] : [{ at: reservedUntil, payableMinor: 0n, reservedMinor: -amountMinor }]),
    ]);
  return [...entries, ...payouts];
}
