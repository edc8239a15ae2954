import { Failure } from '#shared/application/failure';
import { visible } from '#shared/application/partners/change-dispute';
import type {
  Dispute,
  DisputeMessage,
  DisputeStore,
  MovedOrders,
  SaleMove,
} from '#shared/application/partners/dispute-ports';
import type { PartnerStore } from '#shared/application/partners/ports';
import type { Page } from '#shared/application/ports';
import { AWAITED_STATUSES, type DisputeStatus } from '#shared/domain/partner/dispute';

type PageOf = { readonly cursor?: string | undefined; readonly limit: number };

/** Of disputes and of moves: an order that has more of either is known to who looks at it. */
const MAX_SAME_ORDER = 20;

/** Other disputes about an order, and how the sale moved. */
export type SameOrder = { readonly disputes: readonly Dispute[]; readonly moves: readonly SaleMove[] };

export type ReadDispute = {
  readonly dispute: Dispute;
  readonly messages: readonly DisputeMessage[];
  /** For staff alone: other partners are in it. */
  readonly sameOrder?: SameOrder | undefined;
};

/**
 * A dispute with what was written about it; a partner sees its own, without notes among staff. Staff also see what came of the
 * order in other disputes, because an order may be disputed again after an end. @throws Failure not_found
 */
export function makeGetDispute({
  disputes,
  orders,
}: {
  disputes: Pick<DisputeStore, 'find' | 'messages' | 'ofOrder'>;
  orders: MovedOrders;
}) {
  const sameOrder = async ({ programId, orderId, disputeId }: Dispute): Promise<SameOrder> => {
    const [all, order] = await Promise.all([
      disputes.ofOrder(programId, orderId, MAX_SAME_ORDER + 1),
      orders.findOrder(programId, orderId),
    ]);
    const others = all.filter((one) => one.disputeId !== disputeId);
    return {
      disputes: others.slice(-MAX_SAME_ORDER),
      moves: (order?.reattributions ?? []).slice(-MAX_SAME_ORDER),
    };
  };
  return async (input: {
    programId: string;
    disputeId: string;
    onlyPartners?: readonly string[] | undefined;
  }): Promise<ReadDispute> => {
    const dispute = visible(await disputes.find(input.programId, input.disputeId), input.onlyPartners);
    const messages = await disputes.messages(input.programId, input.disputeId);
    if (input.onlyPartners) return { dispute, messages: messages.filter(({ internal }) => !internal) };
    return { dispute, messages, sameOrder: await sameOrder(dispute) };
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
