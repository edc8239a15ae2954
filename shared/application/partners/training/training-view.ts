import type { Certification, Standing } from '#shared/application/partners/ports';
import type { Moment } from '#shared/application/partners/training/take-course';
import type {
  Course,
  CourseVersion,
  QuizAttempt,
  Revocation,
  StoredProgress,
} from '#shared/application/partners/training/training-ports';
import { type CertificateStatus, certificateStatus, renewableFrom } from '#shared/domain/partner/training/certificate';
import { type ContentItem, type CourseModule, moduleOf, type Quiz } from '#shared/domain/partner/training/course';
import { percentOf, shuffledBy } from '#shared/domain/partner/training/grading';
import {
  attemptsLeft,
  isDone,
  type ModuleOutline,
  minutesLeft,
  nextModule,
  progressPercent,
} from '#shared/domain/partner/training/progress';
import type { Instant } from '#shared/domain/time/instant';

export type CourseView = {
  readonly courseId: string;
  readonly title: string;
  readonly description: string;
  readonly certification: string;
  readonly validityMonths?: number | undefined;
  readonly version: number;
  readonly newerVersion?: number | undefined;
  readonly status: 'not_started' | 'in_progress' | 'completed';
  readonly progressPercent: number;
  readonly minutesLeft: number;
  readonly modules: number;
  readonly startedAt?: Instant | undefined;
  readonly completedAt?: Instant | undefined;
  readonly certificationId?: string | undefined;
  readonly renewableFrom?: Instant | undefined;
  readonly next?: ModuleOutline | undefined;
};

/** A question without its correct answers: what leaves here has no place for them. */
export type ShownQuestion = {
  readonly questionId: string;
  readonly text: string;
  readonly kind: 'single' | 'multiple';
  readonly answers: readonly { readonly answerId: string; readonly text: string }[];
};

export type ShownQuiz = {
  readonly passPercent: number;
  readonly questionCount: number;
  readonly attemptsPerDay: number;
  readonly attemptsLeftToday?: number | undefined;
  readonly nextAttemptAt?: Instant | undefined;
  readonly questions?: readonly ShownQuestion[] | undefined;
};

export type ModuleView = {
  readonly moduleId: string;
  readonly title: string;
  readonly estimatedMinutes: number;
  readonly doneAt?: Instant | undefined;
  readonly content: readonly ContentItem[];
  readonly quiz?: ShownQuiz | undefined;
};

export type CertificateView = {
  readonly held: Certification;
  readonly title?: string | undefined;
  readonly status: CertificateStatus;
  readonly revokedReason?: string | undefined;
  readonly renewableFrom?: Instant | undefined;
};

/** What a partner sees of a course at a glance. A course that it never began must be published. */
export function viewCourse(
  course: Course,
  progress: StoredProgress | undefined,
  certifications: Standing['certifications'],
  { zone }: Moment,
): CourseView {
  const { courseId, summary, published, retired } = course;
  const offered = retired ? undefined : published?.version;
  const described = progress ?? summary;
  const shared = {
    courseId,
    title: described.title,
    description: summary.description,
    certification: described.certification,
    validityMonths: described.validityMonths,
  };
  if (!progress) {
    const { modules, estimatedMinutes } = summary;
    return {
      ...shared,
      version: offered ?? 0,
      status: 'not_started',
      progressPercent: 0,
      minutesLeft: estimatedMinutes,
      modules,
    };
  }
  const { courseVersion: version, startedAt, completedAt, certificationId } = progress;
  const held = certifications.find((candidate) => candidate.certificationId === certificationId);
  return {
    ...shared,
    version,
    newerVersion: completedAt === undefined && offered !== undefined && offered > version ? offered : undefined,
    status: completedAt === undefined ? 'in_progress' : 'completed',
    progressPercent: progressPercent(progress),
    minutesLeft: minutesLeft(progress),
    modules: progress.modules.length,
    startedAt,
    completedAt,
    certificationId,
    renewableFrom: held && offered !== undefined ? renewableFrom(held, zone) : undefined,
    next: nextModule(progress),
  };
}

/** The order of a quiz for one partner: the same until the next attempt. */
export type RankFor = (progress: StoredProgress, moduleId: string) => (id: string) => string;

/** What a partner sees of a module: questions while they can be answered, and correct answers never. */
export function viewModule(
  module: CourseModule,
  progress: StoredProgress | undefined,
  moment: Moment,
  rankFor: RankFor,
): ModuleView {
  const { moduleId, title, estimatedMinutes, content, quiz } = module;
  const doneAt = progress?.done.find((done) => done.moduleId === moduleId)?.at;
  return {
    moduleId,
    title,
    estimatedMinutes,
    doneAt,
    content,
    quiz: quiz && viewQuiz(quiz, moduleId, progress, moment, rankFor),
  };
}

function viewQuiz(
  quiz: Quiz,
  moduleId: string,
  progress: StoredProgress | undefined,
  { now, zone }: Moment,
  rankFor: RankFor,
): ShownQuiz {
  const { passPercent, attemptsPerDay, questions, shuffle } = quiz;
  const about = { passPercent, attemptsPerDay, questionCount: questions.length };
  if (!progress || progress.completedAt !== undefined || isDone(progress, moduleId)) return about;
  const { leftToday, nextAt } = attemptsLeft(progress, { moduleId, attemptsPerDay }, now, zone);
  const rank = rankFor(progress, moduleId);
  const inOrder = <T>(things: readonly T[], idOf: (thing: T) => string): readonly T[] =>
    shuffle ? shuffledBy(things, idOf, rank) : things;
  return {
    ...about,
    attemptsLeftToday: leftToday,
    nextAttemptAt: nextAt,
    questions: inOrder(questions, ({ questionId }) => questionId).map(({ questionId, text, kind, answers }) => ({
      questionId,
      text,
      kind,
      answers: inOrder(answers, ({ answerId }) => `${questionId}#${answerId}`),
    })),
  };
}

export type AttemptView = {
  readonly attempt: QuizAttempt;
  readonly scorePercent: number;
  readonly wrongQuestions?: readonly string[] | undefined;
  readonly explanations?: readonly { readonly questionId: string; readonly explanation: string }[] | undefined;
};

/**
 * What is told of an attempt: of one that failed the score, and which questions were wrong only where the quiz tells that; what
 * explains the answers only once they were given right.
 */
export function viewAttempt(attempt: QuizAttempt, version: CourseVersion | undefined): AttemptView {
  const { correct, of, passed, wrong, moduleId } = attempt;
  const quiz = version && moduleOf(version.content, moduleId)?.quiz;
  const explanations = (quiz?.questions ?? []).flatMap(({ questionId, explanation }) =>
    explanation === undefined ? [] : [{ questionId, explanation }],
  );
  return {
    attempt,
    scorePercent: percentOf(correct, of),
    ...(passed || quiz?.feedback === 'wrong_questions' ? { wrongQuestions: wrong } : {}),
    ...(passed && explanations.length > 0 ? { explanations } : {}),
  };
}

/** What a certification is now. `isRenewable`: it is the last one that a course still offered earned. */
export function viewCertificate(
  held: Certification,
  { now, zone }: Moment,
  about: {
    readonly title?: string | undefined;
    readonly isRenewable: boolean;
    readonly revocation?: Revocation | undefined;
  },
): CertificateView {
  return {
    held,
    title: about.title,
    status: certificateStatus(held, now),
    revokedReason: about.revocation?.reason,
    renewableFrom: about.isRenewable ? renewableFrom(held, zone) : undefined,
  };
}
