import { redemptionAnswer } from '#functions/referrals/answers';
import { closeRedemption, idempotency } from '#functions/referrals/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { releaseRedemptionRoute } from '#shared/contracts/referrals/release-redemption';

export const releaseRedemption: HttpHandler<typeof releaseRedemptionRoute> = async ({ params }) =>
  redemptionAnswer(await closeRedemption({ ...params, to: 'released' }));

export const handler = httpFunction(releaseRedemptionRoute, releaseRedemption, { idempotency });
