import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { courseParams, courseSchema } from '#shared/contracts/partners/training/course';
import { defineRoute } from '#shared/contracts/route';

export const getCourseRoute = defineRoute({
  name: 'get-course',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/courses/{courseId}',
  summary: 'Read a version of a course with its correct answers',
  description:
    'The newest version, or the one that `version` names. What a partner reads is at GET .../partners/{partnerId}/training/{courseId}.',
  access: ['partner_manager', 'admin'],
  params: z.object({ programId: idSchema, ...courseParams }),
  query: z.object({ version: z.coerce.number().int().min(1).optional() }),
  status: 200,
  response: courseSchema,
});
