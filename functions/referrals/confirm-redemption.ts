import { redemptionAnswer } from '#functions/referrals/answers';
import { closeRedemption, idempotency } from '#functions/referrals/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { confirmRedemptionRoute } from '#shared/contracts/referrals/confirm-redemption';

export const confirmRedemption: HttpHandler<typeof confirmRedemptionRoute> = async ({ params, body }) =>
  redemptionAnswer(await closeRedemption({ ...params, ...body, to: 'confirmed' }));

export const handler = httpFunction(confirmRedemptionRoute, confirmRedemption, { idempotency });
