import { askingOf, staffInbox } from '#functions/notifications/reading/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { readStaffNoticeRoute } from '#shared/contracts/notifications/reading/read-staff-notice';

export const readStaffNotice: HttpHandler<typeof readStaffNoticeRoute> = async ({ params }, context) => {
  await staffInbox.read({ ...params, asking: askingOf(context, params.programId) });
  return { noticeId: params.noticeId, state: 'read' as const };
};

// Without an idempotency store: the first time is kept, and each repeat answers the same.
export const handler = httpFunction(readStaffNoticeRoute, readStaffNotice);
