import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { noticeIdSchema, readSchema } from '#shared/contracts/notifications/reading/notice';
import { defineRoute } from '#shared/contracts/route';

export const readStaffNoticeRoute = defineRoute({
  name: 'read-staff-notice',
  service: 'notifications',
  method: 'POST',
  path: '/v1/programs/{programId}/staff/{personId}/inbox/{noticeId}/read',
  summary: 'Mark a notice of somebody who runs the programme as read',
  description: 'For that person, by its own verified e-mail address, and for admins. The first time is kept.',
  access: ['admin', 'finance', 'approver', 'partner_manager'],
  params: z.object({ programId: idSchema, personId: idSchema, noticeId: noticeIdSchema }),
  status: 200,
  response: readSchema,
});
