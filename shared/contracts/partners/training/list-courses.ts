import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { courseSummarySchema } from '#shared/contracts/partners/training/course';
import { defineRoute } from '#shared/contracts/route';

export const listCoursesRoute = defineRoute({
  name: 'list-courses',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/courses',
  summary: 'List the courses of a programme',
  description:
    'Every course by id, drafts and retired ones among them: at most 100. What a partner may take is at GET .../partners/{partnerId}/training.',
  access: ['partner_manager', 'admin'],
  params: z.object({ programId: idSchema }),
  status: 200,
  response: z.object({ items: z.array(courseSummarySchema) }),
});
