import { carryOutDispute, type DecidedDispute, type RemedyOutcome } from '#shared/application/carry-out-dispute';
import type { DisputeDecisionReader } from '#shared/application/partners/dispute-ports';
import type { RecordAdjustment } from '#shared/application/payouts/adjustments/record-adjustment';
import type { ProgramReader } from '#shared/application/programs';
import type { DomainEvent } from '#shared/contracts/events';
import { maySpend, remedyIdOf } from '#shared/domain/partner/dispute';
import { nextPeriod, startOfPeriod } from '#shared/domain/time/calendar';
import { type Instant, toInstant } from '#shared/domain/time/instant';

/**
 * Posts the adjustment that a dispute was decided with, in the first open period, as made by who decided: above the limit it
 * waits for its second person like any other, and always if who decided may not spend. Its id follows from the decision, so that it is recorded once. What it comes to
 * is told from the Money table's stream; only a refusal is told from here.
 * @throws Error to have the event delivered again
 */
export function makePostDisputeAdjustment(deps: {
  decisions: DisputeDecisionReader;
  adjust: RecordAdjustment;
  programs: ProgramReader;
  publish: (events: readonly DomainEvent[]) => Promise<readonly DomainEvent[]>;
}): (decided: DecidedDispute) => Promise<RemedyOutcome> {
  return (decided) =>
    carryOutDispute(
      {
        ...deps,
        remedy: async (decision, { amountMinor, currency }) => {
          const { programId, disputeId, number, partnerId, orderId, decidedBy, authority, decidedAt } = decision;
          await deps.adjust({
            programId,
            adjustmentId: remedyIdOf(disputeId, number),
            partnerId,
            amountMinor,
            currency,
            occurredAt: await startOfOpenBooks(deps.programs, programId, decidedAt),
            reason: `dispute ${disputeId} about order ${orderId}, decided on ${decidedAt.slice(0, 10)}`,
            reasonCode: 'dispute',
            links: { disputeId },
            by: decidedBy,
            needsSecondPerson: !maySpend(authority),
          });
          return undefined;
        },
      },
      'adjustment',
      decided,
    );
}

/** A month may have ended that is not closed yet: the first open period is meant, not the month of the decision. */
async function startOfOpenBooks(programs: ProgramReader, programId: string, decidedAt: Instant): Promise<Instant> {
  const { closedThrough, timeZone } = await programs.get(programId);
  const start = toInstant(startOfPeriod(nextPeriod(closedThrough), programs.zone(timeZone)));
  return start < decidedAt ? start : decidedAt;
}
