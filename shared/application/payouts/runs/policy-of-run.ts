import type { ProgramStore } from '#shared/application/payouts/ports';
import type { PayoutPolicy, Program } from '#shared/application/programs';
import { approvalsRequired } from '#shared/domain/run/approval-policy';
import type { PayoutRun } from '#shared/domain/run/payout-run';

/**
 * The payout policy that a run is decided by: the version that was fixed when it was summarised, whatever was changed since. A run
 * from before there were versions was decided by what the programme was created with.
 */
export async function policyOfRun(
  controls: Pick<ProgramStore, 'policyChanges'>,
  program: PayoutPolicy & Pick<Program, 'programId' | 'policyVersion' | 'createdAt'>,
  { policyVersion = 0 }: Pick<PayoutRun, 'policyVersion'>,
): Promise<PayoutPolicy> {
  if (policyVersion >= program.policyVersion) return program;
  const changes = await controls.policyChanges(program.programId, program.createdAt);
  const next = changes.find(({ version }) => version === policyVersion + 1);
  if (!next) throw new Error(`change ${policyVersion + 1} of the payout policy is not there`);
  return next.before;
}

/** How many people must approve a run by its policy. */
export function approvalsByPolicy(
  { approvals, payouts }: PayoutPolicy,
  { openedBy }: Pick<PayoutRun, 'openedBy'>,
  payablesMinor: readonly bigint[],
): number {
  return approvalsRequired({ ...approvals, requiredAbove: payouts.requiredAbove }, openedBy, payablesMinor);
}
