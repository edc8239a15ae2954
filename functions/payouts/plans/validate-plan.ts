import { readProgram } from '#functions/payouts/composition';
import { readComponents } from '#functions/payouts/plans/read-components';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { checkComponents } from '#shared/application/payouts/plans/plan-draft';
import { validatePlanRoute } from '#shared/contracts/payouts/plans/validate-plan';

export const validatePlan: HttpHandler<typeof validatePlanRoute> = async ({ params, body }) => {
  const { currency } = await readProgram(params.programId);
  return { brokenRules: checkComponents(body.components, readComponents, currency).brokenRules };
};

/** Without idempotency: it stores nothing, so a repeat costs nothing, and its role may write nothing. */
export const handler = httpFunction(validatePlanRoute, validatePlan);
