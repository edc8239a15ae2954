import { applicationAnswer } from '#functions/partners/applications/application-answers';
import { get } from '#functions/partners/applications/reading-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getApplicationRoute } from '#shared/contracts/partners/applications/get-application';

export const getApplication: HttpHandler<typeof getApplicationRoute> = async ({ params }) => {
  const { application, partnerIds } = await get(params);
  return { ...applicationAnswer(application), partnerIds };
};

export const handler = httpFunction(getApplicationRoute, getApplication);
