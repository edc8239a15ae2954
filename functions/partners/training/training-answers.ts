import type * as z from 'zod';
import type { PartnerCourse, WholeCertificate } from '#shared/application/partners/training/read-training';
import type { Submitted } from '#shared/application/partners/training/submit-quiz-attempt';
import type {
  AttemptView,
  CertificateView,
  CourseView,
  ModuleView,
} from '#shared/application/partners/training/training-view';
import type { getCertificateRoute } from '#shared/contracts/partners/training/get-certificate';
import type { submitQuizAttemptRoute } from '#shared/contracts/partners/training/submit-quiz-attempt';
import type {
  attemptSchema,
  partnerCertificateSchema,
  partnerCourseSchema,
  partnerCourseSummarySchema,
} from '#shared/contracts/partners/training/training';

/** What partners read: named fields only, so that no correct answer is shown by accident. */
function courseFields({ modules: _, next, ...course }: CourseView) {
  if (!next) return course;
  const { moduleId, title, estimatedMinutes, hasQuiz } = next;
  const action = hasQuiz ? ('quiz' as const) : ('read' as const);
  return { ...course, next: { moduleId, title, action, estimatedMinutes } };
}

export function partnerCourseSummaryAnswer(course: CourseView): z.input<typeof partnerCourseSummarySchema> {
  return { ...courseFields(course), modules: course.modules };
}

export function partnerCourseAnswer(
  programId: string,
  { course, modules }: PartnerCourse,
): z.input<typeof partnerCourseSchema> {
  const filesPath = `/v1/programs/${programId}/courses/${course.courseId}/files`;
  return { ...courseFields(course), modules: modules.map((module) => moduleAnswer(module, filesPath)) };
}

function moduleAnswer(
  { moduleId, title, estimatedMinutes, doneAt, content, quiz }: ModuleView,
  filesPath: string,
): z.input<typeof partnerCourseSchema>['modules'][number] {
  return {
    moduleId,
    title,
    estimatedMinutes,
    doneAt,
    content: content.map((item) =>
      item.kind === 'link' ? { ...item } : { ...item, url: `${filesPath}/${item.fileId}` },
    ),
    quiz: quiz && {
      passPercent: quiz.passPercent,
      questionCount: quiz.questionCount,
      attemptsPerDay: quiz.attemptsPerDay,
      attemptsLeftToday: quiz.attemptsLeftToday,
      nextAttemptAt: quiz.nextAttemptAt,
      questions: quiz.questions?.map(({ questionId, text, kind, answers }) => ({
        questionId,
        text,
        kind,
        answers: answers.map(({ answerId, text: answer }) => ({ answerId, text: answer })),
      })),
    },
  };
}

export function attemptAnswer(view: AttemptView): z.input<typeof attemptSchema> {
  const { attempt, scorePercent, wrongQuestions, explanations } = view;
  const { attemptId, number, moduleId, courseVersion, at, correct, of, passPercent, passed, answers } = attempt;
  return {
    ...{ attemptId, number, moduleId, version: courseVersion, at, correct, of, scorePercent, passPercent, passed },
    wrongQuestions: wrongQuestions && [...wrongQuestions],
    answers: answers.map(({ questionId, answerIds }) => ({ questionId, answerIds: [...answerIds] })),
    explanations: explanations && [...explanations],
  };
}

/** An attempt just taken, with where the partner stands after it. */
export function submittedAnswer(
  { attempt, attemptsLeftToday, nextAttemptAt, progressPercent }: Submitted,
  earned: CertificateView | undefined,
): z.input<typeof submitQuizAttemptRoute.response> {
  return {
    ...attemptAnswer(attempt),
    attemptsLeftToday,
    nextAttemptAt,
    progressPercent,
    certificate: earned && certificateAnswer(earned),
  };
}

export function certificateAnswer(view: CertificateView): z.input<typeof partnerCertificateSchema> {
  const { held, title, status, revokedReason, renewableFrom } = view;
  const { certificationId, certification, courseId, certifiedAt, expiresAt, revokedAt } = held;
  return {
    ...{ certificationId, certification, title, courseId, status, certifiedAt, expiresAt },
    ...{ revokedAt, revokedReason, renewableFrom },
  };
}

export function wholeCertificateAnswer(view: WholeCertificate): z.input<typeof getCertificateRoute.response> {
  const { partnerName, courseVersion, held } = view;
  return { ...certificateAnswer(view), partnerName, courseVersion, recordedAt: held.recordedAt };
}
