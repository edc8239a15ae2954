import type { JSX } from 'preact';
import { Form, Submit, Tick } from '#console/ui/form';
import { Alert, Badge, ButtonLink, Card, Progress, Stack, Time } from '#console/ui/parts';
import { FieldProblem } from '#functions/console/web/form';
import { defineAction, definePage, redirect, sendFile, type Visit, view } from '#functions/console/web/page';
import { completeModuleRoute } from '#shared/contracts/partners/training/complete-module';
import { getCourseFileRoute } from '#shared/contracts/partners/training/get-course-file';
import { getTrainingCourseRoute } from '#shared/contracts/partners/training/get-training-course';
import { startCourseRoute } from '#shared/contracts/partners/training/start-course';
import { PARTNER_PATH, partnerBase, partnerParams } from './care-paths.ts';
import { COURSE_STATES, type Module, minutesWords, type PartnerCourse, TRAINING_READERS } from './training-words.ts';

const PATH = `${PARTNER_PATH}/training/{courseId}`;

export function courseHref(params: Readonly<Record<string, string>>): string {
  return `${partnerBase(params)}/training/${encodeURIComponent(params.courseId ?? '')}`;
}

export function courseParamsOf(params: Readonly<Record<string, string>>) {
  return { ...partnerParams(params), courseId: params.courseId ?? '' };
}

/** A course as its partner takes it, module by module. */
export const showTrainingCourse = definePage({
  name: 'show-training-course',
  path: PATH,
  access: TRAINING_READERS,
  show: async (visit) => {
    const { api, params } = visit;
    const course = await api.call(getTrainingCourseRoute, { params: courseParamsOf(params) });
    const [tone, state] = COURSE_STATES[course.status];
    const base = courseHref(params);
    return view({
      title: course.title,
      trail: [['Training', `${partnerBase(params)}/training`]],
      lead: (
        <>
          <Badge tone={tone}>{state}</Badge> {course.progressPercent} % done
        </>
      ),
      actions: course.startedAt ? <ButtonLink href={`${base}/results`}>Quiz results</ButtonLink> : undefined,
      body: (
        <Stack>
          <Card title="About this course">
            {course.description ? <p class="said">{course.description}</p> : null}
            <p class="text-secondary">
              {course.modules.length} {course.modules.length === 1 ? 'module' : 'modules'},{' '}
              {minutesWords(course.minutesLeft)} left. Certifies you in {course.certification}
              {course.validityMonths ? ` for ${course.validityMonths} months` : ''}.
            </p>
            <Progress doneBps={course.progressPercent * 100} label={`${course.progressPercent} % done`} />
            <Start course={course} visit={visit} />
          </Card>
          {course.modules.map((module, index) => (
            <ModuleCard key={module.moduleId} module={module} number={index + 1} course={course} visit={visit} />
          ))}
        </Stack>
      ),
    });
  },
});

export const startCourse = defineAction({
  name: 'start-course',
  path: `${PATH}/start`,
  access: ['partner'],
  page: showTrainingCourse,
  send: async ({ api, params }, form, idempotencyKey) => {
    const restart = form.optional('restart') === 'offered';
    if (restart && !form.isOn('sure')) throw new FieldProblem('sure', 'must be ticked first');
    await api.call(startCourseRoute, { params: courseParamsOf(params), body: { restart }, idempotencyKey });
    return redirect(
      courseHref(params),
      restart ? 'You begin again with the newer version.' : 'You have begun. Good luck!',
    );
  },
});

export const completeModule = defineAction({
  name: 'complete-module',
  path: `${PATH}/modules/{moduleId}/done`,
  access: ['partner'],
  page: showTrainingCourse,
  send: async ({ api, params }, _form, idempotencyKey) => {
    const moduleId = params.moduleId ?? '';
    const course = await api.call(completeModuleRoute, {
      params: { ...courseParamsOf(params), moduleId },
      idempotencyKey,
    });
    const done = course.status === 'completed' ? 'Well done: the certificate is yours.' : 'Marked as done.';
    return redirect(courseHref(params), done);
  },
});

export const downloadCourseFile = definePage({
  name: 'download-course-file',
  path: `${PATH}/files/{fileId}`,
  access: TRAINING_READERS,
  show: async ({ api, params }) => {
    const { programId = '', courseId = '', fileId = '' } = params;
    return sendFile(await api.download(getCourseFileRoute, { params: { programId, courseId, fileId } }));
  },
});

function Start({ course, visit }: { readonly course: PartnerCourse; readonly visit: Visit }): JSX.Element | null {
  const { status, newerVersion, renewableFrom } = course;
  const form = { visit, action: startCourse } as const;
  const isOwn = visit.programme.partners.some(({ partnerId }) => partnerId === visit.params.partnerId);
  if (!isOwn) return <p class="text-secondary">Only the partner itself takes the course.</p>;
  const mayRenew = status === 'completed' && renewableFrom !== undefined && Date.parse(renewableFrom) <= visit.now;
  if (status === 'not_started' || mayRenew) {
    return (
      <Form {...form}>
        <Submit>{mayRenew ? 'Take it again' : 'Start the course'}</Submit>
      </Form>
    );
  }
  if (status === 'completed' && renewableFrom) {
    return (
      <p class="text-secondary">
        You can take it again from <Time at={renewableFrom} format={visit.format} as="day" />.
      </p>
    );
  }
  if (status !== 'in_progress' || newerVersion === undefined) return null;
  return (
    <Alert tone="info" title="There is a newer version">
      <p>You can finish this one. Or begin again with the newer one; what you have done so far is lost then.</p>
      <Form {...form}>
        <input type="hidden" name="restart" value="offered" />
        <Tick {...form} name="sure" label="Yes, begin again" />
        <Submit tone="plain">Begin again</Submit>
      </Form>
    </Alert>
  );
}

type ModuleProps = {
  readonly module: Module;
  readonly number: number;
  readonly course: PartnerCourse;
  readonly visit: Visit;
};

function ModuleCard({ module, number, course, visit }: ModuleProps): JSX.Element {
  const { moduleId, doneAt, content, quiz } = module;
  const base = courseHref(visit.params);
  const isMine = visit.programme.partners.some(({ partnerId }) => partnerId === visit.params.partnerId);
  const mayAct = isMine && course.status === 'in_progress' && doneAt === undefined;
  return (
    <Card
      title={`${number}. ${module.title}`}
      actions={
        doneAt ? <Badge tone="good">Done</Badge> : <Badge tone="plain">{minutesWords(module.estimatedMinutes)}</Badge>
      }
    >
      {content.length > 0 ? (
        <ul>
          {content.map((item) => (
            <li key={`${item.kind} ${item.fileId ?? item.url}`}>
              {item.fileId === undefined ? (
                <a href={item.url} target="_blank" rel="noopener noreferrer">
                  {item.title}
                </a>
              ) : (
                <a href={`${base}/files/${item.fileId}`}>{item.title} (file)</a>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {quiz ? (
        <p>
          A quiz of {quiz.questionCount} {quiz.questionCount === 1 ? 'question' : 'questions'}; {quiz.passPercent} %
          passes. {mayAct ? <a href={`${base}/modules/${encodeURIComponent(moduleId)}/quiz`}>Take the quiz</a> : null}
        </p>
      ) : null}
      {mayAct && !quiz ? (
        <Form visit={visit} action={completeModule} params={{ moduleId }} id={`done-${moduleId}`}>
          <Submit tone="plain">Mark as done</Submit>
        </Form>
      ) : null}
    </Card>
  );
}
