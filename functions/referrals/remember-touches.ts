import { idempotency } from '#functions/referrals/composition';
import { rememberedAnswer } from '#functions/referrals/customer-answers';
import { remember } from '#functions/referrals/touch-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { rememberTouchesRoute } from '#shared/contracts/referrals/remember-touches';

export const rememberTouches: HttpHandler<typeof rememberTouchesRoute> = async ({ params, body }) =>
  rememberedAnswer(await remember({ ...params, ...body }));

export const handler = httpFunction(rememberTouchesRoute, rememberTouches, { idempotency });
