import type { JSX } from 'preact';
import { Field, Form, Submit } from '#console/ui/form';
import { dayEnds } from '#functions/console/books/day-bounds';
import { FieldProblem, type Form as Fields } from '#functions/console/web/form';
import type { Action, Visit } from '#functions/console/web/page';

const UTM = ['source', 'medium', 'campaign', 'term', 'content'] as const;

/** Names of the API's fields as the forms of links name them. */
export const LINK_FIELDS = Object.fromEntries(UTM.map((name) => [`/utm/${name}`, `utm_${name}`]));

/** What a link may be: where it leads, what it is called, and how its visits are named in the shop's own statistics. */
export function LinkForm({
  visit,
  action,
  children,
}: {
  readonly visit: Visit;
  readonly action: Action;
  /** Fields before the others. */
  readonly children?: JSX.Element | null;
}): JSX.Element {
  const wired = { visit, action };
  return (
    <Form visit={visit} action={action}>
      {children}
      <Field
        {...wired}
        name="destination"
        label="Where it leads"
        type="url"
        inputMode="url"
        hint="An address in the shop, such as https://shop.example/welcome."
        required
      />
      <Field
        {...wired}
        name="slug"
        label="How it ends"
        hint="3 to 40 letters, digits or dashes, such as spring-sale. Without it, one is made."
        required={false}
        maxLength={40}
      />
      <Field
        {...wired}
        name="campaign"
        label="Campaign"
        hint="To find it again, such as newsletter-may."
        required={false}
      />
      <details class="share-more">
        <summary>More: an end, and names for the shop's statistics</summary>
        <div class="form-stack">
          <Field
            {...wired}
            name="expiresAt"
            label="Ends on"
            type="date"
            hint="At the end of that day."
            required={false}
          />
          {UTM.map((name) => (
            <Field
              {...wired}
              key={name}
              name={`utm_${name}`}
              label={`utm_${name}`}
              hint={name === 'source' ? 'Left empty, the programme’s own is used.' : undefined}
              required={false}
            />
          ))}
        </div>
      </details>
      <Submit>Make the link</Submit>
    </Form>
  );
}

/** The UTM templates that were filled in; none when none was, so that the programme's hold. */
export function utmOf(form: Fields): Record<string, string> | undefined {
  const given = UTM.flatMap((name) => {
    const value = form.optional(`utm_${name}`);
    return value === undefined ? [] : [[name, value] as const];
  });
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

/** The end of a day of the programme as an instant. @throws FieldProblem */
export function endOfDay(form: Fields, name: string, timeZone: string): string | undefined {
  const day = form.optional(name);
  if (day === undefined) return undefined;
  const end = dayEnds(day, timeZone);
  if (end === undefined) throw new FieldProblem(name, 'must be a date such as 2026-01-31');
  return end;
}
