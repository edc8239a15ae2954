import { takeRailAway } from '#functions/payouts/rail-keys-composition';
import { railAnswer, railEditor } from '#functions/payouts/rail-setup-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { removeRailRoute } from '#shared/contracts/payouts/remove-rail';

export const removeRail: HttpHandler<typeof removeRailRoute> = async ({ params }, context) => {
  const { signedInAt: _, ...actor } = railEditor(context);
  return railAnswer(await takeRailAway({ ...params, ...actor }));
};

export const handler = httpFunction(removeRailRoute, removeRail);
