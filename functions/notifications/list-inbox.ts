import { inboxAnswer, partnerInbox } from '#functions/notifications/reading/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listInboxRoute } from '#shared/contracts/notifications/list-inbox';

export const listInbox: HttpHandler<typeof listInboxRoute> = async ({ params, query }) =>
  inboxAnswer(await partnerInbox.list({ ...params, ...query }));

export const handler = httpFunction(listInboxRoute, listInbox);
