import { Failure } from '#shared/application/failure';
import { openModule } from '#shared/application/partners/training/complete-module';
import {
  makeTakeStep,
  requireSelf,
  type TakeCourse,
  type Taken,
  type TakingDependencies,
} from '#shared/application/partners/training/take-course';
import type {
  CourseStore,
  CourseVersion,
  QuizAttempt,
  StoredProgress,
} from '#shared/application/partners/training/training-ports';
import { type AttemptView, viewAttempt } from '#shared/application/partners/training/training-view';
import { moduleOf, type Quiz } from '#shared/domain/partner/training/course';
import { answerFaults, type GivenAnswer, gradeQuiz } from '#shared/domain/partner/training/grading';
import { attemptsLeft, countTry, isDone, markDone, progressPercent } from '#shared/domain/partner/training/progress';
import type { Instant } from '#shared/domain/time/instant';

export type SubmitQuizAttempt = TakeCourse & {
  readonly moduleId: string;
  /** The same for a repeat of the same request. */
  readonly attemptId: string;
  readonly answers: readonly GivenAnswer[];
};

export type Submitted = {
  readonly taken: Taken;
  readonly attempt: AttemptView;
  readonly attemptsLeftToday: number;
  /** When none is left today. */
  readonly nextAttemptAt?: Instant | undefined;
  readonly progressPercent: number;
};

/**
 * Grades what a partner answered to the quiz of a module:
 * 1. a repeat answers the first attempt; 2. the course must be begun, the quiz not yet passed, an attempt left for today;
 * 3. every question is named, else nothing is counted; 4. attempt, count and, when it passed, the module are stored together,
 * with the certificate when it was the last.
 * @throws Failure forbidden, not_found, module_not_open, quiz_attempts_used (with `nextAttemptAt`), invalid_request, temporarily_unavailable
 */
export function makeSubmitQuizAttempt(
  deps: TakingDependencies & { courses: Pick<CourseStore, 'version'> },
): (input: SubmitQuizAttempt) => Promise<Submitted> {
  const { courses, training } = deps;
  const takeStep = makeTakeStep(deps);
  const versionOf = async ({ programId, courseId }: SubmitQuizAttempt, number: number): Promise<CourseVersion> => {
    const version = await courses.version(programId, courseId, number);
    if (!version) throw new Error(`version ${number} of course ${courseId} was begun and is not there`);
    return version;
  };

  return async (input) => {
    requireSelf(input);
    const taken = await takeStep(input, async (before, { now, zone }) => {
      const { programId, partnerId, attemptId, moduleId } = input;
      const known = await training.attempt(programId, partnerId, attemptId);
      if (known) return { attempt: known };
      const { progress } = openModule(before, moduleId);
      const version = await versionOf(input, progress.courseVersion);
      const quiz = quizToTake(version, progress, moduleId);
      requireAnswers(quiz, input.answers);
      const { leftToday, nextAt } = attemptsLeft(progress, { moduleId, ...quiz }, now, zone);
      if (leftToday === 0) throw attemptsUsed(quiz, nextAt);
      const attempt = graded(input, quiz, progress, now);
      const counted = countTry(progress, moduleId, now, zone);
      return { progress: attempt.passed ? markDone(counted, moduleId, now) : counted, attempt };
    });
    const { attempt } = taken;
    if (!attempt) throw new Error('a step of a quiz must have its attempt');
    return submitted(taken, attempt, await versionOf(input, attempt.courseVersion));
  };
}

function submitted(taken: Taken, attempt: QuizAttempt, version: CourseVersion): Submitted {
  const { progress, moment } = taken;
  const { moduleId } = attempt;
  const attemptsPerDay = moduleOf(version.content, moduleId)?.quiz?.attemptsPerDay ?? 0;
  const { leftToday, nextAt } = attemptsLeft(progress, { moduleId, attemptsPerDay }, moment.now, moment.zone);
  return {
    taken,
    attempt: viewAttempt(attempt, version),
    attemptsLeftToday: leftToday,
    nextAttemptAt: nextAt,
    progressPercent: progressPercent(progress),
  };
}

function quizToTake({ content }: CourseVersion, progress: StoredProgress, moduleId: string): Quiz {
  const quiz = moduleOf(content, moduleId)?.quiz;
  if (!quiz) throw new Failure('module_not_open', 'This module has no quiz: mark it done by POST .../done.');
  if (isDone(progress, moduleId)) {
    throw new Failure('module_not_open', 'The quiz of this module is passed already: go on with the next module.');
  }
  return quiz;
}

function requireAnswers(quiz: Quiz, answers: readonly GivenAnswer[]): void {
  const errors = answerFaults(quiz, answers);
  if (errors.length === 0) return;
  const named = errors.map(({ pointer, rule }) => `${pointer} ${rule}`).join('; ');
  throw new Failure('invalid_request', `Correct and send again, no attempt was counted: ${named}.`, { errors });
}

function attemptsUsed({ attemptsPerDay }: Quiz, nextAt: Instant | undefined): Failure {
  const many = attemptsPerDay === 1 ? 'one attempt' : `${attemptsPerDay} attempts`;
  return new Failure('quiz_attempts_used', `This quiz has ${many} a day. Try again from ${nextAt}.`, {
    extra: { nextAttemptAt: nextAt },
  });
}

function graded(
  { attemptId, courseId, moduleId, answers, by }: SubmitQuizAttempt,
  quiz: Quiz,
  { attempts, courseVersion, round }: StoredProgress,
  at: Instant,
): QuizAttempt {
  const { passPercent } = quiz;
  const grade = gradeQuiz(quiz, answers);
  return {
    attemptId,
    number: attempts + 1,
    courseId,
    courseVersion,
    round,
    moduleId,
    passPercent,
    answers,
    ...grade,
    at,
    by,
  };
}
