import type {
  BankEntries,
  BankReport,
  EntryResult,
  EntryStatus,
  StoredEntry,
} from '#shared/application/payouts/bank-reports/bank-report-ports';
import type { Clock, Digest } from '#shared/application/ports';
import { type BankEntry, type BankVerdict, identityOf, weighBankEntry } from '#shared/domain/bank/bank-entry';
import type { Payout } from '#shared/domain/ledger/payout';
import { toInstant } from '#shared/domain/time/instant';
import type { BookBankEntry } from './book-bank-entry.ts';

const ID_DIGITS = 32;

export type RecordedEntry = EntryResult & { readonly entry: StoredEntry };

/**
 * Keeps one entry of a report and does what it means, once: an entry that was met before, in this or another message, changes
 * nothing, and one that a crash left half done is finished. A second booking of the same payment is listed, never booked.
 */
export function makeRecordBankEntry(deps: {
  entries: Pick<BankEntries, 'create' | 'get' | 'replace'>;
  book: BookBankEntry;
  digest: Digest;
  clock: Clock;
}): (report: BankReport, ordinal: number, entry: BankEntry, payout: Payout | undefined) => Promise<RecordedEntry> {
  return async (report, ordinal, entry, payout) => {
    const alone = `${report.reportId}|${ordinal}`;
    const identity = identityOf(entry, payout !== undefined);
    const verdict = weighBankEntry(entry, payout);
    const first = await keep(report, ordinal, entry, payout, identity ?? alone, verdict);
    if (!first.alreadyKnown || !isSecondBooking(first.entry, report, ordinal, entry))
      return finish(report, entry, await takenUp(report, ordinal, first, meaningOf(verdict, payout)));
    const own = entry.bankReference === undefined ? alone : entry.bankReference;
    const second: BankVerdict = { does: 'list', rule: 'booked_twice' };
    return keep(report, ordinal, entry, payout, `${identity}|${own}`, second);
  };

  async function keep(
    report: BankReport,
    ordinal: number,
    entry: BankEntry,
    payout: Payout | undefined,
    identity: string,
    verdict: BankVerdict,
  ): Promise<RecordedEntry> {
    const { programId, reportId, kind } = report;
    const entryId = deps.digest(`${programId}|${identity}`).slice(0, ID_DIGITS);
    const stored: StoredEntry = {
      ...entry,
      ...meaningOf(verdict, payout),
      entryId,
      programId,
      kind,
      reportId,
      ordinal,
      recordedAt: toInstant(deps.clock()),
      proposedBy: report.receivedBy,
      seen: entry.bankReference === undefined ? {} : { [kind]: entry.bankReference },
      version: 1,
    };
    if ((await deps.entries.create(stored)) === 'applied') return { entryId, alreadyKnown: false, entry: stored };
    const known = await deps.entries.get(programId, entryId);
    if (!known) throw new Error(`bank entry ${entryId} is not stored`);
    return { entryId, alreadyKnown: known.reportId !== reportId || known.ordinal !== ordinal, entry: known };
  }

  /** What matched nothing, or was declined, may match when a later message tells it again: then it is that message's. */
  async function takenUp(
    report: BankReport,
    ordinal: number,
    recorded: RecordedEntry,
    meaning: ReturnType<typeof meaningOf>,
  ): Promise<RecordedEntry> {
    const { entryId, alreadyKnown, entry: known } = recorded;
    const { reportId, receivedBy: proposedBy } = report;
    if (!alreadyKnown || known.reportId === reportId) return recorded;
    if (known.status !== 'unmatched' || meaning.status === 'unmatched') return recorded;
    const version = known.version + 1;
    const entry: StoredEntry = { ...known, ...meaning, reportId, ordinal, proposedBy, decision: undefined, version };
    if ((await deps.entries.replace(entry)) === 'refused') return recorded;
    return { entryId, alreadyKnown: false, entry };
  }

  async function finish(report: BankReport, entry: BankEntry, recorded: RecordedEntry): Promise<RecordedEntry> {
    const booked = await deps.book(recorded.entry);
    const { bankReference } = entry;
    if (!recorded.alreadyKnown || bankReference === undefined || booked.seen[report.kind] !== undefined) {
      return { ...recorded, entry: booked };
    }
    // A lost race here is another message that knows it too: the next one compares.
    const seen = { ...booked.seen, [report.kind]: bankReference };
    await deps.entries.replace({ ...booked, seen, version: booked.version + 1 });
    return { ...recorded, entry: booked };
  }
}

/**
 * Banks tell a booking in a notification and again in the statement, under references that need not be the same. Within one kind
 * of message another reference is another booking, and so is a second line of the same message without one.
 */
function isSecondBooking(known: StoredEntry, report: BankReport, ordinal: number, entry: BankEntry): boolean {
  if (entry.says !== 'settled' && entry.says !== 'returned') return false;
  if (!report.kind.startsWith('camt')) return false;
  const before = known.seen[report.kind];
  if (before !== undefined && entry.bankReference !== undefined) return before !== entry.bankReference;
  return known.reportId === report.reportId && known.ordinal !== ordinal;
}

type Meaning = Pick<StoredEntry, 'status' | 'rule' | 'payoutId' | 'outcome' | 'statusBefore' | 'statusAfter'>;

const STATUS_OF: Readonly<Record<BankVerdict['does'], EntryStatus>> = {
  settle: 'booking',
  give_back: 'awaiting_confirmation',
  nothing: 'no_change',
  list: 'unmatched',
};

export function meaningOf(verdict: BankVerdict, payout: Payout | undefined): Meaning {
  const before = payout && { payoutId: payout.payoutId, statusBefore: payout.status };
  const status = STATUS_OF[verdict.does];
  switch (verdict.does) {
    case 'settle':
      return { ...before, status, outcome: 'settled', rule: undefined };
    case 'give_back':
      return { ...before, status, outcome: verdict.outcome, rule: undefined };
    case 'nothing':
      return { ...before, status, statusAfter: payout?.status, rule: undefined };
    case 'list':
      return { ...before, status, statusAfter: payout?.status, rule: verdict.rule };
  }
}
