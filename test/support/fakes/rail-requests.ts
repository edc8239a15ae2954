import type { RailRequest, RailRequests } from '#shared/application/payouts/paying/rail-requests';

export function makeFakeRailRequests(): RailRequests & { readonly kept: ReadonlyMap<string, RailRequest> } {
  const kept = new Map<string, RailRequest>();
  const keyOf = (programId: string, payoutId: string): string => `${programId}#${payoutId}`;
  return {
    kept,
    find: async (programId, payoutId) => kept.get(keyOf(programId, payoutId)),
    open: async ({ at, ...sent }) => {
      const key = keyOf(sent.programId, sent.payoutId);
      const stored = kept.get(key);
      if (stored) return { request: stored, isNew: false };
      const request: RailRequest = { ...sent, firstSentAt: at, lastSentAt: at, inDoubt: true };
      kept.set(key, request);
      return { request, isNew: true };
    },
    note: async ({ programId, payoutId }, { inDoubt, sentAt, reference }, ifLastSentAt) => {
      const key = keyOf(programId, payoutId);
      const stored = kept.get(key);
      if (!stored && ifLastSentAt === undefined) throw new Error(`no rail request of ${payoutId} is kept`);
      if (!stored || (ifLastSentAt !== undefined && stored.lastSentAt !== ifLastSentAt)) return false;
      kept.set(key, {
        ...stored,
        inDoubt,
        lastSentAt: sentAt ?? stored.lastSentAt,
        reference: reference ?? stored.reference,
      });
      return true;
    },
  };
}
