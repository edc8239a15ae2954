import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { courseParams, slugSchema } from '#shared/contracts/partners/training/course';
import { attemptSchema, partnerCertificateSchema } from '#shared/contracts/partners/training/training';
import { defineRoute } from '#shared/contracts/route';

/** As many as a quiz and a question can have, so that what does not fit is told by its own rule. */
const MAX_QUESTIONS = 100;
const MAX_ANSWERS = 10;

export const submitQuizAttemptRoute = defineRoute({
  name: 'submit-quiz-attempt',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/partners/{partnerId}/training/{courseId}/modules/{moduleId}/attempts',
  summary: 'Answer the quiz of a module',
  description:
    'Name every question once, with empty `answerIds` to leave it open; what breaks a rule costs no attempt. Send an Idempotency-Key, so that a repeat is the same attempt. ' +
    'With the last module the certificate is earned. Only for the partner itself.',
  access: ['partner'],
  peopleOnly: true,
  params: z.object({ programId: idSchema, partnerId: idSchema, ...courseParams, moduleId: slugSchema }),
  body: z.strictObject({
    answers: z
      .array(z.strictObject({ questionId: slugSchema, answerIds: z.array(slugSchema).max(MAX_ANSWERS) }))
      .max(MAX_QUESTIONS),
  }),
  status: 201,
  response: attemptSchema.extend({
    attemptsLeftToday: z.int(),
    nextAttemptAt: z.string().optional(),
    progressPercent: z.int(),
    certificate: partnerCertificateSchema.optional().meta({ description: 'When this attempt completed the course.' }),
  }),
});
