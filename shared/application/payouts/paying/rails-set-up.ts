import type { PayoutRuns, ProgramStore } from '#shared/application/payouts/ports';
import type { PayoutRules } from '#shared/application/programs';
import { type FileRail, PAYOUT_RAILS, type PayoutRail } from '#shared/domain/ledger/payout';
import { makeGetProgram } from '../programs/get-program.ts';
import { policyOfRun } from '../runs/policy-of-run.ts';

/** Rails by which a programme can pay: by a run's policy, which was fixed when it was summarised; without a run, by today's. */
export type RailsSetUp = (programId: string, runId?: string) => Promise<ReadonlySet<PayoutRail>>;

/** The rules of paying that a run was approved with. @throws Failure unknown_program */
export function makePayoutRulesOf(deps: {
  programs: Pick<ProgramStore, 'get' | 'policyChanges'>;
  runs: Pick<PayoutRuns, 'get'>;
}): (programId: string, runId?: string) => Promise<PayoutRules> {
  const getProgram = makeGetProgram(deps);
  return async (programId, runId) => {
    const program = await getProgram(programId);
    const run = runId === undefined ? undefined : await deps.runs.get(programId, runId);
    return run ? (await policyOfRun(deps.programs, program, run)).payouts : program.payouts;
  };
}

/** Rails of which the programme has said whose account pays; the bank file has the installation's when it says nothing. */
function fileRailsIn({ source }: PayoutRules): readonly FileRail[] {
  return source.nacha ? ['bank_file', 'nacha'] : ['bank_file'];
}

/**
 * `accounts`: the rails with an account of their own that the programme has named, for a run from what its approvers could know; the
 * sandbox needs none.
 */
export function makeRailsSetUp(deps: {
  rulesOf: ReturnType<typeof makePayoutRulesOf>;
  accounts?: ((programId: string, runId?: string) => Promise<ReadonlySet<PayoutRail>>) | undefined;
}): RailsSetUp {
  return async (programId, runId) => {
    const [rules, accounts] = await Promise.all([deps.rulesOf(programId, runId), deps.accounts?.(programId, runId)]);
    const named = new Set<PayoutRail>([...fileRailsIn(rules), 'sandbox', ...(accounts ?? [])]);
    return new Set(PAYOUT_RAILS.filter((rail) => named.has(rail)));
  };
}
