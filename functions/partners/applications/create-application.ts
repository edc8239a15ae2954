import { receive } from '#functions/partners/applications/composition';
import { idempotency } from '#functions/partners/composition';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { createApplicationRoute } from '#shared/contracts/partners/applications/create-application';

export const createApplication: HttpHandler<typeof createApplicationRoute> = async ({ params, body }) => {
  const { outcome, application } = await receive({ ...params, ...body, via: 'api' });
  const { applicationId, status, receivedAt, lapsesAt } = application;
  return reply(outcome === 'received' ? 201 : 200, { body: { applicationId, status, receivedAt, lapsesAt } });
};

export const handler = httpFunction(createApplicationRoute, createApplication, { idempotency });
