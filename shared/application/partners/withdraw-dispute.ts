import { changeDispute, notOpen } from '#shared/application/partners/change-dispute';
import type { Dispute, DisputeStore } from '#shared/application/partners/dispute-ports';
import type { Clock } from '#shared/application/ports';
import { isAwaited } from '#shared/domain/dispute';
import { toInstant } from '#shared/domain/instant';

/** Takes a dispute back before it is decided; again answers the same. @throws Failure not_found, dispute_not_open, temporarily_unavailable */
export function makeWithdrawDispute({ disputes, clock }: { disputes: DisputeStore; clock: Clock }) {
  return (input: {
    programId: string;
    disputeId: string;
    onlyPartners?: readonly string[] | undefined;
  }): Promise<Dispute> =>
    changeDispute(disputes, input, (dispute) => {
      if (dispute.status === 'withdrawn') return undefined;
      if (!isAwaited(dispute.status)) throw notOpen(dispute);
      return { dispute: { ...dispute, status: 'withdrawn', withdrawnAt: toInstant(clock()) } };
    });
}
