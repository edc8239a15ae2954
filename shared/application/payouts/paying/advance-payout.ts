import type { Clock } from '#shared/application/ports';
import { applyStep, type Payout, type PayoutStep } from '#shared/domain/ledger/payout';
import type { ChangeOrigin } from '#shared/domain/ledger/payout-history';
import { toInstant } from '#shared/domain/time/instant';
import type { Ledger, Payouts } from '../ledger/ledger-ports.ts';

/** A payout has few steps ahead of it: whoever lost this many races sees the end of them. */
const MAX_RACES = 5;

export type AdvancePayout = (payout: Payout, step: PayoutStep, origin?: ChangeOrigin) => Promise<Payout>;

/** Takes a step with a payout, at most once over all writers; answers the payout as it is then stored. */
export function makeAdvancePayout(deps: {
  ledger: Ledger;
  payouts: Pick<Payouts, 'get'>;
  clock: Clock;
}): AdvancePayout {
  return async (payout, step, origin) => {
    let current = payout;
    for (let race = 0; race < MAX_RACES; race += 1) {
      const now = toInstant(deps.clock());
      const change = applyStep(current, step, now > current.updatedAt ? now : current.updatedAt, origin);
      if (!change) return current;
      if ((await deps.ledger.change(change)) === 'applied') return change.payout;
      const stored = await deps.payouts.get(payout.programId, payout.payoutId);
      if (!stored) throw new Error(`payout ${payout.payoutId} is not stored`);
      current = stored;
    }
    throw new Error(`payout ${payout.payoutId} changes too often to take the step ${step.type}`);
  };
}
