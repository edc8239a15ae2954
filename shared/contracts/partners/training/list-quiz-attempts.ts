import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { courseParams } from '#shared/contracts/partners/training/course';
import { attemptSchema } from '#shared/contracts/partners/training/training';
import { defineRoute } from '#shared/contracts/route';

export const listQuizAttemptsRoute = defineRoute({
  name: 'list-quiz-attempts',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/partners/{partnerId}/training/{courseId}/attempts',
  summary: "List a partner's attempts at the quizzes of a course, the newest first",
  access: ['partner', 'partner_manager', 'admin'],
  params: z.object({ programId: idSchema, partnerId: idSchema, ...courseParams }),
  query: z.object({ cursor: cursorSchema, limit: limitSchema }),
  status: 200,
  response: pageOf(attemptSchema),
});
