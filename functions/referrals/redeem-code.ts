import { redemptionAnswer } from '#functions/referrals/answers';
import { idempotency } from '#functions/referrals/composition';
import { reserveCode } from '#functions/referrals/redemption-composition';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { redeemCodeRoute } from '#shared/contracts/referrals/redeem-code';

export const redeemCode: HttpHandler<typeof redeemCodeRoute> = async ({ params, body }) => {
  const { spend, ...rest } = body;
  const money = spend && { minor: BigInt(spend.minor), currency: spend.currency };
  const { redemption, repeated } = await reserveCode({ ...params, ...rest, spend: money });
  return reply(repeated ? 200 : 201, { body: redemptionAnswer(redemption) });
};

export const handler = httpFunction(redeemCodeRoute, redeemCode, { idempotency });
