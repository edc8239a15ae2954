import { Failure } from '#shared/application/failure';
import { componentsToText } from '#shared/application/payouts/plans/plan-text';
import type { PlanStore, ProgramStore, PublishedPlan } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import type { Currency } from '#shared/domain/money/money';
import type { Component, Plan } from '#shared/domain/plan/plan';
import { type ProposedPlan, validatePlan } from '#shared/domain/plan/plan-rules';
import { toInstant } from '#shared/domain/time/instant';
import { makeGetProgram } from '../programs/get-program.ts';

export type PublishPlan = (input: {
  readonly programId: string;
  readonly plan: ProposedPlan;
  readonly by: string;
}) => Promise<{ readonly created: boolean; readonly plan: PublishedPlan }>;

/**
 * Publishes a plan version, for ever:
 * 1. the plan must keep every rule; 2. the version is created if it is new; 3. a repeat must have the same content.
 * @throws Failure unknown_program, plan_invalid (each broken rule by pointer), already_exists
 */
export function makePublishPlan(deps: {
  programs: Pick<ProgramStore, 'get'>;
  plans: Pick<PlanStore, 'publish'>;
  clock: Clock;
}): PublishPlan {
  const getProgram = makeGetProgram(deps);
  return async ({ programId, plan, by }) => {
    const { currency } = await getProgram(programId);
    const sound = soundPlan(plan, currency);
    const published = await deps.plans.publish(programId, {
      ...sound,
      publishedBy: by,
      publishedAt: toInstant(deps.clock()),
    });
    const isSame = componentsToText(published.plan.components) === componentsToText(sound.components);
    if (published.created || isSame) return published;
    throw new Failure('already_exists', `Publish the change as a new version: version ${plan.version} never changes.`, {
      errors: [{ pointer: '/version', rule: 'was published before with other components' }],
    });
  };
}

function soundPlan(plan: ProposedPlan, programCurrency: Currency): Plan {
  const errors = validatePlan(plan, programCurrency);
  if (errors.length > 0) {
    const named = errors.map(({ pointer, rule }) => `${pointer} ${rule}`).join('; ');
    throw new Failure('plan_invalid', `Correct the plan and send it again: ${named}.`, { errors });
  }
  return { version: plan.version, components: plan.components as readonly Component[] };
}
