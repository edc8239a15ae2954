import { readAdjustment } from '#functions/payouts/adjustment-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getAdjustmentRoute } from '#shared/contracts/payouts/get-adjustment';

export const getAdjustment: HttpHandler<typeof getAdjustmentRoute> = ({ params }) => readAdjustment(params);

export const handler = httpFunction(getAdjustmentRoute, getAdjustment);
