import { Failure } from '#shared/application/failure';
import type { Clock } from '#shared/application/ports';
import { toInstant } from '#shared/domain/time/instant';
import type { PayoutHold, PayoutHolds } from './payout-hold-ports.ts';

export type ReleasePayouts = (input: {
  readonly programId: string;
  readonly partnerId: string;
  readonly holdId: string;
  readonly reason: string;
  readonly by: string;
  /** Partners that the caller acts for. */
  readonly ownPartners?: readonly string[] | undefined;
}) => Promise<PayoutHold>;

/**
 * Ends a hold: what it kept back is listed and paid by the next run that is summarised, by no run before it. Who does so lets money
 * out and cannot approve that run; for one's own partner somebody else does it. The same person's repeat answers the same.
 * @throws Failure not_found, second_person_required, payout_hold_released when somebody else was first
 */
export function makeReleasePayouts(deps: {
  holds: Pick<PayoutHolds, 'find' | 'release'>;
  clock: Clock;
}): ReleasePayouts {
  return async ({ programId, partnerId, holdId, reason, by, ownPartners = [] }) => {
    const hold = await deps.holds.find(programId, partnerId, holdId);
    if (!hold) {
      throw new Failure('not_found', "Check the ids; GET .../payout-holds lists the programme's holds.", {
        errors: [{ pointer: 'path:holdId', rule: 'must be the id of a hold on this partner' }],
      });
    }
    if (ownPartners.includes(partnerId)) {
      throw new Failure(
        'second_person_required',
        'You act for this partner: ask somebody else to release its payouts.',
      );
    }
    const release = { reason, by, at: toInstant(deps.clock()) };
    if (!hold.release && (await deps.holds.release(hold, release))) return { ...hold, release };
    const stored = hold.release ? hold : await deps.holds.find(programId, partnerId, holdId);
    if (stored?.release?.by === by && stored.release.reason === reason) return stored;
    throw new Failure('payout_hold_released', 'This hold has ended: nothing is kept back by it any more.', {
      extra: { releasedAt: stored?.release?.at },
    });
  };
}
