import type { ProgramStore } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import { toInstant } from '#shared/domain/time/instant';
import { makeGetProgram } from '../programs/get-program.ts';
import {
  type CheckedDraft,
  checkComponents,
  type DraftComponent,
  draftChanged,
  draftClosed,
  type PlanDraft,
  type PlanDraftStore,
  type ReadComponents,
} from './plan-draft.ts';
import { componentsToText } from './plan-text.ts';

export type SavePlanDraft = (input: {
  readonly programId: string;
  readonly draftId: string;
  readonly name: string;
  readonly components: readonly DraftComponent[];
  /** The revision that the editor started from; absent for a new draft. */
  readonly revision?: number | undefined;
  readonly by: string;
}) => Promise<{ readonly created: boolean; readonly draft: PlanDraft } & Pick<CheckedDraft, 'brokenRules'>>;

/** A save that lost a race looks at what the other one stored; it is then its own repeat, or a conflict. */
const TRIES = 3;

/**
 * Saves a plan draft, also one that breaks rules, over exactly the revision that its editor has seen:
 * 1. what is stored must be at that revision and open; 2. the next revision is stored; 3. the answer names every broken rule.
 * The same content sent twice is one revision, so that a repeat after a lost answer is no conflict.
 * @throws Failure unknown_program, plan_draft_changed (with `current`), plan_draft_closed (with `current`)
 */
export function makeSavePlanDraft(deps: {
  programs: Pick<ProgramStore, 'get'>;
  drafts: Pick<PlanDraftStore, 'get' | 'save'>;
  read: ReadComponents;
  clock: Clock;
}): SavePlanDraft {
  const getProgram = makeGetProgram(deps);
  return async ({ programId, draftId, name, components, revision, by }) => {
    const { currency } = await getProgram(programId);
    const { brokenRules } = checkComponents(components, deps.read, currency);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const current = await deps.drafts.get(programId, draftId);
      if (current && isSaved(current, { name, components, revision, by })) {
        return { created: current.revision === 1, draft: current, brokenRules };
      }
      if (current && current.status !== 'open') throw draftClosed(current);
      if (current?.revision !== revision) throw draftChanged(current);
      const at = toInstant(deps.clock());
      const draft: PlanDraft = {
        draftId,
        name,
        components,
        revision: (revision ?? 0) + 1,
        status: 'open',
        createdBy: current?.createdBy ?? by,
        createdAt: current?.createdAt ?? at,
        savedBy: by,
        savedAt: at,
      };
      if (await deps.drafts.save(programId, draft)) return { created: !current, draft, brokenRules };
    }
    throw draftChanged(await deps.drafts.get(programId, draftId));
  };
}

/** Whether this very request was carried out before: same writer, same content, the revision after the one it names. */
function isSaved(
  current: PlanDraft,
  sent: Pick<PlanDraft, 'name' | 'components'> & { readonly revision?: number | undefined; readonly by: string },
): boolean {
  return (
    current.revision === (sent.revision ?? 0) + 1 &&
    current.savedBy === sent.by &&
    current.name === sent.name &&
    componentsToText(current.components) === componentsToText(sent.components)
  );
}
