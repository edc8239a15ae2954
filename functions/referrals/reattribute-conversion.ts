import { conversionAnswer, reattributionAnswer } from '#functions/referrals/answers';
import { idempotency } from '#functions/referrals/composition';
import { reattribute } from '#functions/referrals/reattribution-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { actorOf, partnersOf, requirePrincipal } from '#functions/runtime/principal';
import { reattributeConversionRoute } from '#shared/contracts/referrals/reattribute-conversion';

export const reattributeConversion: HttpHandler<typeof reattributeConversionRoute> = async (
  { params, body },
  { principal, newId },
) => {
  requirePrincipal(principal);
  const ownPartners = partnersOf(principal, params.programId);
  const input = { ...params, ...body, reattributionId: newId, ...actorOf(principal), ownPartners };
  const { order, reattribution } = await reattribute(input);
  return { ...conversionAnswer(order.conversion), reattribution: reattributionAnswer(reattribution) };
};

export const handler = httpFunction(reattributeConversionRoute, reattributeConversion, { idempotency });
