import type { Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import { endToEndIdOf, OWN_END_TO_END_ID } from '#shared/application/payouts/paying/end-to-end-id';
import type { PayoutRuns } from '#shared/application/payouts/ports';
import type { Digest } from '#shared/application/ports';
import { FILE_RAILS } from '#shared/domain/ledger/payout';

/** Banks answer within days and recall within thirteen months: three years of monthly runs, then a person looks. */
export const MAX_RUNS_SEARCHED = 36;
const RUNS_A_PAGE = 12;

export type FindReportedPayouts = (
  programId: string,
  references: Iterable<string>,
  isOver?: () => boolean,
) => Promise<ReadonlyMap<string, string> | undefined>;

/**
 * Payout ids by the references of a bank's message. A reference is the digest of its payout's id, so the payouts that were
 * claimed for the files of each run lead to them, also those of runs before banks' messages were read: nothing more is stored
 * to find them. From the newest run, until all are found; nothing when the time was over before that.
 */
export function makeFindReportedPayouts(deps: {
  runs: Pick<PayoutRuns, 'list'>;
  payouts: Pick<Payouts, 'inBankFilesOf'>;
  digest: Digest;
}): FindReportedPayouts {
  return async (programId, references, isOver = () => false) => {
    const wanted = new Set([...references].filter((reference) => OWN_END_TO_END_ID.test(reference)));
    const found = new Map<string, string>();
    let searched = 0;
    let cursor: string | undefined;
    while (found.size < wanted.size && searched < MAX_RUNS_SEARCHED) {
      const page = await deps.runs.list(programId, { cursor, limit: RUNS_A_PAGE });
      for (const { runId } of page.items) {
        if (found.size === wanted.size || searched >= MAX_RUNS_SEARCHED) break;
        if (searched > 0 && isOver()) return undefined;
        searched += 1;
        for await (const { payoutId } of deps.payouts.inBankFilesOf(programId, runId)) {
          for (const rail of FILE_RAILS) {
            const reference = endToEndIdOf(deps.digest, programId, payoutId, rail);
            if (wanted.has(reference)) found.set(reference, payoutId);
          }
        }
      }
      cursor = page.nextCursor;
      if (cursor === undefined) break;
    }
    return found;
  };
}
