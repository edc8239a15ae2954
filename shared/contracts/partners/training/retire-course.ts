import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { courseParams, courseSummarySchema } from '#shared/contracts/partners/training/course';
import { defineRoute } from '#shared/contracts/route';

export const retireCourseRoute = defineRoute({
  name: 'retire-course',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/courses/{courseId}/retire',
  summary: 'Retire a course',
  description: 'Nobody begins it any more. Whoever began it may finish it, and certificates stay as they are.',
  access: ['partner_manager', 'admin'],
  params: z.object({ programId: idSchema, ...courseParams }),
  status: 200,
  response: courseSummarySchema,
});
