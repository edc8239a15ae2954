import { Failure } from '#shared/application/failure';
import type { BankEntries, BankReports, StoredEntry } from '#shared/application/payouts/bank-reports/bank-report-ports';
import { forEachConcurrently } from '../concurrency.ts';
import { makeGetBankReport } from './bank-report-lists.ts';
import type { makeDecideBankEntry } from './resolve-bank-entry.ts';

const DECISIONS_AT_ONCE = 16;

export type DecideBankReport = (
  input: Omit<Parameters<ReturnType<typeof makeDecideBankEntry>>[0], 'entryId'> & {
    readonly reportId: string;
    readonly isOver: () => boolean;
  },
) => Promise<{ readonly decided: number; readonly kept: number; readonly isDone: boolean }>;

/**
 * Decides on all entries of a report that wait for a second person, each as by itself. `kept`: those that this person may not
 * decide on. Without `isDone` the time was over: the same request again goes on.
 * @throws Failure not_found; second_person_required when this person may decide on none
 */
export function makeDecideBankReport(deps: {
  reports: Pick<BankReports, 'get' | 'resultsAt'>;
  entries: Pick<BankEntries, 'getMany'>;
  decide: ReturnType<typeof makeDecideBankEntry>;
}): DecideBankReport {
  const getReport = makeGetBankReport(deps);
  return async ({ reportId, isOver, ...input }) => {
    const { programId } = input;
    const report = await getReport({ programId, reportId });
    let decided = 0;
    let kept = 0;
    for (let from = 0; from < report.processed; ) {
      if (isOver() && decided > 0) return { decided, kept, isDone: false };
      const page = await deps.reports.resultsAt(programId, reportId, from);
      if (!page || page.results.length === 0) break;
      from = page.from + page.results.length;
      const ids = [...new Set(page.results.map(({ entryId }) => entryId))];
      const entries = (await deps.entries.getMany(programId, ids)).filter(isWaiting);
      await forEachConcurrently(entries, DECISIONS_AT_ONCE, async ({ entryId }) => {
        if (await decideOne({ ...input, entryId })) decided += 1;
        else kept += 1;
      });
    }
    if (decided === 0 && kept > 0) {
      throw new Failure(
        'second_person_required',
        'You brought these entries in, or act for their partners: ask somebody else.',
      );
    }
    return { decided, kept, isDone: report.status === 'done' };
  };

  async function decideOne(input: Parameters<typeof deps.decide>[0]): Promise<boolean> {
    try {
      await deps.decide(input);
      return true;
    } catch (error) {
      // Closed meanwhile by somebody else: that is a decision too.
      if (error instanceof Failure && error.code === 'bank_entry_closed') return true;
      if (error instanceof Failure && error.code === 'second_person_required') return false;
      throw error;
    }
  }
}

const isWaiting = ({ status }: StoredEntry): boolean => status === 'awaiting_confirmation' || status === 'confirmed';
