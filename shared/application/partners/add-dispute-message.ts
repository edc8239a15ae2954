import { Failure } from '#shared/application/failure';
import { changeDispute, notOpen, otherRequest } from '#shared/application/partners/change-dispute';
import type { DisputeMessage, DisputeStore, Evidence } from '#shared/application/partners/dispute-ports';
import type { Clock } from '#shared/application/ports';
import { isEnd } from '#shared/domain/partner/dispute';
import { toInstant } from '#shared/domain/time/instant';

/** Read in one piece with the dispute; who has more to say should talk. */
export const MAX_MESSAGES = 100;
/**
 * Of all texts and evidence of them together, in UTF-8. An answer of a function is at most 6 MB of JSON within JSON, where a
 * quote takes four bytes: this leaves room for the dispute itself and for the fields around each text.
 */
export const MAX_MESSAGES_BYTES = 1024 * 1024;

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
 * A repeat of the same request answers what it said: messages are looked through under the version that the save holds.
 * @throws Failure not_found, dispute_not_open, idempotency_key_reused, invalid_request (an internal note of a partner; too many
 * or too long together), temporarily_unavailable
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
    const bytes = sizeOf(message);
    let said = message;
    await changeDispute(disputes, input, async (dispute) => {
      const written = await disputes.messages(dispute.programId, dispute.disputeId);
      const before = written.find((one) => one.messageId === messageId);
      if (before) {
        said = repeated(message, before);
        return undefined;
      }
      if (isEnd(dispute.status)) throw notOpen(dispute);
      if (dispute.messages >= MAX_MESSAGES) throw full(`at most ${MAX_MESSAGES} messages`, '');
      const messageBytes = dispute.messageBytes + bytes;
      if (messageBytes > MAX_MESSAGES_BYTES) {
        const left = MAX_MESSAGES_BYTES - dispute.messageBytes;
        throw full(`messages of ${MAX_MESSAGES_BYTES} bytes`, `and this one has ${bytes} where ${left} are left`);
      }
      return { dispute: { ...dispute, messages: dispute.messages + 1, messageBytes }, message };
    });
    return said;
  };
}

/** What was said under the same id before: by a repeat of the same request, or the id was used for another. */
function repeated(asked: DisputeMessage, before: DisputeMessage): DisputeMessage {
  const saidIn = ({ at: _, evidence, ...rest }: DisputeMessage): string =>
    JSON.stringify([Object.entries(rest).sort(), evidence.map(({ kind, value }) => [kind, value])]);
  if (saidIn(asked) === saidIn(before)) return before;
  throw otherRequest();
}

function sizeOf({ text, evidence }: Pick<DisputeMessage, 'text' | 'evidence'>): number {
  return [text, ...evidence.map(({ value }) => value)].reduce((sum, one) => sum + Buffer.byteLength(one), 0);
}

function full(limit: string, detail: string): Failure {
  const rule = `a dispute holds ${limit}${detail && `, ${detail}`}`;
  return new Failure('invalid_request', 'This dispute is full: talk to each other, and decide it.', {
    errors: [{ pointer: '', rule }],
  });
}
