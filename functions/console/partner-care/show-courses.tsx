import { ModuleFields } from '#console/partner-care/module-fields';
import { Field, Form, Submit } from '#console/ui/form';
import { Badge, ButtonLink, Card, Empty, Table, Time } from '#console/ui/parts';
import { FieldProblem } from '#functions/console/web/form';
import { defineAction, definePage, redirect, view } from '#functions/console/web/page';
import { listCoursesRoute } from '#shared/contracts/partners/training/list-courses';
import { saveCourseRoute } from '#shared/contracts/partners/training/save-course';
import { BASE } from './care-paths.ts';
import { COURSE_STATES, COURSE_WRITERS } from './course-words.ts';
import { moduleOf } from './module-form.ts';
import { slugOf } from './quiz-text.ts';
import { minutesWords } from './training-words.ts';

const PATH = `${BASE}/courses`;

/** The courses that partners take. */
export const showCourses = definePage({
  name: 'show-courses',
  path: PATH,
  access: COURSE_WRITERS,
  show: async ({ api, format, programme }) => {
    const { programId } = programme;
    const base = `/console/programs/${programId}/courses`;
    const { items } = await api.call(listCoursesRoute, { params: { programId } });
    const create = (
      <ButtonLink href={`${base}/new`} icon="plus" primary>
        New course
      </ButtonLink>
    );
    return view({
      title: 'Training',
      lead: 'Courses teach partners what you sell, and certify them. A tier may ask for a certificate.',
      actions: create,
      body: (
        <Card flush>
          {items.length === 0 ? (
            <Empty icon="training" title="There is no course yet" action={create}>
              Write one with links, files and a quiz. Partners see it once it is published.
            </Empty>
          ) : (
            <Table
              caption="Courses"
              rows={items}
              keyOf={({ courseId }) => courseId}
              columns={[
                { label: 'Course', cell: (one) => <a href={`${base}/${one.courseId}`}>{one.title}</a> },
                { label: 'Certifies', isMinor: true, cell: ({ certification }) => certification },
                {
                  label: 'Modules',
                  isMinor: true,
                  cell: ({ modules, estimatedMinutes }) => `${modules}, ${minutesWords(estimatedMinutes)}`,
                },
                {
                  label: 'Changed',
                  isMinor: true,
                  cell: ({ changedAt }) => <Time at={changedAt} format={format} as="day" />,
                },
                {
                  label: 'State',
                  cell: (one) => (
                    <>
                      <Badge tone={COURSE_STATES[one.status][0]}>{COURSE_STATES[one.status][1]}</Badge>
                      {one.draftVersion !== undefined && one.status !== 'draft' ? (
                        <div class="text-secondary">with a new draft</div>
                      ) : null}
                    </>
                  ),
                },
              ]}
            />
          )}
        </Card>
      ),
    });
  },
});

export const showNewCourse = definePage({
  name: 'show-new-course',
  path: `${PATH}/new`,
  access: COURSE_WRITERS,
  show: async (visit) => {
    const form = { visit, action: createCourse } as const;
    return view({
      title: 'New course',
      trail: [['Training', `/console/programs/${visit.programme.programId}/courses`]],
      lead: 'It begins with one module; add more afterwards. Nobody sees it before you publish it.',
      body: (
        <Card>
          <Form {...form}>
            <Field {...form} name="title" label="Title" required maxLength={140} />
            <Field {...form} name="description" label="Description" rows={3} required={false} maxLength={4_000} />
            <Field
              {...form}
              name="certification"
              label="Certifies in"
              required
              hint="A short lower-case name such as product-basics. Tiers ask for it by this name."
            />
            <Field
              {...form}
              name="validityMonths"
              label="Certificate is valid for months"
              inputMode="numeric"
              required={false}
              hint="Left empty it does not expire."
            />
            <h2>First module</h2>
            <ModuleFields {...form} titleName="moduleTitle" files={[]} />
            <Submit>Create draft</Submit>
          </Form>
        </Card>
      ),
    });
  },
});

export const createCourse = defineAction({
  name: 'create-course',
  path: PATH,
  access: COURSE_WRITERS,
  page: showNewCourse,
  send: async ({ api, programme }, form) => {
    const { programId } = programme;
    const title = form.text('title');
    const courseId = slugOf(title);
    const known = await api.call(listCoursesRoute, { params: { programId } });
    if (known.items.some((one) => one.courseId === courseId))
      throw new FieldProblem('title', 'is the title of a course already');
    const validityMonths = form.optionalInteger('validityMonths');
    await api.call(saveCourseRoute, {
      params: { programId, courseId },
      body: {
        ...{ title, description: form.optional('description') ?? '', certification: form.text('certification') },
        ...(validityMonths === undefined ? {} : { validityMonths }),
        modules: [moduleOf(form, { titleName: 'moduleTitle', moduleId: slugOf(form.text('moduleTitle')) })],
      },
    });
    return redirect(
      `/console/programs/${programId}/courses/${courseId}`,
      'The draft is there. Publish it when it is ready.',
    );
  },
});
