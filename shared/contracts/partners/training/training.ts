import * as z from 'zod';

/** What a partner reads of its training. No schema here has a field for a correct answer. */

const nextSchema = z.object({
  moduleId: z.string(),
  title: z.string(),
  action: z.enum(['read', 'quiz']).meta({ description: '`read`: then mark it done. `quiz`: pass it.' }),
  estimatedMinutes: z.int(),
});

export const partnerCertificateSchema = z.object({
  certificationId: z.string(),
  certification: z.string(),
  title: z.string().optional().meta({ description: 'Of the course; absent of one that a person recorded.' }),
  courseId: z.string().optional(),
  status: z.enum(['not_yet', 'valid', 'expired', 'revoked']),
  certifiedAt: z.string(),
  expiresAt: z.string().optional(),
  revokedAt: z.string().optional(),
  revokedReason: z.string().optional(),
  renewableFrom: z.string().optional().meta({ description: 'From when the course can be taken again for a new one.' }),
});

export const partnerCourseFields = {
  courseId: z.string(),
  title: z.string(),
  description: z.string(),
  certification: z.string(),
  validityMonths: z.int().optional(),
  version: z.int().meta({ description: 'The one the partner began, or would begin with.' }),
  newerVersion: z.int().optional().meta({ description: 'Published since: starting again takes it up.' }),
  status: z.enum(['not_started', 'in_progress', 'completed']),
  progressPercent: z.int().meta({ description: 'Of the modules, rounded down.' }),
  minutesLeft: z.int(),
  startedAt: z.string().optional(),
  completedAt: z.string().optional(),
  certificationId: z.string().optional().meta({ description: 'Of the certificate that completing it earned.' }),
  renewableFrom: z.string().optional().meta({ description: 'From when it can be taken again.' }),
  next: nextSchema.optional().meta({ description: 'The first module that is left; any other may be taken first.' }),
};

export const partnerCourseSummarySchema = z.object({ ...partnerCourseFields, modules: z.int() });

const shownQuizSchema = z.object({
  passPercent: z.int(),
  questionCount: z.int(),
  attemptsPerDay: z.int(),
  attemptsLeftToday: z.int().optional().meta({ description: 'While the course is in progress.' }),
  nextAttemptAt: z.string().optional(),
  questions: z
    .array(
      z.object({
        questionId: z.string(),
        text: z.string(),
        kind: z.enum(['single', 'multiple']),
        answers: z.array(z.object({ answerId: z.string(), text: z.string() })),
      }),
    )
    .optional()
    .meta({ description: 'While the course is in progress and the quiz is not passed.' }),
});

const shownContentSchema = z.object({
  kind: z.enum(['link', 'file']),
  title: z.string(),
  url: z.string().meta({ description: 'Of a file: its address in this API.' }),
  fileId: z.string().optional(),
});

export const partnerCourseSchema = z.object({
  ...partnerCourseFields,
  modules: z.array(
    z.object({
      moduleId: z.string(),
      title: z.string(),
      estimatedMinutes: z.int(),
      doneAt: z.string().optional(),
      content: z.array(shownContentSchema),
      quiz: shownQuizSchema.optional(),
    }),
  ),
});

export const attemptSchema = z.object({
  attemptId: z.string(),
  number: z.int().meta({ description: "Of the partner's attempts in this course." }),
  moduleId: z.string(),
  version: z.int(),
  at: z.string(),
  correct: z.int(),
  of: z.int(),
  scorePercent: z.int().meta({ description: 'Rounded down.' }),
  passPercent: z.int(),
  passed: z.boolean(),
  wrongQuestions: z
    .array(z.string())
    .optional()
    .meta({ description: 'Of one that passed, or where the quiz tells it.' }),
  answers: z
    .array(z.object({ questionId: z.string(), answerIds: z.array(z.string()) }))
    .meta({ description: 'What was sent.' }),
  explanations: z
    .array(z.object({ questionId: z.string(), explanation: z.string() }))
    .optional()
    .meta({ description: 'Of one that passed.' }),
});
