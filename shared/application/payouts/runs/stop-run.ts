import type { PayoutRuns } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import { toInstant } from '#shared/domain/time/instant';

/** The facts of a closed period are not the ones that were computed: the run must not be approved. */
export class FactsChanged extends Error {
  override readonly name = 'FactsChanged';
}

/** An amount of a run is beyond what its answers can state exactly: somebody must correct it first. */
export class AmountTooLarge extends Error {
  override readonly name = 'AmountTooLarge';
}

/** A partner's month is beyond what the functions can state: repeating it ends at the same place. */
export class PartnerTooLarge extends Error {
  override readonly name = 'PartnerTooLarge';
}

/** What makes a partner's month smaller: what its plan looks up is read too, and volume brackets read every sale twice. */
export const SMALLER =
  'A plan without volume brackets and windows needs half the time or less; else spread its sales over several partners. Then open the period again.';

/**
 * Ends a run before its approval and reopens its period when trying again would change nothing, with the reason in the run.
 * Any other error is left to the workflow, which repeats the task.
 * @throws the error it was given
 */
export async function stopRun(
  deps: { readonly runs: Pick<PayoutRuns, 'endUnpaid'>; readonly clock: Clock },
  run: PayoutRun,
  error: unknown,
): Promise<never> {
  if (error instanceof FactsChanged || error instanceof AmountTooLarge || error instanceof PartnerTooLarge) {
    await deps.runs.endUnpaid(run, 'failed', { at: toInstant(deps.clock()), reason: error.message });
  }
  throw error;
}
