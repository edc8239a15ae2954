import { changeDispute } from '#shared/application/partners/change-dispute';
import type { Dispute, DisputeStore } from '#shared/application/partners/dispute-ports';
import { type RemedyEffect, statusAfter } from '#shared/domain/partner/dispute';

/**
 * Writes back what became of a decision's remedy. Reports may come twice and in any order: one that says nothing new
 * changes nothing. @throws Failure not_found, temporarily_unavailable
 */
export function makeRecordDisputeRemedy({ disputes }: { disputes: DisputeStore }) {
  return (report: {
    readonly programId: string;
    readonly disputeId: string;
    readonly number: number;
    readonly effect: RemedyEffect;
  }): Promise<Dispute> =>
    changeDispute(disputes, report, (dispute) => {
      const { number, effect } = report;
      const status = statusAfter(dispute, number, effect);
      return status && { dispute: { ...dispute, status, effect } };
    });
}
