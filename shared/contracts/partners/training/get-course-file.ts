import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { courseParams, fileIdSchema } from '#shared/contracts/partners/training/course';
import { defineRoute } from '#shared/contracts/route';

export const getCourseFileRoute = defineRoute({
  name: 'get-course-file',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/courses/{courseId}/files/{fileId}',
  summary: 'Download a file of a course',
  description: 'Always as an attachment. Partners: files of the published version, and of the one they began.',
  access: ['partner', 'partner_manager', 'admin'],
  params: z.object({ programId: idSchema, ...courseParams, fileId: fileIdSchema }),
  status: 200,
  responseType: 'application/octet-stream',
});
