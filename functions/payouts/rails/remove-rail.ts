import { takeRailAway } from '#functions/payouts/rails/rail-keys-composition';
import { railAnswer, railEditor } from '#functions/payouts/rails/rail-setup-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { removeRailRoute } from '#shared/contracts/payouts/rails/remove-rail';

export const removeRail: HttpHandler<typeof removeRailRoute> = async ({ params }, context) => {
  const { signedInAt: _, ...actor } = railEditor(context);
  return railAnswer(await takeRailAway({ ...params, ...actor }));
};

export const handler = httpFunction(removeRailRoute, removeRail);
