import { applicationAnswer } from '#functions/partners/applications/application-answers';
import { list } from '#functions/partners/applications/reading-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listApplicationsRoute } from '#shared/contracts/partners/applications/list-applications';

export const listApplications: HttpHandler<typeof listApplicationsRoute> = async ({ params, query }) => {
  const { items, nextCursor, waiting } = await list({ ...params, ...query });
  return { items: items.map(applicationAnswer), nextCursor, waiting };
};

export const handler = httpFunction(listApplicationsRoute, listApplications);
