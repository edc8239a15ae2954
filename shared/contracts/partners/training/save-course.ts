import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { courseFields, courseParams, courseSchema, revisionSchema } from '#shared/contracts/partners/training/course';
import { defineRoute } from '#shared/contracts/route';

export const saveCourseRoute = defineRoute({
  name: 'save-course',
  service: 'partners',
  method: 'PUT',
  path: '/v1/programs/{programId}/courses/{courseId}',
  summary: 'Save the draft of a course',
  description:
    'Creates the course without `revision` (201), or saves over exactly that revision (200): the draft, or a new version of it when what is there is published. ' +
    'A published version never changes, and partners who began it go on with it. The same content sent again is the same revision. Only https links, or files that were uploaded before.',
  access: ['partner_manager', 'admin'],
  params: z.object({ programId: idSchema, ...courseParams }),
  body: z.strictObject({ ...courseFields, revision: revisionSchema.optional() }),
  status: 200,
  response: courseSchema,
});
