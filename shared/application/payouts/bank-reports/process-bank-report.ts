import type {
  BankFormats,
  BankReport,
  BankReports,
  ReportCounts,
} from '#shared/application/payouts/bank-reports/bank-report-ports';
import type { Documents, Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { Clock, Digest } from '#shared/application/ports';
import type { BankEntry } from '#shared/domain/bank/bank-entry';
import { toInstant } from '#shared/domain/time/instant';
import { forEachConcurrently } from '../concurrency.ts';
import type { makeExpandReport } from './expand-report.ts';
import type { makeFindReportedPayouts } from './find-reported-payouts.ts';
import type { makeRecordBankEntry, RecordedEntry } from './record-bank-entry.ts';

/** A page is a few transactions of each of its entries: about a second, and a crash repeats no more than that. */
export const ENTRIES_A_PAGE = 100;
const ENTRIES_AT_ONCE = 16;

export type ProcessBankReport = (input: {
  readonly programId: string;
  readonly reportId: string;
  readonly isOver: () => boolean;
}) => Promise<BankReport>;

/**
 * Works through a report page by page until it is done or the time is over; where it stopped is stored with each page, and
 * another call goes on there: one is called by the event of the interruption. A call that crashed, or two at once, come to the same: each entry is kept and booked once.
 */
export function makeProcessBankReport(deps: {
  reports: Pick<BankReports, 'get' | 'advance' | 'interrupt'>;
  documents: Pick<Documents, 'get'>;
  formats: Pick<BankFormats, 'read'>;
  expand: ReturnType<typeof makeExpandReport>;
  find: ReturnType<typeof makeFindReportedPayouts>;
  payouts: Pick<Payouts, 'getMany'>;
  record: ReturnType<typeof makeRecordBankEntry>;
  digest: Digest;
  clock: Clock;
}): ProcessBankReport {
  return async ({ programId, reportId, isOver }) => {
    let report = await stored(programId, reportId);
    if (report.status === 'done') return report;
    const text = await deps.documents.get(report.documentKey);
    if (deps.digest(text) !== reportId) throw new Error(`the document ${report.documentKey} was changed`);
    const entries = await deps.expand(programId, deps.formats.read(text), report.receivedAt);
    const references = referencesOf(entries.slice(report.processed));
    // A reference of another programme is looked for in years of runs: not in the time of a request, but by whom it is handed to.
    const ids = await deps.find(programId, references, report.interruptedAt === undefined ? isOver : undefined);
    if (ids) {
      do report = await page(report, entries, ids);
      while (report.status !== 'done' && !isOver());
    }
    if (report.status !== 'done') await deps.reports.interrupt(report, toInstant(deps.clock()));
    return report;
  };

  async function page(
    report: BankReport,
    entries: readonly BankEntry[],
    ids: ReadonlyMap<string, string>,
  ): Promise<BankReport> {
    const from = report.processed;
    const some = entries.slice(from, from + ENTRIES_A_PAGE);
    const payoutIds = some.flatMap(({ reference }) => (reference === undefined ? [] : (ids.get(reference) ?? [])));
    const payouts = await deps.payouts.getMany(report.programId, [...new Set(payoutIds)]);
    const byId = new Map(payouts.map((payout) => [payout.payoutId, payout]));
    const recorded: RecordedEntry[] = [];
    await forEachConcurrently(some.entries(), ENTRIES_AT_ONCE, async ([index, entry]) => {
      const payout = entry.reference === undefined ? undefined : byId.get(ids.get(entry.reference) ?? '');
      // A payout that was taken back from its file is no longer the one that the reference named.
      const named = payout?.endToEndId === entry.reference ? payout : undefined;
      recorded[index] = await deps.record(report, from + index, entry, named);
    });
    const processed = from + some.length;
    const next: BankReport = {
      ...report,
      processed,
      entryCount: entries.length,
      status: processed >= entries.length ? 'done' : 'processing',
      counts: recorded.reduce(counted, report.counts),
    };
    const results = recorded.map(({ entryId, alreadyKnown }) => ({ entryId, alreadyKnown }));
    if ((await deps.reports.advance(next, { from, results })) === 'applied') return next;
    // Another call works on it too and was first with this page.
    return stored(report.programId, report.reportId);
  }

  async function stored(programId: string, reportId: string): Promise<BankReport> {
    const report = await deps.reports.get(programId, reportId);
    if (!report) throw new Error(`bank report ${reportId} is not stored`);
    return report;
  }
}

function* referencesOf(entries: readonly BankEntry[]): Iterable<string> {
  for (const { reference, says } of entries) if (reference !== undefined && says !== 'other') yield reference;
}

function counted(counts: ReportCounts, { entry, alreadyKnown }: RecordedEntry): ReportCounts {
  const name = alreadyKnown ? 'alreadyKnown' : COUNT_OF[entry.status];
  return { ...counts, [name]: counts[name] + 1 };
}

const COUNT_OF = {
  booking: 'booked',
  booked: 'booked',
  no_change: 'noChange',
  awaiting_confirmation: 'awaitingConfirmation',
  confirmed: 'awaitingConfirmation',
  unmatched: 'unmatched',
  handled: 'unmatched',
} as const satisfies Record<RecordedEntry['entry']['status'], keyof ReportCounts>;
