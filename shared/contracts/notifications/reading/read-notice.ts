import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { noticeIdSchema, readSchema } from '#shared/contracts/notifications/reading/notice';
import { defineRoute } from '#shared/contracts/route';

export const readNoticeRoute = defineRoute({
  name: 'read-notice',
  service: 'notifications',
  method: 'POST',
  path: '/v1/programs/{programId}/partners/{partnerId}/inbox/{noticeId}/read',
  summary: 'Mark a notice of a partner as read',
  description: 'The first time is kept.',
  access: ['partner'],
  params: z.object({ programId: idSchema, partnerId: idSchema, noticeId: noticeIdSchema }),
  status: 200,
  response: readSchema,
});
