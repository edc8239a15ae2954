import { Failure } from '#shared/application/failure';
import type { PlanStore, ProgramStore, PublishedPlan } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import { toInstant } from '#shared/domain/time/instant';
import { makeGetProgram } from '../programs/get-program.ts';
import {
  checkComponents,
  draftChanged,
  draftClosed,
  needDraft,
  type PlanDraft,
  type PlanDraftStore,
  type ReadComponents,
} from './plan-draft.ts';

export type PublishPlanDraft = (input: {
  readonly programId: string;
  readonly draftId: string;
  readonly version: number;
  /** The revision that was on the screen: nothing else is published. */
  readonly revision: number;
  readonly by: string;
}) => Promise<{ readonly created: boolean; readonly plan: PublishedPlan }>;

/**
 * Publishes a draft as a plan version, once and for ever:
 * 1. the draft must be open and at the revision that was on the screen; 2. it must keep every rule; 3. the version is created
 * and the draft closed in one transaction. A repeat with the same version and revision answers the same.
 * @throws Failure unknown_program, not_found, plan_draft_changed, plan_draft_closed, plan_invalid (each broken rule by
 * pointer), already_exists (the version is taken)
 */
export function makePublishPlanDraft(deps: {
  programs: Pick<ProgramStore, 'get'>;
  plans: Pick<PlanStore, 'get'>;
  drafts: Pick<PlanDraftStore, 'get' | 'publish'>;
  read: ReadComponents;
  clock: Clock;
}): PublishPlanDraft {
  const getProgram = makeGetProgram(deps);
  const published = async (programId: string, version: number): Promise<PublishedPlan> => {
    const plan = await deps.plans.get(programId, version);
    if (!plan) throw new Error(`a draft says it is version ${version}, which is not stored`);
    return plan;
  };
  return async ({ programId, draftId, version, revision, by }) => {
    const { currency } = await getProgram(programId);
    const draft = await needDraft(deps.drafts, programId, draftId);
    if (isPublishedAs(draft, version, revision)) return { created: false, plan: await published(programId, version) };
    assertOpen(draft, revision);
    const { brokenRules, components } = checkComponents(draft.components, deps.read, currency);
    if (!components) {
      const named = brokenRules.map(({ pointer, rule }) => `${pointer} ${rule}`).join('; ');
      throw new Failure('plan_invalid', `Correct the draft and save it, then publish: ${named}.`, {
        errors: brokenRules,
      });
    }
    const at = toInstant(deps.clock());
    const plan: PublishedPlan = { version, components, publishedBy: by, publishedAt: at };
    const closed: PlanDraft = {
      ...draft,
      status: 'published',
      closedBy: by,
      closedAt: at,
      publishedVersion: version,
    };
    if (await deps.drafts.publish(programId, closed, plan)) return { created: true, plan };

    const now = await needDraft(deps.drafts, programId, draftId);
    if (isPublishedAs(now, version, revision)) return { created: false, plan: await published(programId, version) };
    assertOpen(now, revision);
    throw new Failure('already_exists', `Publish as another version: version ${version} is taken and never changes.`, {
      errors: [{ pointer: '/version', rule: 'must be a version that was not published before' }],
    });
  };
}

function isPublishedAs(draft: PlanDraft, version: number, revision: number): boolean {
  return draft.status === 'published' && draft.publishedVersion === version && draft.revision === revision;
}

function assertOpen(draft: PlanDraft, revision: number): void {
  if (draft.status !== 'open') throw draftClosed(draft);
  if (draft.revision !== revision) throw draftChanged(draft);
}
