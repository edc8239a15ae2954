import { Failure } from '#shared/application/failure';
import type { BankFile, BankFiles } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns } from '#shared/application/payouts/ports';

export type ListBankFiles = (input: {
  readonly programId: string;
  readonly runId: string;
}) => Promise<{ readonly items: readonly BankFile[] }>;

/** The bank files of a run, one a rail and currency. @throws Failure not_found for an unknown run */
export function makeListBankFiles(deps: { runs: Pick<PayoutRuns, 'get'>; files: BankFiles }): ListBankFiles {
  return async ({ programId, runId }) => {
    if (!(await deps.runs.get(programId, runId))) throw new Failure('not_found', `There is no payout run ${runId}.`);
    return { items: await deps.files.list(programId, runId) };
  };
}
