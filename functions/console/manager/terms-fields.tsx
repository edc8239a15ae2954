import type { JSX } from 'preact';
import { Choices, Field, Select, Tick } from '#console/ui/form';
import { firstInstantOf } from '#functions/console/applications/first-instant';
import { FieldProblem, type Form } from '#functions/console/web/form';
import type { Action, Visit } from '#functions/console/web/page';

type Props = {
  readonly visit: Visit;
  readonly action: Action;
  /** Published, the newest first. */
  readonly versions: readonly number[];
};

const RENEWALS = [
  ['', 'It ends with its term'],
  ['automatic', 'It goes on by itself for another term'],
  ['by_agreement', 'It goes on when both agree'],
] as const;

const AFTER_END = [
  ['', 'Nothing is earned on sales after the end'],
  ['honour_until_window_ends', 'Customers brought before the end go on earning until their window ends'],
] as const;

const EXCLUSIVITIES = [
  ['', 'None'],
  ['category', 'For categories of goods'],
  ['geography', 'For countries'],
] as const;

/** What a version of an agreement says: what most leave as it is stays closed. */
export function TermsFields({ visit, action, versions }: Props): JSX.Element {
  const form = { visit, action } as const;
  const failed = visit.failed?.action === action.name ? visit.failed : undefined;
  const isOpen = MORE.some((name) => failed?.fields[name] !== undefined || failed?.values[name]?.[0]);
  return (
    <>
      <Field
        {...form}
        name="startsAt"
        type="date"
        label="Begins on"
        value={visit.format.isoDay(visit.now)}
        required
        hint={`At the beginning of that day in ${visit.programme.timeZone}. A day in a closed month counts from the first open one.`}
      />
      <Select
        {...form}
        name="planVersion"
        label="Plan"
        options={versions.map((version) => [String(version), `Version ${version}`])}
        value={versions[0]}
        hint={<a href={`/console/programs/${visit.programme.programId}/plans`}>What each version pays</a>}
      />
      <Field
        {...form}
        name="text"
        label="Agreement text"
        rows={6}
        required={false}
        hint="With a text it counts only once the partner has accepted it."
      />
      <details open={isOpen}>
        <summary>Term, end, notice and exclusivity</summary>
        <div class="form-stack mt-2">
          <Field
            {...form}
            name="termMonths"
            label="Term in months"
            inputMode="numeric"
            required={false}
            hint="Without a term it has no end, unless you set one below."
          />
          <Select {...form} name="renewal" label="At the end of the term" options={RENEWALS} />
          <Field
            {...form}
            name="endsAt"
            type="date"
            label="Fixed end"
            required={false}
            hint="The first day on which it counts no more. Not together with a term."
          />
          <Field
            {...form}
            name="noticeDays"
            label="Notice in days"
            inputMode="numeric"
            required={false}
            hint="How long before the end notice must be given. Without a number: none."
          />
          <Select {...form} name="afterEnd" label="After the end" options={AFTER_END} />
          <Choices
            {...form}
            name="exclusivity"
            label="Exclusivity"
            type="radio"
            chosen={['']}
            options={EXCLUSIVITIES}
            hint="No other partner of the programme can be promised the same at the same time."
          />
          <Field
            {...form}
            name="exclusiveFor"
            label="Exclusive for"
            required={false}
            hint="Categories such as books, or countries such as GB, with commas between."
          />
          <Field {...form} name="exclusiveUntil" type="date" label="Exclusive until" required={false} />
          <Tick
            {...form}
            name="countsAtOnce"
            label="It counts without being accepted"
            hint="Only with a text that is signed elsewhere, or needs no signature."
          />
        </div>
      </details>
    </>
  );
}

const MORE = [
  'termMonths',
  'renewal',
  'endsAt',
  'noticeDays',
  'afterEnd',
  'exclusivity',
  'exclusiveFor',
  'exclusiveUntil',
  'countsAtOnce',
] as const;

/** How the API calls what the form names in its own way. */
export const TERMS_POINTERS: Readonly<Record<string, string>> = {
  '/exclusivity/categories': 'exclusiveFor',
  '/exclusivity/countries': 'exclusiveFor',
  '/exclusivity/until': 'exclusiveUntil',
  '/requiresAcceptance': 'countsAtOnce',
};

const RENEWS = { automatic: 'automatic', by_agreement: 'by_agreement' } as const;

/** @throws FieldProblem */
export function termsOf(form: Form, timeZone: string) {
  const text = form.optional('text');
  const renewal = RENEWS[(form.optional('renewal') ?? '') as keyof typeof RENEWS];
  const afterEnd = form.optional('afterEnd') === 'honour_until_window_ends' ? 'honour_until_window_ends' : undefined;
  return {
    startsAt: firstInstantOf(form, 'startsAt', timeZone),
    planVersion: form.integer('planVersion'),
    endsAt: dayOf(form, 'endsAt', timeZone),
    termMonths: form.optionalInteger('termMonths'),
    renewal,
    noticeDays: form.optionalInteger('noticeDays'),
    afterEnd: afterEnd as 'honour_until_window_ends' | undefined,
    text,
    requiresAcceptance: text !== undefined && form.isOn('countsAtOnce') ? false : undefined,
    exclusivity: exclusivityOf(form, timeZone),
  };
}

/** When the day of a field begins; `undefined` for an empty one. @throws FieldProblem */
export function dayOf(form: Form, name: string, timeZone: string): string | undefined {
  return form.optional(name) === undefined ? undefined : firstInstantOf(form, name, timeZone);
}

function exclusivityOf(form: Form, timeZone: string) {
  const kind = form.optional('exclusivity');
  if (kind !== 'category' && kind !== 'geography') return undefined;
  const values = (form.optional('exclusiveFor') ?? '')
    .split(',')
    .map((value) => value.trim())
    .filter(Boolean);
  if (values.length === 0) throw new FieldProblem('exclusiveFor', 'must name what is exclusive');
  const until = dayOf(form, 'exclusiveUntil', timeZone);
  return kind === 'category'
    ? { kind: 'category' as const, categories: values.map((value) => value.toLowerCase()), until }
    : { kind: 'geography' as const, countries: values.map((value) => value.toUpperCase()), until };
}
