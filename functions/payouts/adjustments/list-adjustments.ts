import { readAdjustments } from '#functions/payouts/adjustments/adjustment-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listAdjustmentsRoute } from '#shared/contracts/payouts/adjustments/list-adjustments';

export const listAdjustments: HttpHandler<typeof listAdjustmentsRoute> = ({ params, query }) =>
  readAdjustments({ programId: params.programId, ...query });

export const handler = httpFunction(listAdjustmentsRoute, listAdjustments);
