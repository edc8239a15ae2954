import type { PlanDraft, PlanDraftStore } from '#shared/application/payouts/plans/plan-draft';
import type { PlanStore } from '#shared/application/payouts/ports';
import { compareText } from '#shared/domain/time/instant';

/** Plan drafts in memory, under the table's conditions; publishing goes to the given plans. */
export function makeFakePlanDrafts(plans: Pick<PlanStore, 'get' | 'publish'>): PlanDraftStore {
  const drafts = new Map<string, PlanDraft>();
  const keyOf = (programId: string, draftId: string): string => `${programId}#${draftId}`;
  const isOpenAt = (programId: string, draft: PlanDraft): boolean => {
    const stored = drafts.get(keyOf(programId, draft.draftId));
    return stored?.status === 'open' && stored.revision === draft.revision;
  };
  const put = (programId: string, draft: PlanDraft): true => {
    drafts.set(keyOf(programId, draft.draftId), draft);
    return true;
  };
  return {
    get: async (programId, draftId) => drafts.get(keyOf(programId, draftId)),
    list: async (programId, { cursor, limit, status }) => {
      const all = [...drafts.entries()]
        .filter(([key]) => key.startsWith(`${programId}#`))
        .map(([, draft]) => draft)
        .sort((a, b) => compareText(a.draftId, b.draftId));
      const from = cursor === undefined ? 0 : all.findIndex(({ draftId }) => draftId === cursor) + 1;
      const seen = all.slice(from, from + limit);
      const items = seen.filter((draft) => status === undefined || draft.status === status);
      return from + limit < all.length ? { items, nextCursor: seen.at(-1)!.draftId } : { items };
    },
    save: async (programId, draft) => {
      const stored = drafts.get(keyOf(programId, draft.draftId));
      if (draft.revision === 1 ? stored : !isOpenAt(programId, { ...draft, revision: draft.revision - 1 }))
        return false;
      return put(programId, draft);
    },
    discard: async (programId, draft) => isOpenAt(programId, draft) && put(programId, draft),
    publish: async (programId, draft, plan) => {
      if (!isOpenAt(programId, draft) || (await plans.get(programId, plan.version))) return false;
      await plans.publish(programId, plan);
      return put(programId, draft);
    },
  };
}
