import { conversions } from '#functions/referrals/composition';
import { holdDetail } from '#functions/referrals/hold-answers';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeGetHold } from '#shared/application/referrals/holds/get-hold';
import { getHoldRoute } from '#shared/contracts/referrals/get-hold';

const read = makeGetHold({ conversions });

export const getHold: HttpHandler<typeof getHoldRoute> = async ({ params }) => holdDetail(await read(params));

export const handler = httpFunction(getHoldRoute, getHold);
