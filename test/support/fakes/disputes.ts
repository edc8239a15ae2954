import type { DecisionRecord, Dispute, DisputeMessage, DisputeStore } from '#shared/application/partners/dispute-ports';
import { isEnd } from '#shared/domain/partner/dispute';
import { compareText } from '#shared/domain/time/instant';

export type FakeDisputes = DisputeStore & {
  /** The records from which others learn of decisions. */
  readonly decisions: readonly DecisionRecord[];
};

const toCursor = (position: string): string => Buffer.from(position).toString('base64url');
const fromCursor = (cursor: string): string => Buffer.from(cursor, 'base64url').toString('utf8');

/** Disputes in memory, with the conditions of the table. */
export function makeFakeDisputes(): FakeDisputes {
  const disputes = new Map<string, Dispute>();
  const messages = new Map<string, DisputeMessage[]>();
  const decisions: DecisionRecord[] = [];
  const keyOf = (programId: string, disputeId: string): string => `${programId} ${disputeId}`;
  const all = (programId: string): Dispute[] => [...disputes.values()].filter((one) => one.programId === programId);
  const page = (
    found: readonly { dispute: Dispute; position: string }[],
    limit: number,
  ): { items: Dispute[]; nextCursor: string | undefined } => {
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(({ dispute }) => dispute),
      nextCursor: found.length > limit && last ? toCursor(last.position) : undefined,
    };
  };
  return {
    decisions,
    async file(dispute, limits) {
      const { programId, partnerId, orderId, disputeId } = dispute;
      if (disputes.has(keyOf(programId, disputeId))) return { outcome: 'exists', openDisputeId: disputeId };
      const own = all(programId).filter((one) => one.partnerId === partnerId);
      const open = own.filter(({ status }) => !isEnd(status));
      const same = open.find((one) => one.orderId === orderId);
      if (same) return { outcome: 'exists', openDisputeId: same.disputeId };
      if (open.length >= limits.open) return { outcome: 'too_many_open' };
      const day = dispute.filedAt.slice(0, 10);
      if (own.filter(({ filedAt }) => filedAt.startsWith(day)).length >= limits.aDay)
        return { outcome: 'too_many_today' };
      disputes.set(keyOf(programId, disputeId), dispute);
      return { outcome: 'filed' };
    },
    find: async (programId, disputeId) => disputes.get(keyOf(programId, disputeId)),
    async save(dispute, { message, decision } = {}) {
      const { programId, disputeId, partnerId, orderId } = dispute;
      const key = keyOf(programId, disputeId);
      if (disputes.get(key)?.version !== dispute.version) return 'stale';
      disputes.set(key, { ...dispute, version: dispute.version + 1 });
      if (message) messages.set(key, [...(messages.get(key) ?? []), message]);
      if (decision) {
        const { number, outcome, remedy, decidedBy, authority, decidedAt } = decision;
        decisions.push({
          programId,
          disputeId,
          partnerId,
          orderId,
          number,
          outcome,
          remedy,
          decidedBy,
          authority,
          decidedAt,
        });
      }
      return 'saved';
    },
    messages: async (programId, disputeId) => messages.get(keyOf(programId, disputeId)) ?? [],
    ofOrder: async (programId, orderId, limit) =>
      all(programId)
        .filter((one) => one.orderId === orderId)
        .sort((a, b) => compareText(a.filedAt, b.filedAt))
        .slice(-limit),
    async ofPartner(programId, partnerId, { cursor, limit }) {
      const found = all(programId)
        .filter((one) => one.partnerId === partnerId)
        .map((dispute) => ({ dispute, position: `${dispute.filedAt}#${dispute.disputeId}` }))
        .filter(({ position }) => cursor === undefined || position < fromCursor(cursor))
        .sort((a, b) => compareText(b.position, a.position));
      return page(found, limit);
    },
    async list(programId, statuses, { cursor, limit }) {
      const found = all(programId)
        .filter(({ status }) => statuses.includes(status))
        .map((dispute) => {
          const rank = statuses.indexOf(dispute.status);
          return { dispute, position: `${rank}#${dispute.answerBy}#${dispute.disputeId}` };
        })
        .filter(({ position }) => cursor === undefined || position > fromCursor(cursor))
        .sort((a, b) => compareText(a.position, b.position));
      return page(found, limit);
    },
    async *overdue(programId, now) {
      yield* all(programId).filter(({ status, answerBy }) => status === 'open' && answerBy <= now);
    },
  };
}
