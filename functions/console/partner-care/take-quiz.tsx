import type { JSX } from 'preact';
import { courseHref, courseParamsOf } from '#console/partner-care/show-training-course';
import { Choices, Form, Submit } from '#console/ui/form';
import { Alert, Badge, Card, Empty, Pager, Stack, Time } from '#console/ui/parts';
import { FieldProblem } from '#functions/console/web/form';
import { defineAction, definePage, redirect, view } from '#functions/console/web/page';
import { getTrainingCourseRoute } from '#shared/contracts/partners/training/get-training-course';
import { listQuizAttemptsRoute } from '#shared/contracts/partners/training/list-quiz-attempts';
import { submitQuizAttemptRoute } from '#shared/contracts/partners/training/submit-quiz-attempt';
import { PARTNER_PATH } from './care-paths.ts';
import { attemptsLeftWords, type PartnerCourse, TRAINING_READERS } from './training-words.ts';

const COURSE = `${PARTNER_PATH}/training/{courseId}`;
const PATH = `${COURSE}/modules/{moduleId}/quiz`;
const A_PAGE = 20;

/** The questions of one module, to be answered. */
export const showQuiz = definePage({
  name: 'show-quiz',
  path: PATH,
  access: ['partner'],
  show: async (visit) => {
    const { api, format, params } = visit;
    const course = await api.call(getTrainingCourseRoute, { params: courseParamsOf(params) });
    const module = course.modules.find(({ moduleId }) => moduleId === params.moduleId);
    const quiz = module?.quiz;
    const trail = [[course.title, courseHref(params)]] as const;
    if (!module || !quiz?.questions) {
      const title = module?.doneAt ? 'You have passed this quiz' : 'There is no quiz to take now';
      return view({ title, trail, body: <p>Go back to the course to see what is next.</p> });
    }
    const left = quiz.attemptsLeftToday ?? quiz.attemptsPerDay;
    const form = { visit, action: submitQuiz } as const;
    return view({
      title: `Quiz: ${module.title}`,
      trail,
      lead: `${quiz.passPercent} % of the questions must be right. ${attemptsLeftWords(left)}`,
      body:
        left === 0 ? (
          <Alert tone="info" title="That was the last attempt for today">
            <p>
              {quiz.nextAttemptAt ? (
                <>
                  The next one is possible on <Time at={quiz.nextAttemptAt} format={format} />.
                </>
              ) : (
                'Come back tomorrow.'
              )}
            </p>
          </Alert>
        ) : (
          <Form {...form}>
            <Stack>
              {quiz.questions.map(({ questionId, text, kind, answers }, index) => (
                <Card key={questionId}>
                  <Choices
                    {...form}
                    name={`q-${questionId}`}
                    label={`${index + 1}. ${text}`}
                    type={kind === 'single' ? 'radio' : 'checkbox'}
                    chosen={[]}
                    hint={kind === 'single' ? 'One answer is right.' : 'Choose all answers that are right.'}
                    options={answers.map((answer) => [answer.answerId, answer.text])}
                  />
                </Card>
              ))}
              <div>
                <Submit>Hand in</Submit>
              </div>
            </Stack>
          </Form>
        ),
    });
  },
});

export const submitQuiz = defineAction({
  name: 'submit-quiz',
  path: PATH,
  access: ['partner'],
  page: showQuiz,
  send: async ({ api, params }, form, idempotencyKey) => {
    const moduleId = params.moduleId ?? '';
    const of = courseParamsOf(params);
    const course = await api.call(getTrainingCourseRoute, { params: of });
    const questions = course.modules.find((one) => one.moduleId === moduleId)?.quiz?.questions ?? [];
    const answers = questions.map(({ questionId }) => ({ questionId, answerIds: [...form.list(`q-${questionId}`)] }));
    // An attempt costs: nothing is handed in by mistake.
    const open = answers.find(({ answerIds }) => answerIds.length === 0);
    if (open) throw new FieldProblem(`q-${open.questionId}`, 'is not answered yet');
    const made = await api.call(submitQuizAttemptRoute, {
      params: { ...of, moduleId },
      body: { answers },
      idempotencyKey,
    });
    const score = `${made.correct} of ${made.of} right, ${made.scorePercent} %.`;
    if (!made.passed)
      return redirect(
        `${courseHref(params)}/results`,
        `Not passed yet: ${score} ${attemptsLeftWords(made.attemptsLeftToday)}`,
      );
    const certified = made.certificate ? ' The certificate is yours.' : '';
    return redirect(`${courseHref(params)}/results`, `Passed: ${score}${certified}`);
  },
});

/** How the quizzes of a course went, newest first. */
export const showQuizResults = definePage({
  name: 'show-quiz-results',
  path: `${COURSE}/results`,
  access: TRAINING_READERS,
  show: async (visit) => {
    const { api, format, params, query } = visit;
    const of = courseParamsOf(params);
    const [course, attempts] = await Promise.all([
      api.call(getTrainingCourseRoute, { params: of }),
      api.call(listQuizAttemptsRoute, {
        params: of,
        query: { cursor: query.get('cursor') ?? undefined, limit: A_PAGE },
      }),
    ]);
    return view({
      title: 'Quiz results',
      trail: [[course.title, courseHref(params)]],
      body: (
        <Stack>
          {attempts.items.length === 0 ? (
            <Card>
              <Empty icon="training" title="No quiz was taken yet">
                Your attempts and their scores appear here.
              </Empty>
            </Card>
          ) : null}
          {attempts.items.map((attempt) => (
            <Card
              key={attempt.attemptId}
              title={`Attempt ${attempt.number}: ${titleOf(course, attempt.moduleId)}`}
              actions={
                <Badge tone={attempt.passed ? 'good' : 'attention'}>{attempt.passed ? 'Passed' : 'Not passed'}</Badge>
              }
            >
              <p>
                {attempt.correct} of {attempt.of} right ({attempt.scorePercent} %, {attempt.passPercent} % passes) on{' '}
                <Time at={attempt.at} format={format} />.
              </p>
              <Wrong ids={attempt.wrongQuestions ?? []} course={course} moduleId={attempt.moduleId} />
              {attempt.explanations && attempt.explanations.length > 0 ? (
                <>
                  <h3>Why</h3>
                  <ul>
                    {attempt.explanations.map(({ questionId, explanation }) => (
                      <li key={questionId} class="said">
                        {explanation}
                      </li>
                    ))}
                  </ul>
                </>
              ) : null}
            </Card>
          ))}
          <Pager address={visit.address} nextCursor={attempts.nextCursor} />
        </Stack>
      ),
    });
  },
});

function titleOf(course: PartnerCourse, moduleId: string): string {
  return course.modules.find((one) => one.moduleId === moduleId)?.title ?? moduleId;
}

/** Which questions were wrong, where the quiz tells it and they can still be asked. */
function Wrong({
  ids,
  course,
  moduleId,
}: {
  readonly ids: readonly string[];
  readonly course: PartnerCourse;
  readonly moduleId: string;
}): JSX.Element | null {
  const questions = course.modules.find((one) => one.moduleId === moduleId)?.quiz?.questions ?? [];
  const texts = questions.filter(({ questionId }) => ids.includes(questionId)).map(({ text }) => text);
  if (texts.length === 0) return null;
  return (
    <>
      <h3>Look at these again</h3>
      <ul>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </>
  );
}
