import { Failure } from '#shared/application/failure';
import { requireFreshLogin } from '#shared/application/partners/payee-rights';
import type {
  Adjustment,
  AdjustmentStore,
  RecordedAdjustment,
} from '#shared/application/payouts/adjustments/adjustment-ports';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { periodOfRefundOrAdjustment } from '#shared/domain/facts/facts';
import { type AdjustmentDecisionAnswer, weighAdjustmentDecision } from '#shared/domain/ledger/adjustment';
import { asksFreshSignIn } from '#shared/domain/run/fresh-sign-in';
import { type EpochMs, type Instant, toInstant } from '#shared/domain/time/instant';
import { makeGetAdjustment } from './get-adjustment.ts';

export type DecideAdjustment = (input: {
  readonly programId: string;
  readonly adjustmentId: string;
  readonly decision: 'approve' | 'decline';
  readonly comment?: string | undefined;
  readonly by: string;
  /** When the person proved who they are. */
  readonly signedInAt?: EpochMs | number | undefined;
  /** Partners that the caller acts for. */
  readonly ownPartners?: readonly string[] | undefined;
}) => Promise<Adjustment>;

/**
 * Decides on a proposed adjustment, as a second person:
 * 1. never who made it, nor who acts for its partner, and above the limit of the payout policy nobody who signed in long ago; 2. approved, it becomes a fact of the period that is due now, stamped anew
 * in every attempt, so that the drain of a close waits for it; 3. fact and end of the proposal are one transaction. One decision
 * ends it; the same decision by the same person again changes nothing, and a lost race is looked at again, to see who decided.
 * @throws Failure unknown_program, not_found, second_person_required, login_not_fresh, adjustment_not_proposed (with `status`),
 *   temporarily_unavailable
 */
export function makeDecideAdjustment(
  deps: {
    readonly programs: ProgramReader;
    readonly adjustments: Pick<AdjustmentStore, 'find' | 'decide'>;
    readonly clock: Clock;
  } & RetryDeps,
): DecideAdjustment {
  const getAdjustment = makeGetAdjustment(deps);
  return async ({ programId, adjustmentId, decision, comment, by, signedInAt, ownPartners = [] }) =>
    retryContended(deps, async () => {
      const adjustment = await getAdjustment({ programId, adjustmentId });
      const answer = weighAdjustmentDecision(adjustment, { decision, by, ownPartners });
      if (answer === 'repeated') return adjustment;
      if (answer !== 'accepted') throw refusal(adjustment, answer);
      const { status: _, decision: __, ...content } = adjustment;
      const program = await deps.programs.get(programId);
      const { freshSignInAboveMinor, freshLoginMinutes } = program.payouts;
      if (decision === 'approve' && asksFreshSignIn(freshSignInAboveMinor, [content.amountMinor])) {
        requireFreshLogin({ signedInAt }, freshLoginMinutes, deps.clock());
      }
      const at = toInstant(deps.clock());
      const said = { by, at, ...(comment === undefined ? {} : { comment }) };
      const period = periodOfRefundOrAdjustment(
        content.occurredAt,
        program.closedThrough,
        deps.programs.zone(program.timeZone),
      );
      const recorded = decision === 'approve' ? approved({ ...content, period }, said) : undefined;
      const outcome = await deps.adjustments.decide(programId, content, { decision, ...said }, recorded);
      return outcome === 'contended' ? outcome : getAdjustment({ programId, adjustmentId });
    });
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
  if (answer === 'own_partner') {
    return new Failure('second_person_required', 'You act for the partner of this adjustment: ask somebody else.');
  }
  return new Failure('adjustment_not_proposed', `The adjustment is ${status}: there is nothing to decide.`, {
    extra: { adjustmentStatus: status },
  });
}
