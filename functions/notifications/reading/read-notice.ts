import { partnerInbox } from '#functions/notifications/reading/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { readNoticeRoute } from '#shared/contracts/notifications/reading/read-notice';

export const readNotice: HttpHandler<typeof readNoticeRoute> = async ({ params }) => {
  await partnerInbox.read(params);
  return { noticeId: params.noticeId, state: 'read' as const };
};

// Without an idempotency store: the first time is kept, and each repeat answers the same.
export const handler = httpFunction(readNoticeRoute, readNotice);
