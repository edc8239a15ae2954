import { type Named, plainAmount, type Setting } from '#console/admin/settings/setting-kinds';
import { Field } from '#console/ui/form';
import { Stack } from '#console/ui/parts';
import { FieldProblem } from '#functions/console/web/form';

const UTM = ['source', 'medium', 'campaign', 'term', 'content'] as const;

/** The five parameters that analytics tools read; a change replaces all of them. */
export function utm(named: Named): Setting {
  const of = (value: unknown, part: string): string | undefined =>
    (value as Readonly<Record<string, string | undefined>> | undefined)?.[part];
  return {
    ...named,
    show: (value) => {
      const set = UTM.filter((part) => of(value, part));
      return set.length === 0 ? 'None are added' : set.map((part) => `utm_${part}=${of(value, part)}`).join(', ');
    },
    ask: ({ visit, action, value }) => (
      <fieldset class="field">
        <legend class="form-label">{named.label}</legend>
        <div class="tile-grid">
          {UTM.map((part) => (
            <Field
              key={part}
              visit={visit}
              action={action}
              name={part}
              label={`utm_${part}`}
              value={of(value, part)}
              required={false}
            />
          ))}
        </div>
        {named.hint ? <div class="form-hint">{named.hint}</div> : null}
      </fieldset>
    ),
    read: (form) => {
      const set = UTM.flatMap((part) => {
        const entered = form.optional(part);
        return entered === undefined ? [] : [[part, entered]];
      });
      return set.length === 0 ? null : Object.fromEntries(set);
    },
  };
}

type Step = { readonly aboveMinor: number; readonly required: number };

/** The API takes ten. */
const MAX_STEPS = 10;
/** Rows to be filled in, beside those that are there. */
const FREE_ROWS = 2;

const stepsOf = (value: unknown): readonly Step[] => (Array.isArray(value) ? (value as readonly Step[]) : []);

/** How many people must approve above which amounts. */
export function steps(named: Named): Setting {
  return {
    ...named,
    show: (value, { format, programme }) => {
      const set = stepsOf(value);
      if (set.length === 0) return 'The same for every amount';
      return set
        .map(({ aboveMinor, required }) => `${required} above ${format.amount(aboveMinor, programme.currency)}`)
        .join(', ');
    },
    ask: ({ visit, action, value }) => {
      const set = stepsOf(value);
      const entered = Object.keys(visit.failed?.values ?? {}).filter((name) => /^above\d+$/.test(name)).length;
      const rows = Math.min(MAX_STEPS, Math.max(set.length + FREE_ROWS, entered));
      return (
        <fieldset class="field">
          <legend class="form-label">{named.label}</legend>
          <Stack>
            {Array.from({ length: rows }, (_, at) => (
              <div key={at} class="tile-grid">
                <Field
                  visit={visit}
                  action={action}
                  name={`above${at}`}
                  label={`More than (${visit.programme.currency})`}
                  value={set[at] && plainAmount(set[at].aboveMinor, visit)}
                  inputMode="decimal"
                />
                <Field
                  visit={visit}
                  action={action}
                  name={`required${at}`}
                  label="People who must approve"
                  value={set[at]?.required}
                  inputMode="numeric"
                />
              </div>
            ))}
          </Stack>
          {named.hint ? <div class="form-hint">{named.hint}</div> : null}
        </fieldset>
      );
    },
    read: (form, { programme }) =>
      Array.from({ length: MAX_STEPS }, (_, at) => at).flatMap((at): Step[] => {
        const above = form.optionalMinor(`above${at}`, programme.currency);
        const required = form.optionalInteger(`required${at}`);
        if (above === undefined && required === undefined) return [];
        if (above === undefined) throw new FieldProblem(`above${at}`, 'must be filled in too, or leave both empty');
        if (required === undefined)
          throw new FieldProblem(`required${at}`, 'must be filled in too, or leave both empty');
        return [{ aboveMinor: above, required }];
      }),
  };
}

/** Which field of the form a fault of the API is about: steps are numbered without the empty rows before them. */
export const STEP_FIELDS: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: MAX_STEPS }, (_, at) => [
    [`/payouts/requiredAbove/${at}/aboveMinor`, `above${at}`],
    [`/payouts/requiredAbove/${at}/required`, `required${at}`],
  ]).flat(),
);
