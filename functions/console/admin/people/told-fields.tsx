import type { JSX } from 'preact';
import { Choices, Field, Select } from '#console/ui/form';
import { LANGUAGE_NAMES, ROLE_CHOICES } from '#functions/console/admin/admin-words';
import type { Form } from '#functions/console/web/form';
import type { Action, Visit } from '#functions/console/web/page';
import type { StaffRole } from '#shared/domain/people/roles';

type Told = {
  readonly name?: string;
  readonly email?: string;
  readonly roles?: readonly string[];
  readonly language?: string | undefined;
  readonly timeZone?: string | undefined;
};

/** What is asked about somebody who is told things. */
export function ToldFields({
  visit,
  action,
  told = {},
}: {
  readonly visit: Visit;
  readonly action: Action;
  readonly told?: Told;
}): JSX.Element {
  const of = { visit, action };
  return (
    <>
      <Field {...of} name="name" label="Name" value={told.name} required maxLength={140} />
      <Field {...of} name="email" label="E-mail address" type="email" value={told.email} required />
      <Choices
        {...of}
        name="roles"
        label="Is told what is for"
        type="checkbox"
        chosen={told.roles ?? []}
        options={ROLE_CHOICES.map(([role, label]) => [role, label])}
        hint="It says what the person hears of, and grants nothing."
      />
      <Select
        {...of}
        name="language"
        label="Language"
        value={told.language}
        options={[['', 'As usual (English)'], ...Object.entries(LANGUAGE_NAMES)]}
      />
      <Field
        {...of}
        name="timeZone"
        label="Time zone"
        value={told.timeZone}
        required={false}
        hint={`Such as Europe/Berlin. Empty: the programme's, ${visit.programme.timeZone}.`}
      />
    </>
  );
}

/** What was said about the person, as the API takes it; `null` for what is as usual. */
export function toldOf(form: Form): {
  readonly name: string;
  readonly email: string;
  readonly roles: StaffRole[];
  readonly language: keyof typeof LANGUAGE_NAMES | null;
  readonly timeZone: string | null;
} {
  return {
    name: form.text('name'),
    email: form.text('email'),
    roles: [...form.list('roles')] as StaffRole[],
    language: (form.optional('language') ?? null) as keyof typeof LANGUAGE_NAMES | null,
    timeZone: form.optional('timeZone') ?? null,
  };
}
