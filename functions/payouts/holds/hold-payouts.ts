import { callerId, clock, idempotency, programReader } from '#functions/payouts/composition';
import { holdAnswer, holds } from '#functions/payouts/holds/payout-hold-composition';
import { partners } from '#functions/payouts/partners-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeHoldPayouts } from '#shared/application/payouts/holds/hold-payouts';
import { holdPayoutsRoute } from '#shared/contracts/payouts/holds/hold-payouts';

const hold = makeHoldPayouts({ programs: programReader, partners, holds, clock });

export const holdPayouts: HttpHandler<typeof holdPayoutsRoute> = async ({ params, body }, context) =>
  holdAnswer(await hold({ ...params, ...body, by: callerId(context), holdId: context.newId }));

export const handler = httpFunction(holdPayoutsRoute, holdPayouts, { idempotency });
