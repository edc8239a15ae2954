import { dashboardAnswer } from '#functions/partners/overview/dashboard-answer';
import { notReady, show } from '#functions/partners/overview/overview-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getDashboardRoute } from '#shared/contracts/partners/overview/get-dashboard';

export const getDashboard: HttpHandler<typeof getDashboardRoute> = async ({ params, query }) => {
  const shown = await show({ ...params, ...query });
  return shown ? dashboardAnswer(shown) : notReady();
};

export const handler = httpFunction(getDashboardRoute, getDashboard);
