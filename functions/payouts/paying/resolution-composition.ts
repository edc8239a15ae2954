import { clock, retry, runs, table } from '#functions/payouts/composition';
import { makePayoutHistory } from '#shared/adapters/dynamodb/money/ledger/payout-history';
import { makePayoutResolutions } from '#shared/adapters/dynamodb/money/ledger/payout-resolutions';
import { makePayouts } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { makeDecidePayoutResolution } from '#shared/application/payouts/paying/decide-payout-resolution';
import { makeGetPayout } from '#shared/application/payouts/paying/get-payout';
import { makeProposePayoutResolution } from '#shared/application/payouts/paying/propose-payout-resolution';
import type { PayoutResolution } from '#shared/domain/ledger/payout-resolution';

const payouts = makePayouts(table);
const resolutions = makePayoutResolutions(table);

/** A payout by itself: how it came to where it is, and what people say became of it. Asking its rail has its own file. */
export const readPayout = makeGetPayout({ payouts, resolutions, history: makePayoutHistory(table), runs });
export const proposeResolution = makeProposePayoutResolution({ payouts, resolutions, clock });
export const decideResolution = makeDecidePayoutResolution({ payouts, resolutions, clock, ...retry });

export function resolutionAnswer(resolution: PayoutResolution): Record<string, unknown> {
  const { programId: _, partnerId: __, runId: ___, seenChanges: ____, ...shown } = resolution;
  return shown;
}
