import { readAdjustment } from '#functions/payouts/adjustments/adjustment-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getAdjustmentRoute } from '#shared/contracts/payouts/adjustments/get-adjustment';

export const getAdjustment: HttpHandler<typeof getAdjustmentRoute> = ({ params }) => readAdjustment(params);

export const handler = httpFunction(getAdjustmentRoute, getAdjustment);
