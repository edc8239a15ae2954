import type { PlanStore, ProgramStore, PublishedPlan } from '#shared/application/payouts/ports';
import type { Page } from '#shared/application/ports';
import { makeGetProgram } from '../programs/get-program.ts';

export type ListPlans = (input: {
  readonly programId: string;
  readonly cursor?: string | undefined;
  readonly limit: number;
}) => Promise<Page<PublishedPlan>>;

/** Lists the published versions, lowest first. @throws Failure unknown_program */
export function makeListPlans(deps: {
  programs: Pick<ProgramStore, 'get'>;
  plans: Pick<PlanStore, 'list'>;
}): ListPlans {
  const getProgram = makeGetProgram(deps);
  return async ({ programId, cursor, limit }) => {
    await getProgram(programId);
    return deps.plans.list(programId, { cursor, limit });
  };
}
