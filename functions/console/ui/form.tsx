import type { ComponentChildren, JSX } from 'preact';
import { Alert } from '#console/ui/parts';
import { type Action, type FailedAction, mayBeDone, type Visit } from '#functions/console/web/page';

type FormProps = {
  readonly visit: Visit;
  readonly action: Action;
  /** Values of the path's parameters, where the action has more than the page. */
  readonly params?: Readonly<Record<string, string>>;
  readonly children: ComponentChildren;
  readonly hasFile?: boolean;
  /** Beside other forms: fields in a row. */
  readonly inline?: boolean;
  /** Tells this form from others of the same action on the page, such as one a row. */
  readonly id?: string;
};

/** The address an action is sent to. */
export function actionAddress(action: Action, params: Readonly<Record<string, string>>): string {
  return action.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}

/**
 * A form that does one thing: with the session's token against forgery, and a key that makes sending it twice do it once. When it
 * was refused it says why, at its top and at its fields.
 */
export function Form({ visit, action, params, children, hasFile, inline, id }: FormProps): JSX.Element {
  const failed = failureOf(visit, action, id);
  return (
    <form
      method="post"
      action={actionAddress(action, { ...visit.params, ...params })}
      encType={hasFile ? 'multipart/form-data' : undefined}
      class={inline ? 'form-inline' : 'form-stack'}
      noValidate
      id={id}
    >
      <input type="hidden" name="csrf" value={visit.session.csrfToken} />
      <input type="hidden" name="formKey" value={visit.formKey} />
      {id ? <input type="hidden" name="formId" value={id} /> : null}
      {visit.query.size > 0 ? <input type="hidden" name="pageQuery" value={visit.query.toString()} /> : null}
      {failed ? <Refusal failed={failed} /> : null}
      {children}
    </form>
  );
}

/** Why this form was refused; `undefined` when it was not. */
export function failureOf(visit: Visit, action: Action, id?: string): FailedAction | undefined {
  const { failed } = visit;
  return failed?.action === action.name && (failed.values.formId?.[0] ?? undefined) === id ? failed : undefined;
}

function Refusal({ failed }: { readonly failed: FailedAction }): JSX.Element {
  if (failed.code === 'login_not_fresh') {
    return (
      <Alert tone="attention" title="Please confirm that it is you">
        <p>
          This asks for a sign-in of the last minutes.{' '}
          <a
            href={`/console/sign-in?fresh=1&returnTo=${encodeURIComponent('/console/signed-in-again')}`}
            target="_blank"
            rel="noopener"
          >
            Sign in again in a new tab
          </a>
          , then come back and press the button again. What you entered is still here.
        </p>
      </Alert>
    );
  }
  if (failed.code === 'idempotency_key_reused') {
    return (
      <Alert tone="attention" title="This form was sent before, with something else in it">
        <p>What it said then may have been done. Look whether it was, before you send this too.</p>
      </Alert>
    );
  }
  if (mayBeDone(failed)) {
    return (
      <Alert tone="attention" title="It is not known yet whether this was done">
        <p>
          {failed.message} Then press the button below again, with nothing changed: it is done once, however often you
          press.
        </p>
      </Alert>
    );
  }
  return (
    <Alert tone="bad" title="Nothing was changed">
      <p>{failed.message}</p>
    </Alert>
  );
}

export type FieldProps = {
  readonly visit: Visit;
  readonly action: Action;
  readonly name: string;
  readonly label: string;
  /** Below the field: what is meant, an example. */
  readonly hint?: ComponentChildren;
  readonly value?: string | number | undefined;
  readonly type?: 'text' | 'email' | 'url' | 'date' | 'datetime-local' | 'month' | 'number' | 'password' | 'search';
  readonly required?: boolean;
  readonly formId?: string;
  readonly autocomplete?: string;
  readonly rows?: number;
  /** What a phone's keyboard offers: `decimal` for amounts. */
  readonly inputMode?: 'decimal' | 'numeric' | 'email' | 'url' | 'text';
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly readOnly?: boolean;
};

type Wired = {
  readonly id: string;
  readonly entered: readonly string[] | undefined;
  readonly fault: string | undefined;
};

/** What the person had entered, and what is wrong with it. */
function wire({ visit, action, name, formId }: Pick<FieldProps, 'visit' | 'action' | 'name' | 'formId'>): Wired {
  const failed = failureOf(visit, action, formId);
  return {
    id: [formId, action.name, name].filter(Boolean).join('-'),
    entered: failed?.values[name],
    fault: failed?.fields[name],
  };
}

function Around({
  id,
  label,
  hint,
  fault,
  required,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly fault: string | undefined;
  readonly required?: boolean | undefined;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div class="field">
      <label class="form-label" for={id}>
        {label} {required === false ? <span class="text-secondary">(optional)</span> : null}
      </label>
      {children}
      {fault ? (
        <div id={`${id}-fault`} class="invalid-feedback d-block">
          {fault}
        </div>
      ) : null}
      {hint ? (
        <div id={`${id}-hint`} class="form-hint">
          {hint}
        </div>
      ) : null}
    </div>
  );
}

const described = (id: string, fault: unknown, hint: unknown): string | undefined =>
  [fault ? `${id}-fault` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ') || undefined;

/** One field with its label, hint and fault. `required={false}` says "(optional)". */
export function Field(props: FieldProps): JSX.Element {
  const {
    label,
    hint,
    value,
    type = 'text',
    required,
    rows,
    name,
    autocomplete,
    inputMode,
    maxLength,
    placeholder,
    readOnly,
  } = props;
  const { id, entered, fault } = wire(props);
  const shared = {
    id,
    name,
    class: fault ? 'form-control is-invalid' : 'form-control',
    'aria-describedby': described(id, fault, hint),
    'aria-invalid': fault ? ('true' as const) : undefined,
    'aria-required': required ? ('true' as const) : undefined,
    maxLength,
    placeholder,
    readOnly,
  };
  const current = entered?.[0] ?? value;
  return (
    <Around id={id} label={label} hint={hint} fault={fault} required={required}>
      {rows ? (
        <textarea {...shared} rows={rows}>
          {current}
        </textarea>
      ) : (
        <input
          {...shared}
          type={type as 'text'}
          value={type === 'password' ? undefined : current}
          autoComplete={autocomplete ?? 'off'}
          inputMode={inputMode}
        />
      )}
    </Around>
  );
}

export type Option = readonly [value: string, label: string];

export function Select({
  options,
  submits,
  ...props
}: Omit<FieldProps, 'type' | 'rows'> & {
  readonly options: readonly Option[];
  readonly submits?: boolean;
}): JSX.Element {
  const { id, entered, fault } = wire(props);
  const current = entered?.[0] ?? String(props.value ?? '');
  return (
    <Around id={id} label={props.label} hint={props.hint} fault={fault} required={props.required}>
      <select
        id={id}
        name={props.name}
        class={fault ? 'form-select is-invalid' : 'form-select'}
        aria-describedby={described(id, fault, props.hint)}
        data-submits={submits ? '' : undefined}
      >
        {options.map(([value, label]) => (
          <option key={value} value={value} selected={value === current}>
            {label}
          </option>
        ))}
      </select>
    </Around>
  );
}

/** One of several (`radio`) or some of them (`checkbox`), all to be seen. */
export function Choices({
  options,
  type,
  chosen,
  ...props
}: Pick<FieldProps, 'visit' | 'action' | 'name' | 'label' | 'hint' | 'formId'> & {
  readonly options: readonly (readonly [value: string, label: ComponentChildren, hint?: ComponentChildren])[];
  readonly type: 'radio' | 'checkbox';
  readonly chosen: readonly string[];
}): JSX.Element {
  const { id, entered, fault } = wire(props);
  const current = new Set(entered ?? chosen);
  return (
    <fieldset class="field" aria-describedby={described(id, fault, props.hint)}>
      <legend class="form-label">{props.label}</legend>
      {options.map(([value, label, hint]) => (
        <label key={value} class="form-check">
          <input class="form-check-input" type={type} name={props.name} value={value} checked={current.has(value)} />
          <span class="form-check-label">{label}</span>
          {hint ? <span class="form-check-description">{hint}</span> : null}
        </label>
      ))}
      {fault ? (
        <div id={`${id}-fault`} class="invalid-feedback d-block">
          {fault}
        </div>
      ) : null}
      {props.hint ? (
        <div id={`${id}-hint`} class="form-hint">
          {props.hint}
        </div>
      ) : null}
    </fieldset>
  );
}

/** Yes or no. An unticked box sends nothing: `form.isOn(name)`. */
export function Tick({
  checked,
  ...props
}: Pick<FieldProps, 'visit' | 'action' | 'name' | 'label' | 'hint' | 'formId'> & {
  readonly checked?: boolean;
}): JSX.Element {
  const { id, entered, fault } = wire(props);
  const failed = failureOf(props.visit, props.action, props.formId);
  return (
    <div class="field">
      <label class="form-check">
        <input
          id={id}
          class="form-check-input"
          type="checkbox"
          name={props.name}
          value="yes"
          checked={failed ? entered !== undefined : checked}
          aria-describedby={described(id, fault, props.hint)}
        />
        <span class="form-check-label">{props.label}</span>
      </label>
      {fault ? (
        <div id={`${id}-fault`} class="invalid-feedback d-block">
          {fault}
        </div>
      ) : null}
      {props.hint ? (
        <div id={`${id}-hint`} class="form-hint">
          {props.hint}
        </div>
      ) : null}
    </div>
  );
}

export function Submit({
  children,
  tone = 'primary',
  name,
  value,
}: {
  readonly children: ComponentChildren;
  readonly tone?: 'primary' | 'danger' | 'plain';
  /** Where a form has two buttons. */
  readonly name?: string;
  readonly value?: string;
}): JSX.Element {
  const style = { primary: 'btn btn-primary', danger: 'btn btn-danger', plain: 'btn' }[tone];
  return (
    <button type="submit" class={style} name={name} value={value}>
      {children}
    </button>
  );
}

/** Filters of a list: a form that only asks, so its address can be kept. */
export function Filters({
  action,
  children,
}: {
  readonly action: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <form method="get" action={action} class="filters">
      {children}
      <button type="submit" class="btn">
        Show
      </button>
    </form>
  );
}

export function FilterField({
  name,
  label,
  value,
  type = 'text',
  options,
}: {
  readonly name: string;
  readonly label: string;
  readonly value: string | null | undefined;
  readonly type?: 'text' | 'date' | 'month' | 'search';
  readonly options?: readonly Option[];
}): JSX.Element {
  const id = `filter-${name}`;
  return (
    <div class="field">
      <label class="form-label" for={id}>
        {label}
      </label>
      {options ? (
        <select id={id} name={name} class="form-select" data-submits="">
          {options.map(([one, text]) => (
            <option key={one} value={one} selected={one === (value ?? '')}>
              {text}
            </option>
          ))}
        </select>
      ) : (
        <input id={id} name={name} class="form-control" type={type as 'text'} value={value ?? ''} />
      )}
    </div>
  );
}
