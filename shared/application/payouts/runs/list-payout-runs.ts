import type { PayoutRuns, ProgramStore } from '#shared/application/payouts/ports';
import type { Page } from '#shared/application/ports';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { makeGetProgram } from '../programs/get-program.ts';

export type ListPayoutRuns = (input: {
  readonly programId: string;
  readonly cursor?: string | undefined;
  readonly limit: number;
}) => Promise<Page<PayoutRun>>;

/** Lists a programme's runs, newest first. @throws Failure unknown_program */
export function makeListPayoutRuns(deps: {
  programs: Pick<ProgramStore, 'get'>;
  runs: Pick<PayoutRuns, 'list'>;
}): ListPayoutRuns {
  const getProgram = makeGetProgram(deps);
  return async ({ programId, cursor, limit }) => {
    await getProgram(programId);
    return deps.runs.list(programId, { cursor, limit });
  };
}
