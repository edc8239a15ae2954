import { Failure } from '#shared/application/failure';
import { changeDispute, notOpen } from '#shared/application/partners/change-dispute';
import type { DisputeMessage, DisputeStore, Evidence } from '#shared/application/partners/dispute-ports';
import type { Clock } from '#shared/application/ports';
import { isEnd } from '#shared/domain/partner/dispute';
import { toInstant } from '#shared/domain/time/instant';

/** Read in one piece with the dispute; who has more to say should talk. */
export const MAX_MESSAGES = 100;

export type AddDisputeMessage = {
  readonly programId: string;
  readonly disputeId: string;
  /** The same for a repeat of the same request. */
  readonly messageId: string;
  readonly text: string;
  readonly evidence: readonly Evidence[];
  /** Among staff; a partner's word is never. */
  readonly internal: boolean;
  readonly by: string;
  readonly onlyPartners?: readonly string[] | undefined;
};

/**
 * Adds evidence or an answer to a dispute that is not at its end. An answer does not stop the deadline: a decision does.
 * @throws Failure not_found, dispute_not_open, invalid_request (an internal note of a partner; too many), temporarily_unavailable
 */
export function makeAddDisputeMessage({ disputes, clock }: { disputes: DisputeStore; clock: Clock }) {
  return async (input: AddDisputeMessage): Promise<DisputeMessage> => {
    const { messageId, text, evidence, internal, by, onlyPartners } = input;
    if (internal && onlyPartners) {
      throw new Failure('invalid_request', 'Leave `internal` out.', {
        errors: [{ pointer: '/internal', rule: 'is for staff only' }],
      });
    }
    const from = onlyPartners ? 'partner' : 'staff';
    const message: DisputeMessage = { messageId, at: toInstant(clock()), by, from, internal, text, evidence };
    await changeDispute(disputes, input, (dispute) => {
      if (isEnd(dispute.status)) throw notOpen(dispute);
      if (dispute.messages >= MAX_MESSAGES) {
        throw new Failure('invalid_request', `A dispute holds at most ${MAX_MESSAGES} messages: talk to each other.`);
      }
      return { dispute: { ...dispute, messages: dispute.messages + 1 }, message };
    });
    return message;
  };
}
