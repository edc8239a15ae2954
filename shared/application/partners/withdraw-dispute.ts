import { Failure } from '#shared/application/failure';
import { changeDispute, notOpen } from '#shared/application/partners/change-dispute';
import type { Dispute, DisputeStore } from '#shared/application/partners/dispute-ports';
import type { Clock } from '#shared/application/ports';
import { isAwaited } from '#shared/domain/partner/dispute';
import { toInstant } from '#shared/domain/time/instant';

/**
 * Takes a dispute back before it is decided; again answers the same. Staff take back only what they filed themselves: a claim
 * of a partner is answered, not put away.
 * @throws Failure not_found, forbidden, dispute_not_open, temporarily_unavailable
 */
export function makeWithdrawDispute({ disputes, clock }: { disputes: DisputeStore; clock: Clock }) {
  return (input: {
    programId: string;
    disputeId: string;
    by: string;
    onlyPartners?: readonly string[] | undefined;
  }): Promise<Dispute> =>
    changeDispute(disputes, input, (dispute) => {
      if (!input.onlyPartners && dispute.filedBy !== input.by) {
        throw new Failure('forbidden', 'Only its partner, or who filed it, takes a dispute back. Decide it instead.');
      }
      if (dispute.status === 'withdrawn') return undefined;
      if (!isAwaited(dispute.status)) throw notOpen(dispute);
      return { dispute: { ...dispute, status: 'withdrawn', withdrawnAt: toInstant(clock()) } };
    });
}
