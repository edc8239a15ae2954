import type { ComponentChildren, JSX } from 'preact';
import { Choices, Field, Select, Tick } from '#console/ui/form';
import { FieldProblem, type Form } from '#functions/console/web/form';
import type { Action, Visit } from '#functions/console/web/page';
import { toDecimal } from '#shared/domain/money/minor-units';

export type Section = 'attribution' | 'tracking' | 'fraud' | 'controls' | 'approvals' | 'payouts';

type Asked = { readonly visit: Visit; readonly action: Action; readonly value: unknown };

/** One setting: how it is told, asked for and read. */
export type Setting = {
  readonly section: Section;
  /** As the API names it within its section. */
  readonly name: string;
  readonly label: string;
  readonly show: (value: unknown, visit: Visit) => ComponentChildren;
  readonly ask: (asked: Asked) => JSX.Element;
  /** What the person entered; `null` brings the setting back to its default. @throws FieldProblem */
  readonly read: (form: Form, visit: Visit) => unknown;
};

export type Named = {
  readonly section: Section;
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
};

const NOT_SET = 'Not set';

/** A whole number; left empty it has its default. */
export function integer(named: Named, unit: readonly [one: string, many: string]): Setting {
  return {
    ...named,
    show: (value, { format }) =>
      typeof value === 'number' ? `${format.count(value)} ${value === 1 ? unit[0] : unit[1]}` : NOT_SET,
    ask: ({ visit, action, value }) => (
      <Field
        visit={visit}
        action={action}
        name={named.name}
        label={labelWith(named.label, unit[1])}
        value={typeof value === 'number' ? value : undefined}
        inputMode="numeric"
        hint={named.hint}
      />
    ),
    read: (form) => form.optionalInteger(named.name) ?? null,
  };
}

/** A label says its unit once. */
function labelWith(label: string, unit: string): string {
  return label.toLowerCase().includes(unit) ? label : `${label} (${unit})`;
}

/** An amount in the programme's currency. */
export function amount(named: Named, none: string): Setting {
  return {
    ...named,
    show: (value, { format, programme }) =>
      typeof value === 'number' ? format.amount(value, programme.currency) : none,
    ask: ({ visit, action, value }) => (
      <Field
        visit={visit}
        action={action}
        name={named.name}
        label={`${named.label} (${visit.programme.currency})`}
        value={typeof value === 'number' ? plainAmount(value, visit) : undefined}
        inputMode="decimal"
        hint={named.hint}
        required={none === NOT_SET}
      />
    ),
    read: (form, { programme }) => form.optionalMinor(named.name, programme.currency) ?? null,
  };
}

/** A share in per cent, kept in basis points. */
export function percent(named: Named): Setting {
  return {
    ...named,
    show: (value, { format }) => (typeof value === 'number' ? format.percent(value) : NOT_SET),
    ask: ({ visit, action, value }) => (
      <Field
        visit={visit}
        action={action}
        name={named.name}
        label={`${named.label} (per cent)`}
        value={typeof value === 'number' ? String(value / 100) : undefined}
        inputMode="decimal"
        hint={named.hint}
      />
    ),
    read: (form) => form.optionalBps(named.name) ?? null,
  };
}

export function flag(named: Named, words: readonly [yes: string, no: string]): Setting {
  return {
    ...named,
    show: (value) => (value === true ? words[0] : words[1]),
    ask: ({ visit, action, value }) => (
      <Tick
        visit={visit}
        action={action}
        name={named.name}
        label={named.label}
        checked={value === true}
        hint={named.hint}
      />
    ),
    read: (form) => form.isOn(named.name),
  };
}

export type Words = readonly (readonly [value: string, label: string, hint?: string])[];

const wordOf = (words: Words, value: unknown): string => words.find(([one]) => one === value)?.[1] ?? String(value);

export function choice(named: Named, words: Words): Setting {
  return {
    ...named,
    show: (value) => (value === undefined ? NOT_SET : wordOf(words, value)),
    ask: ({ visit, action, value }) =>
      words.some(([, , hint]) => hint !== undefined) ? (
        <Choices
          {...{ visit, action, name: named.name, label: named.label, hint: named.hint }}
          type="radio"
          chosen={[String(value)]}
          options={words}
        />
      ) : (
        <Select
          {...{ visit, action, name: named.name, label: named.label, hint: named.hint }}
          value={String(value)}
          options={words.map(([one, label]) => [one, label])}
        />
      ),
    read: (form) => form.optional(named.name) ?? null,
  };
}

/** Some of a few. */
export function several(named: Named, words: Words, none: string): Setting {
  return {
    ...named,
    show: (value, { format }) => {
      const chosen = listOf(value);
      return chosen.length === 0 ? none : format.list(chosen.map((one) => wordOf(words, one)));
    },
    ask: ({ visit, action, value }) => (
      <Choices
        {...{ visit, action, name: named.name, label: named.label, hint: named.hint }}
        type="checkbox"
        chosen={listOf(value)}
        options={words}
      />
    ),
    read: (form) => form.list(named.name),
  };
}

/** Texts of one line each. */
export function lines(named: Named, none: string): Setting {
  return {
    ...named,
    show: (value, { format }) => (listOf(value).length === 0 ? none : format.list(listOf(value))),
    ask: ({ visit, action, value }) => (
      <Field
        {...{ visit, action, name: named.name, label: named.label, hint: named.hint }}
        value={listOf(value).join('\n')}
        rows={3}
        required={false}
      />
    ),
    read: (form) => linesOf(form.optional(named.name)),
  };
}

/** Whole numbers, joined by commas. */
export function numbers(named: Named, unit: string, none: string): Setting {
  return {
    ...named,
    show: (value, { format }) => {
      const all = Array.isArray(value) ? value.map(Number) : [];
      return all.length === 0 ? none : `${format.list(all.map(format.count))} ${unit}`;
    },
    ask: ({ visit, action, value }) => (
      <Field
        {...{ visit, action, name: named.name, hint: named.hint }}
        label={`${named.label} (${unit}, separated by commas)`}
        value={Array.isArray(value) ? value.join(', ') : undefined}
        required={false}
      />
    ),
    read: (form) =>
      (form.optional(named.name) ?? '')
        .split(/[,;\s]+/)
        .filter((one) => one !== '')
        .map((one) => {
          if (!/^\d{1,9}$/.test(one)) throw new FieldProblem(named.name, 'must be whole numbers, such as 72, 168');
          return Number(one);
        }),
  };
}

export function text(named: Named, none: string, rows?: number): Setting {
  return {
    ...named,
    show: (value) => (typeof value === 'string' ? value : none),
    ask: ({ visit, action, value }) => (
      <Field
        {...{ visit, action, name: named.name, label: named.label, hint: named.hint }}
        value={typeof value === 'string' ? value : undefined}
        required={false}
        {...(rows === undefined ? {} : { rows })}
      />
    ),
    read: (form) => form.optional(named.name) ?? null,
  };
}

export function linesOf(entered: string | undefined): readonly string[] {
  return (entered ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** As a form takes it: digits and a point, in the currency's decimals. */
export function plainAmount(minor: number, { programme }: Pick<Visit, 'programme'>): string {
  return toDecimal(BigInt(minor), programme.currency);
}
