import { Failure } from '#shared/application/failure';
import type { PayoutHistory, PayoutResolutions, Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns } from '#shared/application/payouts/ports';
import type { Payout } from '#shared/domain/ledger/payout';
import type { PayoutRecord } from '#shared/domain/ledger/payout-history';
import type { PayoutResolution } from '#shared/domain/ledger/payout-resolution';
import { OVER_STATUSES } from '#shared/domain/run/payout-run';
import { blockOf, type PayoutBlock } from './payout-blocks.ts';

export type ShownPayout = {
  readonly payout: Payout;
  readonly waitsFor?: 'next_approved_run' | undefined;
  readonly block?: PayoutBlock | undefined;
  /** Oldest first; of a payout from before there was a history only what came later. */
  readonly history: readonly PayoutRecord[];
  readonly resolutions: readonly PayoutResolution[];
};

export type GetPayout = (input: {
  readonly programId: string;
  readonly payoutId: string;
  /** Given: of other partners there is no payout. */
  readonly ownPartners?: readonly string[] | undefined;
}) => Promise<ShownPayout>;

/** A payout with what it waits for, how it came to where it is, and what was proposed of it. @throws Failure not_found */
export function makeGetPayout(deps: {
  readonly payouts: Pick<Payouts, 'get'>;
  readonly history: PayoutHistory;
  readonly resolutions: Pick<PayoutResolutions, 'ofPayout'>;
  readonly runs: Pick<PayoutRuns, 'get'>;
}): GetPayout {
  return async ({ programId, payoutId, ownPartners }) => {
    const payout = await deps.payouts.get(programId, payoutId);
    if (!payout || (ownPartners && !ownPartners.includes(payout.partnerId))) {
      throw new Failure('not_found', `There is no payout ${payoutId}; GET .../payouts lists them.`);
    }
    const [history, resolutions, run] = await Promise.all([
      deps.history.of(programId, payoutId),
      deps.resolutions.ofPayout(programId, payoutId),
      deps.runs.get(programId, payout.runId),
    ]);
    const runIsOver = run !== undefined && OVER_STATUSES.includes(run.status);
    const waitsFor = payout.status === 'created' && runIsOver ? 'next_approved_run' : undefined;
    return { payout, waitsFor, block: blockOf(payout, runIsOver), history, resolutions };
  };
}
