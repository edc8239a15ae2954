import { Failure } from '#shared/application/failure';
import type {
  BankEntries,
  BankReport,
  BankReports,
  ListedStatus,
  StoredEntry,
} from '#shared/application/payouts/bank-reports/bank-report-ports';
import type { Page } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';

/** An entry as a report tells it: `alreadyKnown` when an earlier message had told it. */
export type ReportedEntry = StoredEntry & { readonly alreadyKnown?: boolean | undefined };

type PageAsked = { readonly cursor?: string | undefined; readonly limit: number };

/** The bank reports of a programme, the newest first. @throws Failure unknown_program; invalid_request for a made-up cursor */
export function makeListBankReports(deps: {
  programs: Pick<ProgramReader, 'get'>;
  reports: Pick<BankReports, 'list'>;
}): (input: PageAsked & { readonly programId: string }) => Promise<Page<BankReport>> {
  return async ({ programId, ...page }) => {
    await deps.programs.get(programId);
    return deps.reports.list(programId, page);
  };
}

/** A bank report and how far it is worked through. @throws Failure not_found */
export function makeGetBankReport(deps: {
  reports: Pick<BankReports, 'get'>;
}): (input: { readonly programId: string; readonly reportId: string }) => Promise<BankReport> {
  return async ({ programId, reportId }) => {
    const report = await deps.reports.get(programId, reportId);
    if (report) return report;
    throw new Failure('not_found', `There is no bank report ${reportId}; GET .../bank-reports lists them.`, {
      errors: [{ pointer: 'path:reportId', rule: 'must be the id of a bank report' }],
    });
  };
}

export type ListBankEntries = (
  input: PageAsked & {
    readonly programId: string;
    readonly reportId?: string | undefined;
    readonly status?: ListedStatus | undefined;
  },
) => Promise<Page<ReportedEntry>>;

/**
 * Entries of one report in its order, or of all reports those with a status, the oldest first: without either what is unmatched.
 * @throws Failure unknown_program, not_found; invalid_request for a cursor that this list did not give
 */
export function makeListBankEntries(deps: {
  programs: Pick<ProgramReader, 'get'>;
  reports: Pick<BankReports, 'get' | 'resultsAt'>;
  entries: Pick<BankEntries, 'list' | 'getMany'>;
}): ListBankEntries {
  const getReport = makeGetBankReport(deps);
  return async ({ programId, reportId, status, cursor, limit }) => {
    if (reportId === undefined) {
      await deps.programs.get(programId);
      return deps.entries.list(programId, status ?? 'unmatched', { cursor, limit });
    }
    const report = await getReport({ programId, reportId });
    const from = cursor === undefined ? 0 : ordinalOf(cursor);
    const rows = await rowsFrom(report, from, limit);
    const next = from + rows.length;
    const items = rows.filter((row) => status === undefined || row.status === status);
    return { items, ...(next < report.processed && rows.length > 0 ? { nextCursor: `n${next}` } : {}) };
  };

  async function rowsFrom(report: BankReport, from: number, limit: number): Promise<readonly ReportedEntry[]> {
    const rows: ReportedEntry[] = [];
    while (rows.length < limit && from + rows.length < report.processed) {
      const at = from + rows.length;
      const page = await deps.reports.resultsAt(report.programId, report.reportId, at);
      const wanted = page?.results.slice(at - page.from, at - page.from + limit - rows.length) ?? [];
      if (wanted.length === 0) break;
      const stored = await deps.entries.getMany(report.programId, [...new Set(wanted.map(({ entryId }) => entryId))]);
      const byId = new Map(stored.map((entry) => [entry.entryId, entry]));
      for (const { entryId, alreadyKnown } of wanted) {
        const entry = byId.get(entryId);
        if (!entry) throw new Error(`bank entry ${entryId} is not stored`);
        rows.push({ ...entry, alreadyKnown });
      }
    }
    return rows;
  }
}

function ordinalOf(cursor: string): number {
  const digits = /^n(\d{1,6})$/.exec(cursor)?.[1];
  if (digits !== undefined) return Number(digits);
  throw new Failure('invalid_request', 'Send the nextCursor of the page before, or none for the first page.', {
    errors: [{ pointer: 'query:cursor', rule: 'must be a cursor that this list returned' }],
  });
}
