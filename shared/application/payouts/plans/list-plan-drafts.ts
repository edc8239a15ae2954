import type { ProgramStore } from '#shared/application/payouts/ports';
import type { Page } from '#shared/application/ports';
import { makeGetProgram } from '../programs/get-program.ts';
import {
  checkComponents,
  type DraftStatus,
  type PlanDraft,
  type PlanDraftStore,
  type ReadComponents,
} from './plan-draft.ts';

export type ListPlanDrafts = (input: {
  readonly programId: string;
  readonly status?: DraftStatus | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}) => Promise<Page<PlanDraft & { readonly brokenRules: number }>>;

/** Drafts by id, each with the number of rules it breaks. @throws Failure unknown_program */
export function makeListPlanDrafts(deps: {
  programs: Pick<ProgramStore, 'get'>;
  drafts: Pick<PlanDraftStore, 'list'>;
  read: ReadComponents;
}): ListPlanDrafts {
  const getProgram = makeGetProgram(deps);
  return async ({ programId, ...page }) => {
    const { currency } = await getProgram(programId);
    const { items, nextCursor } = await deps.drafts.list(programId, page);
    const counted = items.map((draft) => ({
      ...draft,
      brokenRules: checkComponents(draft.components, deps.read, currency).brokenRules.length,
    }));
    return nextCursor === undefined ? { items: counted } : { items: counted, nextCursor };
  };
}
