import { askingOf, inboxAnswer, staffInbox } from '#functions/notifications/reading/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { listStaffInboxRoute } from '#shared/contracts/notifications/reading/list-staff-inbox';

export const listStaffInbox: HttpHandler<typeof listStaffInboxRoute> = async ({ params, query }, context) =>
  inboxAnswer(await staffInbox.list({ ...params, ...query, asking: askingOf(context, params.programId) }));

export const handler = httpFunction(listStaffInboxRoute, listStaffInbox);
