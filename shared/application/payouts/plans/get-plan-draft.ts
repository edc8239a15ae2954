import type { ProgramStore } from '#shared/application/payouts/ports';
import { makeGetProgram } from '../programs/get-program.ts';
import {
  type CheckedDraft,
  checkComponents,
  needDraft,
  type PlanDraft,
  type PlanDraftStore,
  type ReadComponents,
} from './plan-draft.ts';

export type GetPlanDraft = (input: {
  readonly programId: string;
  readonly draftId: string;
}) => Promise<{ readonly draft: PlanDraft } & Pick<CheckedDraft, 'brokenRules'>>;

/** A draft with every rule it breaks, by the rules of today. @throws Failure unknown_program, not_found */
export function makeGetPlanDraft(deps: {
  programs: Pick<ProgramStore, 'get'>;
  drafts: Pick<PlanDraftStore, 'get'>;
  read: ReadComponents;
}): GetPlanDraft {
  const getProgram = makeGetProgram(deps);
  return async ({ programId, draftId }) => {
    const { currency } = await getProgram(programId);
    const draft = await needDraft(deps.drafts, programId, draftId);
    return { draft, brokenRules: checkComponents(draft.components, deps.read, currency).brokenRules };
  };
}
