import type { ProgramStore } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import { toInstant } from '#shared/domain/time/instant';
import { makeGetProgram } from '../programs/get-program.ts';
import { draftChanged, draftClosed, needDraft, type PlanDraft, type PlanDraftStore } from './plan-draft.ts';

export type DiscardPlanDraft = (input: {
  readonly programId: string;
  readonly draftId: string;
  readonly revision: number;
  readonly by: string;
}) => Promise<PlanDraft>;

/**
 * Puts a draft aside at the revision on the screen. It stays readable: nothing in this table is ever deleted. A repeat
 * answers the same.
 * @throws Failure unknown_program, not_found, plan_draft_changed, plan_draft_closed (when it was published)
 */
export function makeDiscardPlanDraft(deps: {
  programs: Pick<ProgramStore, 'get'>;
  drafts: Pick<PlanDraftStore, 'get' | 'discard'>;
  clock: Clock;
}): DiscardPlanDraft {
  const getProgram = makeGetProgram(deps);
  return async ({ programId, draftId, revision, by }) => {
    await getProgram(programId);
    const current = await needDraft(deps.drafts, programId, draftId);
    if (current.revision !== revision) throw draftChanged(current);
    if (current.status === 'discarded') return current;
    if (current.status === 'published') throw draftClosed(current);
    const discarded: PlanDraft = {
      ...current,
      status: 'discarded',
      closedBy: by,
      closedAt: toInstant(deps.clock()),
    };
    if (await deps.drafts.discard(programId, discarded)) return discarded;
    throw draftChanged(await needDraft(deps.drafts, programId, draftId));
  };
}
