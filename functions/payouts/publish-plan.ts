import { callerId, idempotency, publishVersion } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import type { PlanBody } from '#shared/contracts/payouts/plan';
import { publishPlanRoute } from '#shared/contracts/payouts/publish-plan';
import type { ProposedComponent } from '#shared/domain/plan-rules';

function proposed(component: PlanBody['components'][number]): ProposedComponent {
  if (component.kind !== 'revenue_share') return { ...component, amountMinor: BigInt(component.amountMinor) };
  const { brackets, ...rest } = component;
  if (!brackets) return rest;
  return {
    ...rest,
    brackets: brackets.map(({ upTo, rateBps }) => ({ upTo: upTo === null ? null : BigInt(upTo), rateBps })),
  };
}

export const publishPlan: HttpHandler<typeof publishPlanRoute> = async ({ params, body }, context) => {
  const { created, plan } = await publishVersion({
    programId: params.programId,
    plan: { version: body.version, components: body.components.map(proposed) },
    by: callerId(context),
  });
  return reply(created ? 201 : 200, { body: plan });
};

export const handler = httpFunction(publishPlanRoute, publishPlan, { idempotency });
