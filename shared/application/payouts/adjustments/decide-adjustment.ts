import { Failure } from '#shared/application/failure';
import type {
  Adjustment,
  AdjustmentStore,
  RecordedAdjustment,
} from '#shared/application/payouts/adjustments/adjustment-ports';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { periodOfRefundOrAdjustment } from '#shared/domain/facts/facts';
import { type AdjustmentDecisionAnswer, weighAdjustmentDecision } from '#shared/domain/ledger/adjustment';
import { type Instant, toInstant } from '#shared/domain/time/instant';
import { makeGetAdjustment } from './get-adjustment.ts';

/** A lost race is looked at again: the second look sees who decided. */
const MAX_LOOKS = 3;

export type DecideAdjustment = (input: {
  readonly programId: string;
  readonly adjustmentId: string;
  readonly decision: 'approve' | 'decline';
  readonly comment?: string | undefined;
  readonly by: string;
}) => Promise<Adjustment>;

/**
 * Decides on a proposed adjustment, as a second person:
 * 1. never who made it; 2. approved, it becomes a fact of the period that is due now, stamped as any fact just before it is
 * written, so that the drain of a close waits for it; 3. fact and end of the proposal are one transaction. One decision ends
 * it; the same decision by the same person again changes nothing.
 * @throws Failure unknown_program, not_found, second_person_required, adjustment_not_proposed (with `status`)
 */
export function makeDecideAdjustment(deps: {
  programs: ProgramReader;
  adjustments: Pick<AdjustmentStore, 'find' | 'decide'>;
  clock: Clock;
}): DecideAdjustment {
  const getAdjustment = makeGetAdjustment(deps);
  return async ({ programId, adjustmentId, decision, comment, by }) => {
    for (let look = 1; look <= MAX_LOOKS; look += 1) {
      const adjustment = await getAdjustment({ programId, adjustmentId });
      const answer = weighAdjustmentDecision(adjustment, { decision, by });
      if (answer === 'repeated') return adjustment;
      if (answer !== 'accepted') throw refusal(adjustment, answer);
      const { status: _, decision: __, ...content } = adjustment;
      const program = await deps.programs.get(programId);
      const at = toInstant(deps.clock());
      const said = { by, at, ...(comment === undefined ? {} : { comment }) };
      const period = periodOfRefundOrAdjustment(
        content.occurredAt,
        program.closedThrough,
        deps.programs.zone(program.timeZone),
      );
      const recorded = decision === 'approve' ? approved({ ...content, period }, said) : undefined;
      if (await deps.adjustments.decide(programId, content, { decision, ...said }, recorded)) {
        return getAdjustment({ programId, adjustmentId });
      }
    }
    throw new Failure('temporarily_unavailable', 'Others are deciding on this adjustment; look at it and try again.');
  };
}

function approved(
  content: Omit<Adjustment, 'status' | 'decision'>,
  said: { readonly by: string; readonly at: Instant; readonly comment?: string },
): RecordedAdjustment {
  const { by, at, ...comment } = said;
  return { ...content, ...comment, recordedAt: at, approvedBy: by };
}

function refusal({ status }: Adjustment, answer: Exclude<AdjustmentDecisionAnswer, 'accepted' | 'repeated'>): Failure {
  if (answer === 'own_adjustment') {
    return new Failure('second_person_required', 'You made this adjustment: ask somebody else to decide on it.');
  }
  return new Failure('adjustment_not_proposed', `The adjustment is ${status}: there is nothing to decide.`, {
    extra: { adjustmentStatus: status },
  });
}
