import { dashboardAnswer } from '#functions/partners/overview/dashboard-answer';
import { computing, show } from '#functions/partners/overview/overview-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getDashboardRoute } from '#shared/contracts/partners/overview/get-dashboard';

export const getDashboard: HttpHandler<typeof getDashboardRoute> = async ({ params, query }, { newId: requestId }) => {
  const shown = await show({ ...params, ...query, requestId });
  return shown.state === 'computing' ? computing() : dashboardAnswer(shown);
};

export const handler = httpFunction(getDashboardRoute, getDashboard);
