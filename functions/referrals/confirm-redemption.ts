import { redemptionAnswer } from '#functions/referrals/answers';
import { closeRedemption, idempotency } from '#functions/referrals/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { log } from '#functions/runtime/log';
import { confirmRedemptionRoute } from '#shared/contracts/referrals/confirm-redemption';

export const confirmRedemption: HttpHandler<typeof confirmRedemptionRoute> = async ({ params, body }) => {
  const redemption = await closeRedemption({ ...params, ...body, to: 'confirmed' });
  const { programId, redemptionId } = redemption;
  log.info('redemption confirmed', { type: 'redemption', programId, redemptionId, at: Date.now() });
  return redemptionAnswer(redemption);
};

export const handler = httpFunction(confirmRedemptionRoute, confirmRedemption, { idempotency });
