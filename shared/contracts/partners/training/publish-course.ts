import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { courseParams, courseSchema, revisionSchema } from '#shared/contracts/partners/training/course';
import { defineRoute } from '#shared/contracts/route';

export const publishCourseRoute = defineRoute({
  name: 'publish-course',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/courses/{courseId}/publish',
  summary: 'Publish the draft of a course',
  description:
    'Partners begin with this version from now on; those in the middle of an earlier one go on with that, or start again. A retired course comes back.',
  access: ['partner_manager', 'admin'],
  params: z.object({ programId: idSchema, ...courseParams }),
  body: z.strictObject({ revision: revisionSchema }),
  status: 200,
  response: courseSchema,
});
