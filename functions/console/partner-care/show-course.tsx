import type { JSX } from 'preact';
import { ModuleFields } from '#console/partner-care/module-fields';
import { Field, Form, Submit, Tick } from '#console/ui/form';
import { Alert, Badge, ButtonLink, Card, Facts, Grid, Stack, Table, Time } from '#console/ui/parts';
import { FieldProblem } from '#functions/console/web/form';
import { namesOf } from '#functions/console/web/names';
import { defineAction, definePage, redirect, sendFile, type Visit, view } from '#functions/console/web/page';
import { getCourseRoute } from '#shared/contracts/partners/training/get-course';
import { getCourseFileRoute } from '#shared/contracts/partners/training/get-course-file';
import { publishCourseRoute } from '#shared/contracts/partners/training/publish-course';
import { retireCourseRoute } from '#shared/contracts/partners/training/retire-course';
import { saveCourseRoute } from '#shared/contracts/partners/training/save-course';
import { uploadCourseFileRoute } from '#shared/contracts/partners/training/upload-course-file';
import { BASE } from './care-paths.ts';
import { bodyOf, COURSE_STATES, COURSE_WRITERS } from './course-words.ts';
import { moduleOf } from './module-form.ts';
import { type Course, slugOf } from './quiz-text.ts';
import { minutesWords } from './training-words.ts';

const PATH = `${BASE}/courses/{courseId}`;
/** In the place of a module's id: one that is still to be written. */
const NEW = '-new';

function idsOf(params: Readonly<Record<string, string>>): { readonly programId: string; readonly courseId: string } {
  return { programId: params.programId ?? '', courseId: params.courseId ?? '' };
}

function hrefOf(params: Readonly<Record<string, string>>): string {
  const { programId, courseId } = idsOf(params);
  return `/console/programs/${programId}/courses/${courseId}`;
}

/** The newest version of a course, to be worked on, published and retired. */
export const showCourse = definePage({
  name: 'show-course',
  path: PATH,
  access: COURSE_WRITERS,
  show: async (visit) => {
    const { api, format, params } = visit;
    const course = await api.call(getCourseRoute, { params: idsOf(params) });
    const names = await namesOf(visit, { people: [course.changedBy, course.publishedBy] });
    const base = hrefOf(params);
    const [tone, state] = COURSE_STATES[course.status];
    const details = { visit, action: saveCourseDetails } as const;
    return view({
      title: course.title,
      trail: [['Training', `/console/programs/${visit.programme.programId}/courses`]],
      lead: <Badge tone={tone}>{state}</Badge>,
      body: (
        <Stack>
          <Publishing course={course} visit={visit} />
          <Card
            title="Modules"
            actions={
              <ButtonLink href={`${base}/modules/${NEW}`} icon="plus">
                Add a module
              </ButtonLink>
            }
            flush
          >
            <Table
              caption="Modules"
              rows={course.modules}
              keyOf={({ moduleId }) => moduleId}
              columns={[
                { label: 'Module', cell: (one) => <a href={`${base}/modules/${one.moduleId}`}>{one.title}</a> },
                { label: 'To read', isNumber: true, cell: ({ content }) => content.length },
                { label: 'Questions', isNumber: true, cell: ({ quiz }) => quiz?.questions.length ?? 0 },
                { label: 'Takes', isMinor: true, cell: ({ estimatedMinutes }) => minutesWords(estimatedMinutes) },
              ]}
            />
          </Card>
          <Grid wide>
            <Card title="Details">
              <Form {...details}>
                <input type="hidden" name="revision" value={course.revision} />
                <Field {...details} name="title" label="Title" value={course.title} required maxLength={140} />
                <Field
                  {...details}
                  name="description"
                  label="Description"
                  rows={3}
                  value={course.description}
                  required={false}
                />
                <Field {...details} name="certification" label="Certifies in" value={course.certification} required />
                <Field
                  {...details}
                  name="validityMonths"
                  label="Certificate is valid for months"
                  inputMode="numeric"
                  value={course.validityMonths}
                  required={false}
                  hint="Left empty it does not expire."
                />
                <Submit tone="plain">Save details</Submit>
              </Form>
            </Card>
            <Files course={course} visit={visit} />
          </Grid>
          <Card title="About this version">
            <Facts
              rows={[
                ['Version', course.version],
                [
                  'Partners begin with',
                  course.publishedVersion === undefined ? 'nothing yet' : `version ${course.publishedVersion}`,
                ],
                ['Changed', <Time at={course.changedAt} format={format} />],
                ['By', names.person(course.changedBy)],
                ['Published', course.publishedAt && <Time at={course.publishedAt} format={format} />],
                ['Published by', course.publishedBy && names.person(course.publishedBy)],
              ]}
            />
          </Card>
          {course.status === 'published' ? <Retire visit={visit} /> : null}
        </Stack>
      ),
    });
  },
});

export const saveCourseDetails = defineAction({
  name: 'save-course-details',
  path: `${PATH}/details`,
  access: COURSE_WRITERS,
  page: showCourse,
  send: async ({ api, params }, form) => {
    const course = await api.call(getCourseRoute, { params: idsOf(params) });
    const { validityMonths: _, ...content } = bodyOf(course);
    const validityMonths = form.optionalInteger('validityMonths');
    const body = {
      ...content,
      ...{
        title: form.text('title'),
        description: form.optional('description') ?? '',
        certification: form.text('certification'),
      },
      ...(validityMonths === undefined ? {} : { validityMonths }),
      // What was on the screen: who changed it meanwhile is not written over.
      revision: form.integer('revision'),
    };
    await api.call(saveCourseRoute, { params: idsOf(params), body });
    return redirect(hrefOf(params), 'Saved in the draft.');
  },
});

export const publishCourse = defineAction({
  name: 'publish-course',
  path: `${PATH}/publish`,
  access: COURSE_WRITERS,
  page: showCourse,
  send: async ({ api, params }, form, idempotencyKey) => {
    const body = { revision: form.integer('revision') };
    await api.call(publishCourseRoute, { params: idsOf(params), body, idempotencyKey });
    return redirect(hrefOf(params), 'Published: partners begin with this version now.');
  },
});

export const retireCourse = defineAction({
  name: 'retire-course',
  path: `${PATH}/retire`,
  access: COURSE_WRITERS,
  page: showCourse,
  send: async ({ api, params }, form, idempotencyKey) => {
    if (!form.isOn('sure')) throw new FieldProblem('sure', 'must be ticked first');
    await api.call(retireCourseRoute, { params: idsOf(params), idempotencyKey });
    return redirect(hrefOf(params), 'Retired: nobody begins it any more.');
  },
});

export const uploadCourseFile = defineAction({
  name: 'upload-course-file',
  path: `${PATH}/files`,
  access: COURSE_WRITERS,
  page: showCourse,
  fields: { 'query:name': 'file', 'header:Content-Type': 'file' },
  send: async ({ api, params }, form, idempotencyKey) => {
    const file = await form.file('file');
    if (!file) throw new FieldProblem('file', 'must be chosen');
    const { name, type, bytes } = file;
    await api.upload(
      uploadCourseFileRoute,
      { params: idsOf(params), query: { name }, idempotencyKey },
      { type, bytes },
    );
    return redirect(hrefOf(params), `${name} is uploaded. Choose it in a module.`);
  },
});

export const readCourseFile = definePage({
  name: 'read-course-file',
  path: `${PATH}/files/{fileId}`,
  access: COURSE_WRITERS,
  show: async ({ api, params }) =>
    sendFile(await api.download(getCourseFileRoute, { params: { ...idsOf(params), fileId: params.fileId ?? '' } })),
});

/** One module of the newest version, or a new one. */
export const showModule = definePage({
  name: 'show-module',
  path: `${PATH}/modules/{moduleId}`,
  access: COURSE_WRITERS,
  show: async (visit) => {
    const { api, params } = visit;
    const course = await api.call(getCourseRoute, { params: idsOf(params) });
    const module = course.modules.find(({ moduleId }) => moduleId === params.moduleId);
    const form = { visit, action: saveModule } as const;
    return view({
      title: module?.title ?? 'New module',
      trail: [
        ['Training', `/console/programs/${visit.programme.programId}/courses`],
        [course.title, hrefOf(params)],
      ],
      lead: 'Saved in the draft: partners see it once the course is published.',
      body: (
        <Stack>
          <Card>
            <Form {...form}>
              <input type="hidden" name="revision" value={course.revision} />
              <ModuleFields {...form} titleName="title" module={module} files={course.files} />
              {module && course.modules.length > 1 ? (
                <Tick {...form} name="remove" label="Remove this module from the course" />
              ) : null}
              <Submit>Save module</Submit>
            </Form>
          </Card>
        </Stack>
      ),
    });
  },
});

export const saveModule = defineAction({
  name: 'save-module',
  path: `${PATH}/modules/{moduleId}`,
  access: COURSE_WRITERS,
  page: showModule,
  send: async ({ api, params }, form) => {
    const course = await api.call(getCourseRoute, { params: idsOf(params) });
    const before = course.modules.find(({ moduleId }) => moduleId === params.moduleId);
    const others = course.modules.filter((one) => one !== before);
    const isRemoved = before !== undefined && form.isOn('remove');
    const taken = new Set(course.modules.map(({ moduleId }) => moduleId));
    const moduleId = before?.moduleId ?? slugOf(form.text('title'), taken);
    const module = isRemoved ? undefined : moduleOf(form, { titleName: 'title', moduleId, before });
    const modules = module
      ? before
        ? course.modules.map((one) => (one === before ? module : one))
        : [...course.modules, module]
      : others;
    const body = { ...bodyOf(course, { modules }), revision: form.integer('revision') };
    await api.call(saveCourseRoute, { params: idsOf(params), body });
    return redirect(
      hrefOf(params),
      isRemoved ? 'The module is removed from the draft.' : 'The module is saved in the draft.',
    );
  },
});

type Shown = { readonly course: Course; readonly visit: Visit };

function Publishing({ course, visit }: Shown): JSX.Element | null {
  const form = { visit, action: publishCourse } as const;
  if (course.draftVersion === undefined && course.status === 'published') return null;
  const isFirst = course.publishedVersion === undefined;
  return (
    <Alert
      tone="info"
      title={course.draftVersion === undefined ? 'This course is retired' : 'There is a draft that partners do not see'}
    >
      <p>
        {isFirst
          ? 'Publish it when it is ready. A published version never changes; what you change later is a new draft.'
          : 'Whoever is in the middle of the earlier version goes on with that, or begins again with this one.'}
      </p>
      {course.draftVersion === undefined ? null : (
        <Form {...form}>
          <input type="hidden" name="revision" value={course.revision} />
          <Submit>Publish version {course.draftVersion}</Submit>
        </Form>
      )}
    </Alert>
  );
}

function Files({ course, visit }: Shown): JSX.Element {
  const form = { visit, action: uploadCourseFile } as const;
  const base = hrefOf(visit.params);
  const fault = visit.failed?.action === uploadCourseFile.name ? visit.failed.fields.file : undefined;
  return (
    <Card title="Files" lead="PDF, PNG, JPEG or plain text, at most 4 MB. Films are links.">
      {course.files.length === 0 ? (
        <p class="text-secondary">No file yet. Upload one, then choose it in a module.</p>
      ) : (
        <ul>
          {course.files.map(({ fileId, name, sizeBytes }) => (
            <li key={fileId}>
              <a href={`${base}/files/${fileId}`}>{name}</a>{' '}
              <span class="text-secondary">{visit.format.count(Math.ceil(sizeBytes / 1_024))} kB</span>
            </li>
          ))}
        </ul>
      )}
      <Form {...form} hasFile>
        <div class="field">
          <label class="form-label" for="course-file">
            File
          </label>
          <input
            id="course-file"
            class={fault ? 'form-control is-invalid' : 'form-control'}
            type="file"
            name="file"
            accept=".pdf,.png,.jpg,.jpeg,.txt"
            aria-describedby={fault ? 'course-file-fault' : undefined}
            aria-invalid={fault ? 'true' : undefined}
          />
          {fault ? (
            <div id="course-file-fault" class="invalid-feedback d-block">
              {fault}
            </div>
          ) : null}
        </div>
        <Submit tone="plain">Upload</Submit>
      </Form>
    </Card>
  );
}

function Retire({ visit }: { readonly visit: Visit }): JSX.Element {
  const form = { visit, action: retireCourse } as const;
  return (
    <Card title="Retire this course">
      <p>Nobody begins it any more. Whoever began it may finish it, and certificates stay as they are.</p>
      <Form {...form}>
        <Tick {...form} name="sure" label="Yes, retire it" />
        <Submit tone="danger">Retire</Submit>
      </Form>
    </Card>
  );
}
