import { Failure } from '#shared/application/failure';
import type { PublishedPlans } from '#shared/application/plans-of-terms';
import type { Program } from '#shared/application/programs';
import { checkComponents, draftChanged, type PlanDraftStore, type ReadComponents } from '../plans/plan-draft.ts';
import type { SimulatedPlan, SimulationPlan } from './simulation.ts';

export type PlanSources = {
  readonly plans: PublishedPlans;
  readonly drafts: Pick<PlanDraftStore, 'get'>;
  readonly read: ReadComponents;
};

/** One of `planVersion` and `draftId`. */
export type PlanAsked = {
  readonly planVersion?: number | 'in_force' | undefined;
  readonly draftId?: string | undefined;
  /** The revision of the draft that was on the screen; absent: as it is. */
  readonly revision?: number | undefined;
};

/**
 * The plan that a simulation puts in the place of the one in force; of a draft what it holds now, so that later saves change
 * no simulation.
 * @throws Failure unknown_plan_version, unknown_plan_draft, plan_draft_changed (with `current`), plan_invalid (with `brokenRules`)
 */
export async function simulatedPlan(
  deps: PlanSources,
  { programId, currency }: Pick<Program, 'programId' | 'currency'>,
  { planVersion, draftId, revision }: PlanAsked,
): Promise<SimulatedPlan> {
  if (planVersion === 'in_force') return { kind: 'in_force' };
  if (draftId !== undefined) return draftPlan(deps, { programId, currency }, draftId, revision);
  if (planVersion !== undefined && (await deps.plans.get(programId, planVersion))) {
    return { kind: 'published', planVersion };
  }
  throw new Failure('unknown_plan_version', `Publish plan version ${planVersion} first; then it can be simulated.`, {
    errors: [{ pointer: '/planVersion', rule: 'must be a published plan version of this programme' }],
  });
}

/** Published versions end here; a partner's own terms have the numbers above. */
const LAST_PUBLISHED_VERSION = 1_000_000;

/** Whether partners' own contracts give way too: with every agreement, or where one of their numbers is named. */
export function replacesCustomTerms({ plan, replaces }: Pick<SimulationPlan, 'plan' | 'replaces'>): boolean {
  if (plan.kind === 'in_force') return false;
  return replaces === undefined || replaces.some((version) => version > LAST_PUBLISHED_VERSION);
}

async function draftPlan(
  deps: Pick<PlanSources, 'drafts' | 'read'>,
  { programId, currency }: Pick<Program, 'programId' | 'currency'>,
  draftId: string,
  revision: number | undefined,
): Promise<SimulatedPlan> {
  const draft = await deps.drafts.get(programId, draftId);
  if (!draft) {
    throw new Failure('unknown_plan_draft', 'Check the draft id; GET .../plan-drafts lists them.', {
      errors: [{ pointer: '/draftId', rule: 'must be the id of a draft of this programme' }],
    });
  }
  if (revision !== undefined && draft.revision !== revision) throw draftChanged(draft);
  const { components, brokenRules } = checkComponents(draft.components, deps.read, currency);
  if (components) return { kind: 'draft', draftId, revision: draft.revision, components };
  const named = brokenRules.map(({ pointer, rule }) => `${pointer} ${rule}`).join('; ');
  throw new Failure('plan_invalid', `Correct the draft and save it, then simulate it: ${named}.`, {
    errors: [{ pointer: '/draftId', rule: `must be a draft that breaks no rule, breaks ${brokenRules.length}` }],
    extra: { brokenRules },
  });
}
