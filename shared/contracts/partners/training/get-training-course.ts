import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { courseParams } from '#shared/contracts/partners/training/course';
import { partnerCourseSchema } from '#shared/contracts/partners/training/training';
import { defineRoute } from '#shared/contracts/route';

export const getTrainingCourseRoute = defineRoute({
  name: 'get-training-course',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/partners/{partnerId}/training/{courseId}',
  summary: 'Read a course as its partner does',
  description:
    'The version that the partner began, or the published one. Questions show while the course is in progress, never their correct answers.',
  access: ['partner', 'partner_manager', 'admin'],
  params: z.object({ programId: idSchema, partnerId: idSchema, ...courseParams }),
  status: 200,
  response: partnerCourseSchema,
});
