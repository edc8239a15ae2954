import { readPlans } from '#functions/payouts/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listPlansRoute } from '#shared/contracts/payouts/plans/list-plans';

export const listPlans: HttpHandler<typeof listPlansRoute> = ({ params, query }) => readPlans({ ...params, ...query });

export const handler = httpFunction(listPlansRoute, listPlans);
