import type { Balance, Balances, Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { StatementSummary } from '#shared/application/payouts/ports';
import { type JournalEntry, payableChange } from '#shared/domain/ledger/journal';
import { type Payout, type PayoutStatus, RESERVED_STATUSES } from '#shared/domain/ledger/payout';
import type { Currency } from '#shared/domain/money/money';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { compareText } from '#shared/domain/time/instant';
import { postingOf } from '../paying/post-statements.ts';
import { approvedRun } from '../runs/approved-run.ts';
import { type Compare, compareFields, type Differences, MISSING, UNACCOUNTED } from './verify-differences.ts';
import type { PartnerLedger } from './verify-opening.ts';
import { entriesOfPayout } from './verify-payout.ts';

/** A partner has one payout a run and currency: a page holds them all. */
const PAYOUTS_A_PAGE = 100;
/** Money that moves between two reads looks like a difference: only one that stays is named. */
const MAX_READINGS = 3;

/** Before these a statement may wait for its posting. */
const POSTED: ReadonlySet<PayoutRun['status']> = new Set(['submitting', 'completed', 'completed_with_failures']);

export type LedgerReaders = {
  /** As stored, also an entry that breaks the rules of the journal. */
  readonly journal: { ofPartner(programId: string, partnerId: string): AsyncIterable<JournalEntry> };
  readonly balances: Balances;
  readonly payouts: Pick<Payouts, 'ofRun' | 'getMany'>;
};

/** Reads a partner's ledger until entries, payouts and balances belong together. */
export async function readLedger(
  deps: LedgerReaders,
  programId: string,
  partnerId: string,
  runs: readonly PayoutRun[],
): Promise<PartnerLedger> {
  for (let reading = 1; ; reading += 1) {
    const payoutIds: string[] = [];
    for (const { runId } of runs) {
      const { items } = await deps.payouts.ofRun(programId, runId, { partnerId, limit: PAYOUTS_A_PAGE });
      payoutIds.push(...items.map(({ payoutId }) => payoutId));
    }
    const entries: JournalEntry[] = [];
    for await (const entry of deps.journal.ofPartner(programId, partnerId)) entries.push(entry);
    const payouts = await deps.payouts.getMany(programId, payoutIds);
    const balances = await deps.balances.of(programId, partnerId);
    const ledger = { partnerId, entries, payouts, balances };
    if (reading >= MAX_READINGS || foldOf(ledger).every(isEqual)) return ledger;
  }
}

type Fold = { readonly currency: Currency; readonly stored: Balance | undefined; readonly folded: Balance };

/** Each balance beside the fold of the entries and payouts that made it. */
function foldOf({ entries, payouts, balances }: PartnerLedger): readonly Fold[] {
  const currencies = new Set([...balances, ...entries, ...payouts].map(({ currency }) => currency));
  return [...currencies].sort(compareText).map((currency) => {
    const own = entries.filter((entry) => entry.currency === currency);
    const reserved = payouts.filter((payout) => payout.currency === currency && RESERVED_STATUSES.has(payout.status));
    return {
      currency,
      stored: balances.find((balance) => balance.currency === currency),
      folded: {
        currency,
        payableMinor: own.reduce((sum, entry) => sum + payableChange(entry), 0n),
        reservedMinor: reserved.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
      },
    };
  });
}

function isEqual({ stored, folded }: Fold): boolean {
  return stored?.payableMinor === folded.payableMinor && stored.reservedMinor === folded.reservedMinor;
}

export type StatedPartner = {
  readonly ledger: PartnerLedger;
  readonly statements: readonly { readonly run: PayoutRun; readonly statement: StatementSummary }[];
  /** Every entry and payout must follow from these statements; else only those of their runs. */
  readonly isWhole: boolean;
};

/**
 * Compares a partner's ledger with its statements: each entry sums to zero and is the one that its statement, or the state of
 * its payout, leads to; each payout pays its statement; each balance is the fold of entries and payouts.
 */
export async function verifyLedger(
  programId: string,
  partner: StatedPartner,
  differences: Differences,
): Promise<{ readonly entryCount: number; readonly balanceCount: number }> {
  const { ledger, statements, isWhole } = partner;
  const runIds = new Set(statements.map(({ run }) => run.runId));
  const isOurs = (statementId: string | undefined): boolean => isWhole || runIds.has(statementId?.split('~')[0] ?? '');
  const entries = new Map(ledger.entries.map((entry) => [entry.entryId, entry]));
  const payouts = new Map(ledger.payouts.map((payout) => [payout.payoutId, payout]));
  let entryCount = 0;

  for (const { run, statement } of statements) {
    const expected = await followFrom(programId, run, statement, ledger);
    const paid = expected.payout && takeOut(payouts, expected.payout.payoutId);
    if (paid && expected.payout) comparePayout(paid, expected.payout, differences);
    else if (expected.payout && POSTED.has(run.status)) {
      differences.of('payout', expected.payout.payoutId)('payout', MISSING, expected.payout.amountMinor);
    }
    for (const entry of expected.entries) {
      const stored = takeOut(entries, entry.entryId);
      if (stored) entryCount += 1;
      if (stored) compareEntry(stored, entry, differences);
      else if (POSTED.has(run.status) || paid) differences.of('entry', entry.entryId)('entry', MISSING, textOf(entry));
    }
  }
  for (const entry of entries.values()) {
    if (isOurs(entry.links.statementId)) differences.of('entry', entry.entryId)('entry', textOf(entry), UNACCOUNTED);
  }
  for (const payout of payouts.values()) {
    const { payoutId, statementId, amountMinor } = payout;
    if (isOurs(statementId)) differences.of('payout', payoutId)('payout', amountMinor, UNACCOUNTED);
  }
  const folds = foldOf(ledger);
  for (const fold of folds) compareBalance(differences.of('balance', `${ledger.partnerId} ${fold.currency}`), fold);
  return { entryCount, balanceCount: folds.length };
}

function takeOut<T>(items: Map<string, T>, id: string): T | undefined {
  const item = items.get(id);
  items.delete(id);
  return item;
}

type Followed = { readonly entries: readonly JournalEntry[]; readonly payout?: Payout | undefined };

/** The payout and the entries that a statement leads to, given how far its payout has come. */
async function followFrom(
  programId: string,
  run: PayoutRun,
  statement: StatementSummary,
  { entries, payouts }: PartnerLedger,
): Promise<Followed> {
  const approved = await approvedRun({ get: async () => run }, programId, run.runId);
  // When it was posted and whether its payout had to wait then is history, not a consequence of facts.
  const at = entries.find(({ entryId }) => entryId === `post~${statement.statementId}`)?.postedAt ?? approved.decidedAt;
  const { entry, payout } = postingOf({ programId, run: approved, statement, blocked: undefined, at }) ?? {};
  const paid = payout && payouts.find(({ payoutId }) => payoutId === payout.payoutId);
  return {
    payout,
    entries: [...(entry ? [entry] : []), ...(payout && paid ? entriesOfPayout(payout, paid, entries) : [])],
  };
}

/**
 * A ledger with the amounts that a verified statement leads to in place of the stored ones, so that a wrong entry is named
 * once and not again in every later opening balance.
 */
export async function withAmountsOf(
  programId: string,
  run: PayoutRun,
  statement: StatementSummary,
  ledger: PartnerLedger,
): Promise<PartnerLedger> {
  const followed = await followFrom(programId, run, statement, ledger);
  const right = new Map(followed.entries.map((entry) => [entry.entryId, entry]));
  const entries = ledger.entries.map((entry) => {
    const { currency, partnerId, postings } = right.get(entry.entryId) ?? entry;
    return { ...entry, currency, partnerId, postings };
  });
  const payouts = ledger.payouts.map((payout) => {
    const { amountMinor, currency } = payout.payoutId === followed.payout?.payoutId ? followed.payout : payout;
    return { ...payout, amountMinor, currency };
  });
  return { ...ledger, entries, payouts };
}

function comparePayout(stored: Payout, expected: Payout, differences: Differences): void {
  const compare = differences.of('payout', stored.payoutId);
  compareFields(compare, ['partnerId', 'statementId', 'runId', 'currency', 'amountMinor'], stored, expected);
  compare('reservedUntil', stored.reservedUntil === undefined ? 'none' : 'set', reservation(stored.status));
}

function reservation(status: PayoutStatus): 'none' | 'set' {
  return RESERVED_STATUSES.has(status) ? 'none' : 'set';
}

function compareEntry(stored: JournalEntry, expected: JournalEntry, differences: Differences): void {
  const compare = differences.of('entry', stored.entryId);
  const sum = stored.postings.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  compare('sum of its postings', sum, 0n);
  compareFields(compare, ['partnerId', 'kind', 'currency'], stored, expected);
  compareFields(compare, ['statementId', 'payoutId', 'reverses'], stored.links, expected.links, 'links, ');
  const count = Math.max(stored.postings.length, expected.postings.length);
  for (let index = 0; index < count; index += 1) {
    const [one, other] = [stored.postings[index], expected.postings[index]];
    compare(`posting ${index + 1}, account`, one?.account, other?.account);
    compare(`posting ${index + 1}, amountMinor`, one?.amountMinor, other?.amountMinor);
  }
}

function compareBalance(compare: Compare, { stored, folded }: Fold): void {
  compare('payableMinor', stored?.payableMinor ?? MISSING, folded.payableMinor);
  compare('reservedMinor', stored?.reservedMinor ?? MISSING, folded.reservedMinor);
}

function textOf({ postings }: JournalEntry): string {
  return postings.map(({ account, amountMinor }) => `${account} ${amountMinor}`).join(', ');
}
