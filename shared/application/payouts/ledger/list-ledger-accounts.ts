import { Failure } from '#shared/application/failure';
import type { Journal } from '#shared/application/payouts/ledger/ledger-ports';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { ALL_PAYABLES, makeAccountsFold } from '#shared/domain/ledger/accounts';
import { type Currency, isSafeMinor } from '#shared/domain/money/money';
import { nextPeriod } from '#shared/domain/time/calendar';
import { type Instant, type Period, toInstant } from '#shared/domain/time/instant';
import { instantAsked } from './as-of.ts';
import { LIABILITY_LIMITS, type LiabilityLimits, makeBudget } from './liability-budget.ts';

const ADVICE = 'Export the journal, or ask for an earlier time';

export type AccountBalance = {
  readonly account: string;
  readonly currency: Currency;
  /** Debits less credits. */
  readonly balanceMinor: bigint;
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
  /** Of the account of all partners. */
  readonly partners?: number | undefined;
};

export type ListLedgerAccounts = (input: {
  readonly programId: string;
  /** Inclusive; default: now. */
  readonly asOf?: Instant | undefined;
}) => Promise<{ readonly asOf: Instant; readonly accounts: readonly AccountBalance[]; readonly entries: number }>;

/**
 * The balance of each account at an instant, from the journal: house accounts are kept nowhere else. The accounts of partners are
 * one line a currency.
 * @throws Failure unknown_program; invalid_request for an instant to come; liability_too_large, amount_out_of_range
 */
export function makeListLedgerAccounts(deps: {
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly journal: Pick<Journal, 'ofMonth'>;
  readonly clock: Clock;
  readonly limits?: LiabilityLimits | undefined;
}): ListLedgerAccounts {
  return async ({ programId, asOf }) => {
    const { createdAt } = await deps.programs.get(programId);
    const at = instantAsked(asOf, toInstant(deps.clock()));
    const budget = makeBudget(deps.clock, deps.limits ?? LIABILITY_LIMITS, ADVICE);
    const fold = makeAccountsFold();
    const last = at.slice(0, 7) as Period;
    for (let month = createdAt.slice(0, 7) as Period; month <= last; month = nextPeriod(month)) {
      for await (const entry of deps.journal.ofMonth(programId, month)) {
        budget.read();
        if (entry.postedAt > at) break;
        fold.add(entry);
      }
    }
    const accounts = fold.balances();
    for (const { debitMinor, creditMinor, currency, account } of accounts) {
      if (isSafeMinor(debitMinor) && isSafeMinor(creditMinor)) continue;
      const name = account === ALL_PAYABLES ? 'of all partners' : account;
      throw new Failure(
        'amount_out_of_range',
        `The account ${name} in ${currency} moved more than 9007199254740991 minor units: export the journal, which states them.`,
      );
    }
    return { asOf: at, accounts, entries: fold.entries() };
  };
}
