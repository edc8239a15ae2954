import { carryOutDispute, type DecidedDispute, type RemedyOutcome } from '#shared/application/carry-out-dispute';
import type { DisputeDecisionReader } from '#shared/application/partners/dispute-ports';
import type { ReattributeConversion } from '#shared/application/referrals/sales/reattribute-conversion';
import type { DomainEvent } from '#shared/contracts/events';
import { remedyIdOf } from '#shared/domain/partner/dispute';

/**
 * Gives a disputed sale to the partner who won it, from the next open period on. Its id follows from the decision, so that it
 * moves once; the outcome is told on the bus, because the table of sales has no stream.
 * @throws Error to have the event delivered again
 */
export function makeReattributeDisputedConversion(deps: {
  decisions: DisputeDecisionReader;
  reattribute: ReattributeConversion;
  publish: (events: readonly DomainEvent[]) => Promise<readonly DomainEvent[]>;
}): (decided: DecidedDispute) => Promise<RemedyOutcome> {
  return (decided) =>
    carryOutDispute(
      {
        ...deps,
        remedy: async ({ programId, disputeId, number, partnerId, orderId, decidedBy }, { despiteAdjustment }) => {
          const { reattribution } = await deps.reattribute({
            programId,
            orderId,
            partnerId,
            reason: `Dispute ${disputeId}`,
            reattributionId: remedyIdOf(disputeId, number),
            disputeId,
            despiteAdjustment,
            by: decidedBy,
          });
          const { reattributionId, after } = reattribution;
          return { kind: 'reattribution', reattributionId, period: after.period };
        },
      },
      'reattribution',
      decided,
    );
}
