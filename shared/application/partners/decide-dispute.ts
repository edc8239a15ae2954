import { Failure } from '#shared/application/failure';
import { changeDispute, notOpen } from '#shared/application/partners/change-dispute';
import type { Dispute, DisputeStore, ExplainedDecision } from '#shared/application/partners/dispute-ports';
import { type RemedyDeps, requirePossible } from '#shared/application/partners/require-remedy';
import type { Clock } from '#shared/application/ports';
import {
  type DecisionAuthority,
  type DisputeOutcome,
  decisionRefusal,
  REMEDIES_IN_WORDS,
  type Remedy,
} from '#shared/domain/partner/dispute';
import { toInstant } from '#shared/domain/time/instant';

/** Each follows a remedy that failed; a dispute that comes this far needs another way. */
const MAX_DECISIONS = 20;

export type DecideDispute = {
  readonly programId: string;
  readonly disputeId: string;
  readonly outcome: DisputeOutcome;
  /** Of an accepted claim, and of no other. */
  readonly remedy?: Remedy | undefined;
  /** What the partner is told. */
  readonly explanation: string;
  readonly by: string;
  readonly authority: DecisionAuthority;
  /** The partners that the person acts for. */
  readonly ownPartners: readonly string[];
};

/**
 * Decides a dispute. An accepted one is carried out by the service that owns the money or the sale, which learns of it from
 * the record that is stored with it, and of the authority it was made with; what cannot be carried out as things are now is
 * refused here, before the partner hears of it. A declined one is at its end. The same decision of the same person again
 * answers the first, unless its remedy failed: then it is a new one.
 * @throws Failure not_found, dispute_not_open, own_dispute, invalid_request, temporarily_unavailable
 */
export function makeDecideDispute(deps: RemedyDeps & { readonly disputes: DisputeStore; readonly clock: Clock }) {
  const { disputes, clock } = deps;
  return async (input: DecideDispute): Promise<Dispute> => {
    const { outcome, remedy, explanation, by, authority } = input;
    requireFitting(outcome, remedy);
    return changeDispute(disputes, input, async (dispute) => {
      const last = dispute.decisions.at(-1);
      // After a failure the same words are a new attempt; a repeat of one request is answered by its Idempotency-Key.
      if (last && dispute.status !== 'failed' && isSame(last, input)) return undefined;
      const refusal = decisionRefusal(dispute, { id: by, partnerIds: input.ownPartners });
      if (refusal === 'not_open') throw notOpen(dispute);
      if (refusal) {
        throw new Failure(
          'own_dispute',
          'Who filed a dispute, or acts for its partner, cannot decide it. Ask a colleague.',
        );
      }
      const number = dispute.decisions.length + 1;
      if (number > MAX_DECISIONS) throw notOpen(dispute);
      if (remedy) await requirePossible(deps, dispute, remedy);
      const decision: ExplainedDecision = {
        number,
        outcome,
        remedy,
        explanation,
        decidedBy: by,
        authority,
        decidedAt: toInstant(clock()),
      };
      const { effect: _, ...rest } = dispute;
      const status = outcome === 'declined' ? 'declined' : 'decided';
      return { dispute: { ...rest, status, decisions: [...dispute.decisions, decision] }, decision };
    });
  };
}

function requireFitting(outcome: DisputeOutcome, remedy: Remedy | undefined): void {
  if ((outcome === 'declined') === (remedy === undefined)) return;
  throw new Failure('invalid_request', 'Send a remedy with an accepted claim, and none with a declined one.', {
    errors: [
      {
        pointer: '/remedy',
        rule:
          outcome === 'declined'
            ? 'must be absent when the claim is declined'
            : `must be ${REMEDIES_IN_WORDS} when it is accepted`,
      },
    ],
  });
}

function isSame(last: ExplainedDecision, { outcome, remedy, explanation, by }: DecideDispute): boolean {
  const isSameRemedy = remedyKey(last.remedy) === remedyKey(remedy);
  return last.decidedBy === by && last.outcome === outcome && last.explanation === explanation && isSameRemedy;
}

function remedyKey(remedy: Remedy | undefined): string {
  if (!remedy) return 'none';
  if (remedy.kind === 'adjustment') return `${remedy.amountMinor} ${remedy.currency}`;
  return `sale ${remedy.despiteAdjustment ?? false}`;
}
