import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { courseParams } from '#shared/contracts/partners/training/course';
import { partnerCourseSchema } from '#shared/contracts/partners/training/training';
import { defineRoute } from '#shared/contracts/route';

export const startCourseRoute = defineRoute({
  name: 'start-course',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/partners/{partnerId}/training/{courseId}/start',
  summary: 'Start a course, or take it again to renew its certificate',
  description:
    'Begins with the published version, which the partner keeps. One in progress goes on as it is; with `restart` it begins again with a newer version, without what was done. ' +
    'A certificate is renewed from 90 days before it expires (not in the first half of its time); the new one counts from the end of the old one. Only for the partner itself.',
  access: ['partner'],
  peopleOnly: true,
  params: z.object({ programId: idSchema, partnerId: idSchema, ...courseParams }),
  body: z.strictObject({ restart: z.boolean().default(false) }).default({ restart: false }),
  status: 200,
  response: partnerCourseSchema,
});
