import type { Clock } from '#shared/application/ports';
import { applyStep, type Payout, type PayoutChange, type PayoutStep } from '#shared/domain/ledger/payout';
import type { ChangeOrigin } from '#shared/domain/ledger/payout-history';
import { type Instant, toInstant } from '#shared/domain/time/instant';
import type { Ledger, Payouts } from '../ledger/ledger-ports.ts';

/** A payout has few steps ahead of it: whoever lost this many races sees the end of them. */
const MAX_RACES = 5;

export type AdvancePayout = (
  payout: Payout,
  /** Several are taken together or not at all; one that says nothing new is left out. */
  steps: PayoutStep | readonly PayoutStep[],
  origin?: ChangeOrigin,
) => Promise<Payout>;

/** Takes steps with a payout, at most once over all writers; answers the payout as it is then stored. */
export function makeAdvancePayout(deps: {
  ledger: Pick<Ledger, 'change'>;
  payouts: Pick<Payouts, 'get'>;
  clock: Clock;
}): AdvancePayout {
  return async (payout, steps, origin) => {
    const taken: readonly PayoutStep[] = 'type' in steps ? [steps] : steps;
    let current = payout;
    for (let race = 0; race < MAX_RACES; race += 1) {
      const changes = changesBy(current, taken, toInstant(deps.clock()), origin);
      const last = changes.at(-1);
      if (!last) return current;
      if ((await deps.ledger.change(...changes)) === 'applied') return last.payout;
      const stored = await deps.payouts.get(payout.programId, payout.payoutId);
      if (!stored) throw new Error(`payout ${payout.payoutId} is not stored`);
      current = stored;
    }
    const names = taken.map(({ type }) => type).join(', ');
    throw new Error(`payout ${payout.payoutId} changes too often to take the step ${names}`);
  };
}

function changesBy(
  payout: Payout,
  steps: readonly PayoutStep[],
  now: Instant,
  origin: ChangeOrigin | undefined,
): readonly PayoutChange[] {
  const changes: PayoutChange[] = [];
  let current = payout;
  for (const step of steps) {
    const change = applyStep(current, step, now > current.updatedAt ? now : current.updatedAt, origin);
    if (!change) continue;
    changes.push(change);
    current = change.payout;
  }
  return changes;
}
