import type {
  BankEntries,
  BankReport,
  BankReports,
  ResultPage,
  StoredEntry,
} from '#shared/application/payouts/bank-reports/bank-report-ports';

export type FakeBankReports = {
  readonly reports: BankReports;
  readonly entries: BankEntries;
  readonly stored: ReadonlyMap<string, StoredEntry>;
};

/** Banks' reports in memory, under the same conditions as the real ones. */
export function makeFakeBankReports(): FakeBankReports {
  const reports = new Map<string, BankReport>();
  const pages = new Map<string, ResultPage>();
  const entries = new Map<string, StoredEntry>();
  const pageOf = <T>(all: readonly T[], cursor: string | undefined, limit: number) => {
    const from = Number(cursor ?? 0);
    const items = all.slice(from, from + limit);
    return { items, ...(from + limit < all.length ? { nextCursor: String(from + limit) } : {}) };
  };
  return {
    stored: entries,
    reports: {
      create: async (report) => {
        if (reports.has(report.reportId)) return 'refused';
        reports.set(report.reportId, report);
        return 'applied';
      },
      get: async (_programId, reportId) => reports.get(reportId),
      list: async (_programId, { cursor, limit }) => pageOf([...reports.values()].reverse(), cursor, limit),
      advance: async (report, page) => {
        const before = reports.get(report.reportId);
        if (before?.processed !== page.from || before.status === 'done') return 'refused';
        reports.set(report.reportId, report);
        pages.set(`${report.reportId}#${page.from}`, page);
        return 'applied';
      },
      interrupt: async (report, interruptedAt) => {
        const before = reports.get(report.reportId);
        if (before?.processed !== report.processed || before.status === 'done') return 'refused';
        reports.set(report.reportId, { ...report, interruptedAt });
        return 'applied';
      },
      resultsAt: async (_programId, reportId, ordinal) => {
        const of = [...pages].flatMap(([key, page]) => (key.startsWith(`${reportId}#`) ? page : []));
        return of.filter(({ from }) => from <= ordinal).sort((a, b) => b.from - a.from)[0];
      },
    },
    entries: {
      create: async (entry) => {
        if (entries.has(entry.entryId)) return 'refused';
        entries.set(entry.entryId, entry);
        return 'applied';
      },
      get: async (_programId, entryId) => entries.get(entryId),
      getMany: async (_programId, ids) => ids.flatMap((id) => entries.get(id) ?? []),
      replace: async (entry) => {
        if (entries.get(entry.entryId)?.version !== entry.version - 1) return 'refused';
        entries.set(entry.entryId, entry);
        return 'applied';
      },
      list: async (_programId, status, { cursor, limit }) =>
        pageOf(
          [...entries.values()].filter((entry) => entry.status === status),
          cursor,
          limit,
        ),
    },
  };
}
