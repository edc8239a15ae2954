import { Failure } from '#shared/application/failure';
import { visible } from '#shared/application/partners/change-dispute';
import type { Dispute, DisputeMessage, DisputeStore } from '#shared/application/partners/dispute-ports';
import type { PartnerStore } from '#shared/application/partners/ports';
import type { Page } from '#shared/application/ports';
import { AWAITED_STATUSES, type DisputeStatus } from '#shared/domain/partner/dispute';

type PageOf = { readonly cursor?: string | undefined; readonly limit: number };

/** A dispute with what was written about it; a partner sees its own, without notes among staff. @throws Failure not_found */
export function makeGetDispute({ disputes }: { disputes: Pick<DisputeStore, 'find' | 'messages'> }) {
  return async (input: {
    programId: string;
    disputeId: string;
    onlyPartners?: readonly string[] | undefined;
  }): Promise<{ dispute: Dispute; messages: readonly DisputeMessage[] }> => {
    const dispute = visible(await disputes.find(input.programId, input.disputeId), input.onlyPartners);
    const messages = await disputes.messages(input.programId, input.disputeId);
    return { dispute, messages: messages.filter(({ internal }) => !internal || !input.onlyPartners) };
  };
}

/** A partner's disputes, newest first. @throws Failure not_found */
export function makeListPartnerDisputes(deps: {
  disputes: Pick<DisputeStore, 'ofPartner'>;
  partners: Pick<PartnerStore, 'standing'>;
}) {
  return async ({
    programId,
    partnerId,
    ...page
  }: { programId: string; partnerId: string } & PageOf): Promise<Page<Dispute>> => {
    if (!(await deps.partners.standing(programId, partnerId))) {
      throw new Failure('not_found', 'There is no such partner.');
    }
    return deps.disputes.ofPartner(programId, partnerId, page);
  };
}

/** A programme's disputes of one status, or those that staff have to answer; the one due first at the head. */
export function makeListDisputes({ disputes }: { disputes: Pick<DisputeStore, 'list'> }) {
  return ({
    programId,
    status,
    ...page
  }: { programId: string; status?: DisputeStatus | undefined } & PageOf): Promise<Page<Dispute>> =>
    disputes.list(programId, status === undefined ? AWAITED_STATUSES : [status], page);
}
