import { callerId, idempotency, publishVersion } from '#functions/payouts/composition';
import { proposedComponent } from '#functions/payouts/plans/proposed-component';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { publishPlanRoute } from '#shared/contracts/payouts/plans/publish-plan';

export const publishPlan: HttpHandler<typeof publishPlanRoute> = async ({ params, body }, context) => {
  const { created, plan } = await publishVersion({
    programId: params.programId,
    plan: { version: body.version, components: body.components.map(proposedComponent) },
    by: callerId(context),
  });
  return reply(created ? 201 : 200, { body: plan });
};

export const handler = httpFunction(publishPlanRoute, publishPlan, { idempotency });
