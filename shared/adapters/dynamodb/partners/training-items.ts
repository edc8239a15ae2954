import * as z from 'zod';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import type { ConditionalPut } from '#shared/adapters/dynamodb/partners/conditional-put';
import {
  courseProgressKey,
  earnedCertificateKey,
  quizAttemptIdKey,
  quizAttemptKey,
  revocationKey,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import type {
  EarnedCertificate,
  QuizAttempt,
  Revocation,
  StoredProgress,
  TrainingWrites,
} from '#shared/application/partners/training/training-ports';

/** What partners did in courses, as it is stored; parsed whenever it is read. */
type Item = Record<string, unknown>;

const progressSchema = z.object({
  version: z.int(),
  courseId: z.string(),
  round: z.int(),
  courseVersion: z.int(),
  title: z.string(),
  certification: z.string(),
  validityMonths: z.int().optional(),
  startedAt: instantField,
  modules: z.array(
    z.object({ moduleId: z.string(), title: z.string(), estimatedMinutes: z.int(), hasQuiz: z.boolean() }),
  ),
  done: z.array(z.object({ moduleId: z.string(), at: instantField })),
  tries: z.array(z.object({ moduleId: z.string(), day: z.string(), today: z.int(), ever: z.int() })),
  attempts: z.int(),
  completedAt: instantField.optional(),
  certificationId: z.string().optional(),
});

export function progressOfItem(item: Item): StoredProgress {
  return progressSchema.parse(item);
}

const attemptSchema = z.object({
  attemptId: z.string(),
  number: z.int(),
  courseId: z.string(),
  courseVersion: z.int(),
  round: z.int(),
  moduleId: z.string(),
  passPercent: z.int(),
  answers: z.array(z.object({ questionId: z.string(), answerIds: z.array(z.string()) })),
  correct: z.int(),
  of: z.int(),
  passed: z.boolean(),
  wrong: z.array(z.string()),
  at: instantField,
  by: z.string(),
});

export function attemptOfItem(item: Item): QuizAttempt {
  return attemptSchema.parse(item);
}

const attemptPlaceSchema = z.object({ courseId: z.string(), number: z.int() });

/** Where the attempt of a request lies. */
export function attemptPlaceOfItem(item: Item): z.output<typeof attemptPlaceSchema> {
  return attemptPlaceSchema.parse(item);
}

const certificateSchema = z.object({
  programId: z.string(),
  partnerId: z.string(),
  certificationId: z.string(),
  certification: z.string(),
  courseId: z.string(),
  courseVersion: z.int(),
  title: z.string(),
  earnedAt: instantField,
  expiresAt: instantField.optional(),
});

export function earnedCertificateOfItem(item: Item): EarnedCertificate {
  return certificateSchema.parse(item);
}

const revocationSchema = z.object({
  certificationId: z.string(),
  reason: z.string(),
  at: instantField,
  by: z.string(),
});

export function revocationOfItem(item: Item): Revocation {
  return revocationSchema.parse(item);
}

/** What is put together, each the first of its key or the next version of what was read. */
export function trainingPuts(
  { programId, partnerId }: { readonly programId: string; readonly partnerId: string },
  { progress, attempt, certificate, revocation }: TrainingWrites,
): readonly ConditionalPut[] {
  const puts: ConditionalPut[] = [];
  if (progress) {
    const { version, courseId } = progress;
    const item = { ...courseProgressKey(programId, partnerId, courseId), ...progress, version: version + 1 };
    puts.push({ item, ...(version > 0 ? { expectedVersion: version } : {}) });
  }
  if (attempt) {
    const { attemptId, courseId, number } = attempt;
    puts.push({ item: { ...quizAttemptKey(programId, partnerId, courseId, number), ...attempt } });
    puts.push({ item: { ...quizAttemptIdKey(programId, partnerId, attemptId), courseId, number } });
  }
  if (certificate) {
    puts.push({ item: { ...earnedCertificateKey(programId, partnerId, certificate.certificationId), ...certificate } });
  }
  if (revocation) {
    puts.push({
      item: { ...revocationKey(programId, partnerId, revocation.certificationId), partnerId, ...revocation },
    });
  }
  return puts;
}
