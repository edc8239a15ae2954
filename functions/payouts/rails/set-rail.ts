import { setUpRail } from '#functions/payouts/rails/rail-keys-composition';
import { railAnswer, railEditor } from '#functions/payouts/rails/rail-setup-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { railKeysOf } from '#shared/application/payouts/rails/rail-setup';
import { setRailRoute } from '#shared/contracts/payouts/rails/set-rail';

export const setRail: HttpHandler<typeof setRailRoute> = async ({ params, body }, context) =>
  railAnswer(
    await setUpRail({ programId: params.programId, keys: railKeysOf(params.rail, body), ...railEditor(context) }),
  );

export const handler = httpFunction(setRailRoute, setRail);
