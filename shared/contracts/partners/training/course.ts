import * as z from 'zod';
import { nameSchema, tierSchema } from '#shared/contracts/fields';
import { STRATEGIC_FIT } from '#shared/domain/partner/tiers/tier-scheme';

/** Ids inside a course: they are parts of a certificate's id and of addresses, and progress is kept by them. */
export const slugSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 lower-case letters, digits or dashes, such as product-basics');

export const courseParams = { courseId: slugSchema };

/** A course fits the 256 kB of one request and the 400 kB of one item; more than this nobody takes in one course. */
const MAX_MODULES = 50;
const MAX_CONTENT_ITEMS = 20;
const MAX_QUESTIONS = 100;
const MAX_ANSWERS = 10;
/** Ten years. */
const MAX_VALIDITY_MONTHS = 120;
/** A day has no more: longer is another module. */
const MAX_MINUTES = 1_440;
/** More attempts a day let somebody guess a quiz through. */
const MAX_ATTEMPTS_PER_DAY = 20;
const USUAL_ATTEMPTS_PER_DAY = 3;
const MAX_TEXT = 1_000;
const MAX_DESCRIPTION = 4_000;
/** As browsers take them. */
const MAX_URL = 2_048;

const textSchema = z.string().trim().min(1).max(MAX_TEXT);

/** `https` alone, and without a name and password in it. */
const linkSchema = z
  .string()
  .max(MAX_URL)
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return url?.protocol === 'https:' && url.username === '' && url.password === '';
  }, 'must be an https address such as https://example.com/guide, without a user name');

export const fileIdSchema = z.string().regex(/^[0-9a-f]{32}$/, 'must be the fileId that the upload answered');

const contentItemSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('link'), title: nameSchema, url: linkSchema }),
  z.strictObject({ kind: z.literal('file'), title: nameSchema, fileId: fileIdSchema }),
]);

type Check = z.core.ParsePayload<unknown>['issues'];

/** Names each repeated id by its place. */
function unique<T>(list: readonly T[], idOf: (item: T) => string, at: (index: number) => PropertyKey[]) {
  const ids = list.map(idOf);
  return ids.flatMap((id, index) =>
    ids.indexOf(id) === index ? [] : [{ path: at(index), message: 'must be unique' }],
  );
}

function tell(issues: Check, input: unknown, faults: readonly { path: PropertyKey[]; message: string }[]): void {
  for (const { path, message } of faults) issues.push({ code: 'custom', path, message, input });
}

const questionSchema = z
  .strictObject({
    questionId: slugSchema,
    text: textSchema,
    kind: z
      .enum(['single', 'multiple'])
      .meta({ description: '`single`: one answer is correct. `multiple`: exactly the correct ones must be chosen.' }),
    answers: z
      .array(z.strictObject({ answerId: slugSchema, text: textSchema }))
      .min(2)
      .max(MAX_ANSWERS),
    correct: z
      .array(slugSchema)
      .min(1)
      .max(MAX_ANSWERS)
      .meta({ description: 'Ids of the correct answers: no partner ever reads them.' }),
    explanation: textSchema.optional().meta({ description: 'Shown to whoever has passed, with the attempt.' }),
  })
  .check(({ value, issues }) => {
    const { answers, correct, kind } = value;
    const known = new Set(answers.map(({ answerId }) => answerId));
    tell(issues, value, [
      ...unique(
        answers,
        ({ answerId }) => answerId,
        (index) => ['answers', index, 'answerId'],
      ),
      ...unique(
        correct,
        (id) => id,
        (index) => ['correct', index],
      ),
      ...correct.flatMap((id, index) =>
        known.has(id) ? [] : [{ path: ['correct', index], message: 'must be the answerId of one of the answers' }],
      ),
      ...(kind === 'single' && correct.length !== 1
        ? [{ path: ['correct'], message: 'must name exactly one answer of a single question' }]
        : []),
    ]);
  });

const quizSchema = z
  .strictObject({
    passPercent: z.int().min(1).max(100),
    attemptsPerDay: z
      .int()
      .min(1)
      .max(MAX_ATTEMPTS_PER_DAY)
      .default(USUAL_ATTEMPTS_PER_DAY)
      .meta({ description: "By days of the programme's wall clock." }),
    shuffle: z.boolean().default(false),
    feedback: z
      .enum(['score', 'wrong_questions'])
      .default('score')
      .meta({ description: 'What an attempt that failed tells: the score alone, or which questions were wrong too.' }),
    questions: z.array(questionSchema).min(1).max(MAX_QUESTIONS),
  })
  .check(({ value, issues }) =>
    tell(
      issues,
      value,
      unique(
        value.questions,
        ({ questionId }) => questionId,
        (index) => ['questions', index, 'questionId'],
      ),
    ),
  );

const moduleSchema = z
  .strictObject({
    moduleId: slugSchema.meta({ description: 'What a partner has done is kept by it, also over versions.' }),
    title: nameSchema,
    estimatedMinutes: z.int().min(1).max(MAX_MINUTES),
    content: z.array(contentItemSchema).max(MAX_CONTENT_ITEMS).default([]),
    quiz: quizSchema.optional(),
  })
  .check(({ value, issues }) =>
    tell(
      issues,
      value,
      value.content.length > 0 || value.quiz
        ? []
        : [{ path: ['content'], message: 'must hold something, or the module a quiz' }],
    ),
  );

const modulesSchema = z
  .array(moduleSchema)
  .min(1)
  .max(MAX_MODULES)
  .check(({ value, issues }) =>
    tell(
      issues,
      value,
      unique(
        value,
        ({ moduleId }) => moduleId,
        (index) => [index, 'moduleId'],
      ),
    ),
  );

export const courseFields = {
  title: nameSchema,
  description: z.string().trim().max(MAX_DESCRIPTION).default(''),
  certification: tierSchema
    .refine((name) => name !== STRATEGIC_FIT, `must be another name: ${STRATEGIC_FIT} is what a manager confirms`)
    .meta({ description: 'What whoever completes it is certified in: a lower-case name.', example: 'product-basics' }),
  validityMonths: z
    .int()
    .min(1)
    .max(MAX_VALIDITY_MONTHS)
    .optional()
    .meta({ description: "Calendar months on the programme's wall clock; absent: the certificate does not expire." }),
  modules: modulesSchema,
};

export const revisionSchema = z
  .int()
  .min(1)
  .meta({ description: 'The revision that was on the screen; another one answers 409 `course_changed`.' });

const courseStatusSchema = z.enum(['draft', 'published', 'retired']);

const summaryFields = {
  courseId: z.string(),
  revision: z.int(),
  status: courseStatusSchema.meta({ description: '`draft`: nothing of it is published yet.' }),
  title: z.string(),
  description: z.string(),
  certification: z.string(),
  validityMonths: z.int().optional(),
  latestVersion: z.int(),
  publishedVersion: z
    .int()
    .optional()
    .meta({ description: 'What partners begin with now, or began with before it was retired.' }),
  draftVersion: z.int().optional().meta({ description: 'What is worked on.' }),
  changedAt: z.string(),
  changedBy: z.string(),
};

export const courseSummarySchema = z.object({
  ...summaryFields,
  modules: z.int(),
  estimatedMinutes: z.int(),
});

export const courseFileSchema = z.object({
  fileId: z.string(),
  name: z.string(),
  mediaType: z.string(),
  sizeBytes: z.int(),
  uploadedAt: z.string(),
  uploadedBy: z.string(),
});

/** One version whole, correct answers included: for those who write courses. */
export const courseSchema = z.object({
  ...summaryFields,
  version: z.int(),
  versionStatus: z
    .enum(['draft', 'published', 'replaced', 'retired'])
    .meta({ description: 'Of the version that is shown. `replaced`: it goes on for those who began it.' }),
  publishedAt: z.string().optional(),
  publishedBy: z.string().optional(),
  modules: modulesSchema,
  files: z.array(courseFileSchema).meta({ description: 'Every file uploaded for the course, used or not.' }),
});
