import type { JSX } from 'preact';
import { Choices, Field, Select } from '#console/ui/form';
import { Grid } from '#console/ui/parts';
import {
  type Course,
  type CourseModule,
  linksToText,
  questionsToText,
} from '#functions/console/partner-care/quiz-text';
import type { Action, Visit } from '#functions/console/web/page';

/** The fields of one module: what to read, and a quiz in a notation that needs no script. */
export function ModuleFields({
  visit,
  action,
  titleName,
  module,
  files,
}: {
  readonly visit: Visit;
  readonly action: Action;
  readonly titleName: string;
  readonly module?: CourseModule | undefined;
  readonly files: readonly Course['files'][number][];
}): JSX.Element {
  const form = { visit, action } as const;
  const quiz = module?.quiz;
  const chosen = new Set((module?.content ?? []).flatMap((item) => (item.kind === 'file' ? [item.fileId] : [])));
  return (
    <>
      <Field {...form} name={titleName} label="Title of the module" value={module?.title} required maxLength={140} />
      <Field
        {...form}
        name="minutes"
        label="Takes about (minutes)"
        value={module?.estimatedMinutes ?? 10}
        inputMode="numeric"
        required
      />
      <Field
        {...form}
        name="links"
        label="Links to read or watch"
        rows={3}
        required={false}
        value={linksToText(module?.content ?? [])}
        hint="One a line: a title, a | and an https address. Such as: Product guide | https://example.com/guide"
      />
      {files.length > 0 ? (
        <Choices
          {...form}
          name="files"
          label="Files"
          type="checkbox"
          chosen={files.filter(({ fileId }) => chosen.has(fileId)).map(({ fileId, name }) => `${fileId} ${name}`)}
          options={files.map(({ fileId, name }) => [`${fileId} ${name}`, name])}
        />
      ) : null}
      <Field
        {...form}
        name="questions"
        label="Quiz"
        rows={10}
        required={false}
        value={questionsToText(quiz?.questions ?? [])}
        hint="Begin a question with ?, a right answer with *, a wrong one with -, and what explains it with >. Left empty, the module has no quiz."
      />
      <Grid>
        <Field
          {...form}
          name="passPercent"
          label="Passes with per cent right"
          value={quiz?.passPercent ?? 80}
          inputMode="numeric"
        />
        <Field
          {...form}
          name="attemptsPerDay"
          label="Attempts a day"
          value={quiz?.attemptsPerDay ?? 3}
          inputMode="numeric"
        />
        <Select
          {...form}
          name="feedback"
          label="After a failed attempt"
          value={quiz?.feedback ?? 'score'}
          options={[
            ['score', 'Tell the score alone'],
            ['wrong_questions', 'Tell which questions were wrong'],
          ]}
        />
      </Grid>
    </>
  );
}
