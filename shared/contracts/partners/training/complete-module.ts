import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { courseParams, slugSchema } from '#shared/contracts/partners/training/course';
import { partnerCourseSchema } from '#shared/contracts/partners/training/training';
import { defineRoute } from '#shared/contracts/route';

export const completeModuleRoute = defineRoute({
  name: 'complete-module',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/partners/{partnerId}/training/{courseId}/modules/{moduleId}/done',
  summary: 'Mark a module without a quiz as done',
  description:
    'With the last module the certificate is earned. A module with a quiz is done once that is passed. Only for the partner itself.',
  access: ['partner'],
  peopleOnly: true,
  params: z.object({ programId: idSchema, partnerId: idSchema, ...courseParams, moduleId: slugSchema }),
  status: 200,
  response: partnerCourseSchema,
});
