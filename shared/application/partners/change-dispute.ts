import { Failure } from '#shared/application/failure';
import type { Dispute, DisputeMessage, DisputeStore } from '#shared/application/partners/dispute-ports';
import type { DisputeDecision } from '#shared/domain/partner/dispute';

/** Two people seldom change one dispute at once; more tries than this mean a fault. */
const MAX_ATTEMPTS = 5;

export type DisputeChange = {
  readonly dispute: Dispute;
  readonly message?: DisputeMessage | undefined;
  readonly decision?: DisputeDecision | undefined;
};

/**
 * Reads a dispute, changes it and saves it, again if somebody else was faster. `change` answers what is to be, or
 * `undefined` when there is nothing to do (a repeat). `onlyPartners`: whose disputes alone the caller may know of.
 * @throws Failure not_found, temporarily_unavailable
 */
export async function changeDispute(
  disputes: Pick<DisputeStore, 'find' | 'save'>,
  at: { readonly programId: string; readonly disputeId: string; readonly onlyPartners?: readonly string[] | undefined },
  change: (dispute: Dispute) => DisputeChange | undefined | Promise<DisputeChange | undefined>,
): Promise<Dispute> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const before = visible(await disputes.find(at.programId, at.disputeId), at.onlyPartners);
    const changed = await change(before);
    if (!changed) return before;
    const { dispute, ...added } = changed;
    if ((await disputes.save(dispute, added)) === 'saved') return { ...dispute, version: dispute.version + 1 };
  }
  throw new Failure('temporarily_unavailable', 'Others are changing this dispute. Repeat the request in a moment.');
}

/** Another partner's dispute is no dispute. @throws Failure not_found */
export function visible(dispute: Dispute | undefined, onlyPartners: readonly string[] | undefined): Dispute {
  if (dispute && (!onlyPartners || onlyPartners.includes(dispute.partnerId))) return dispute;
  throw new Failure('not_found', 'There is no such dispute. The list of disputes names those you may see.', {
    errors: [{ pointer: 'path:disputeId', rule: 'must be the id of a dispute' }],
  });
}

/** For another request under the id of an earlier one, which is left as it was. */
export function otherRequest(): Failure {
  return new Failure('idempotency_key_reused', 'Use a new Idempotency-Key for a new request.', {
    errors: [{ pointer: 'header:Idempotency-Key', rule: 'was used before with another body' }],
  });
}

/** @throws Failure dispute_not_open */
export function notOpen({ status }: Dispute): Failure {
  return new Failure('dispute_not_open', `The dispute is ${status.replace('_', ' ')}. File another one if need be.`, {
    extra: { disputeStatus: status },
  });
}
