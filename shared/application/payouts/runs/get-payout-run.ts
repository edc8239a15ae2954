import { Failure } from '#shared/application/failure';
import type { PayoutRuns } from '#shared/application/payouts/ports';
import type { PayoutRun } from '#shared/domain/run/payout-run';

export type GetPayoutRun = (programId: string, runId: string) => Promise<PayoutRun>;

/** Reads a run as it is now. @throws Failure not_found */
export function makeGetPayoutRun(deps: { runs: Pick<PayoutRuns, 'get'> }): GetPayoutRun {
  return async (programId, runId) => {
    const run = await deps.runs.get(programId, runId);
    if (run) return run;
    throw new Failure('not_found', "Check the run id; the list of the programme's payout runs names them.", {
      errors: [{ pointer: 'path:runId', rule: 'must be the id of a payout run of this programme' }],
    });
  };
}
