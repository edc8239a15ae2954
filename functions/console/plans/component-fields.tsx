import type { ComponentChildren, JSX } from 'preact';
import { Field, Select, Tick } from '#console/ui/form';
import { Icon, type IconName } from '#console/ui/icons';
import type { EditorFields } from './editor-fields.ts';
import { fieldName, valuesOf } from './editor-form.ts';
import type { EditorComponent } from './editor-plan.ts';
import { step } from './editor-steps.ts';

type PartProps = { readonly fields: EditorFields; readonly at: number; readonly part: EditorComponent };

/** A button that changes what is typed and saves nothing: with script in place, without it by showing the page anew. */
export function StepButton({
  fields,
  value,
  icon,
  label,
  children,
}: {
  readonly fields: EditorFields;
  readonly value: string;
  readonly icon?: IconName;
  /** Where the button shows an icon alone, or says too little by itself. */
  readonly label?: string;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <button
      type="submit"
      id={`step-${value}`}
      class={children ? 'btn' : 'btn btn-icon'}
      name="step"
      value={value}
      aria-label={label}
      title={children ? undefined : label}
      hx-post={fields.checkAddress}
      hx-target="#editor"
      hx-swap="outerHTML settle:0ms"
    >
      {icon ? <Icon name={icon} /> : null}
      {children ? <span>{children}</span> : null}
    </button>
  );
}

/** What a component of its kind is asked for. */
export function ComponentFields({ fields, at, part }: PartProps): JSX.Element {
  const own = part.currency === '' ? fields.visit.programme.currency : part.currency;
  const { wired } = fields;
  const name = (field: string): string => fieldName(at, field);
  return (
    <div class="part-fields">
      <input type="hidden" name={name('kind')} value={part.kind} />
      {part.kind === 'revenue_share' ? (
        <ShareFields fields={fields} at={at} part={part} own={own} />
      ) : (
        <Field {...wired} name={name('amount')} label={`${AMOUNTS[part.kind]} (${own})`} inputMode="decimal" />
      )}
      {part.kind === 'fixed_fee' ? (
        <Tick
          {...wired}
          name={name('prorate')}
          label="By the day in a partner’s first month"
          hint="Without it, a partner who begins on the 20th gets the whole fee of that month."
          checked={part.prorate}
        />
      ) : null}
      <div class="tile-grid">
        {part.kind === 'revenue_share' ? (
          <Field
            {...wired}
            name={name('windowMonths')}
            label="Months from a customer’s first purchase"
            hint="Empty: for as long as the customer buys."
            inputMode="numeric"
          />
        ) : null}
        {part.kind === 'revenue_share' || part.kind === 'referral_fee' ? (
          <>
            <Field
              {...wired}
              name={name('capPerCustomer')}
              label={`Most a customer and month (${own})`}
              hint="Empty: no limit."
              inputMode="decimal"
            />
            <Field
              {...wired}
              name={name('capPerPeriod')}
              label={`Most a month (${own})`}
              hint="Empty: no limit."
              inputMode="decimal"
            />
          </>
        ) : null}
        <Field
          {...wired}
          name={name('currency')}
          label="Currency"
          hint={`Three letters. Empty: ${fields.visit.programme.currency}.`}
          maxLength={3}
        />
        <Field
          {...wired}
          name={name('id')}
          label="Name in calculations"
          hint="Letters, digits and dashes, such as share."
          maxLength={64}
        />
      </div>
    </div>
  );
}

const AMOUNTS = {
  referral_fee: 'Paid for each new customer',
  fixed_fee: 'Paid each month',
  minimum_commitment: 'Earned each month at the least',
} as const;

function ShareFields({ fields, at, part, own }: PartProps & { readonly own: string }): JSX.Element {
  const { wired } = fields;
  const name = (field: string): string => fieldName(at, field);
  return (
    <>
      <Select
        {...wired}
        name={name('by')}
        label="What sets the rate"
        value={part.by}
        options={[
          ['tiers', 'The partner’s tier at the time of the sale'],
          ['brackets', 'What the partner’s month reaches, in brackets'],
        ]}
      />
      <noscript>
        <StepButton fields={fields} value="show">
          Show the fields for it
        </StepButton>
      </noscript>
      {part.by === 'tiers' ? <TierRates {...{ fields, at, part }} /> : <Brackets {...{ fields, at, part, own }} />}
      <RateRules {...{ fields, at, part }} />
      <Unseen at={at} part={part} />
    </>
  );
}

function TierRates({ fields, at, part }: PartProps): JSX.Element {
  return (
    <fieldset class="rows">
      <legend class="form-label">Rates by tier</legend>
      <div class="tile-grid tile-grid-small">
        {part.tiers.map(({ tier }, row) => (
          <div key={tier}>
            <input type="hidden" name={fieldName(at, `t${row}.tier`)} value={tier} />
            <Field
              {...fields.wired}
              name={fieldName(at, `t${row}.rate`)}
              label={fields.tiers.includes(tier) ? `As ${tier} (%)` : `As ${tier} (%), not among the tiers now`}
              inputMode="decimal"
            />
          </div>
        ))}
      </div>
      <p class="form-hint mb-0">A tier whose rate is left empty earns nothing by this share.</p>
    </fieldset>
  );
}

function Brackets({ fields, at, part, own }: PartProps & { readonly own: string }): JSX.Element {
  const { wired } = fields;
  const name = (field: string): string => fieldName(at, field);
  const unit = part.metric === 'conversions' ? 'sales' : own;
  return (
    <>
      <div class="tile-grid">
        <Select
          {...wired}
          name={name('metric')}
          label="Brackets count"
          value={part.metric}
          options={[
            ['revenue', 'What the month’s sales come to'],
            ['conversions', 'How many sales the month has'],
          ]}
        />
        <Select
          {...wired}
          name={name('mode')}
          label="How they pay"
          value={part.mode}
          options={[
            ['graduated', 'Each bracket its own part, as with income tax'],
            ['volume', 'The bracket reached pays all sales of the month'],
          ]}
        />
      </div>
      <fieldset class="rows">
        <legend class="form-label">Brackets, upwards</legend>
        {part.brackets.map((_, row) => {
          const isLast = row === part.brackets.length - 1;
          return (
            <div key={row} class="field-row">
              <Field
                {...wired}
                name={name(`b${row}.upTo`)}
                label={`Bracket ${row + 1}: up to (${unit})`}
                {...(isLast ? { placeholder: 'no end' } : {})}
                inputMode="decimal"
              />
              <Field
                {...wired}
                name={name(`b${row}.rate`)}
                label={`Bracket ${row + 1}: rate (%)`}
                inputMode="decimal"
              />
              {part.brackets.length > 1 ? (
                <StepButton
                  fields={fields}
                  value={step.removeBracket(at, row)}
                  icon="trash"
                  label={`Remove bracket ${row + 1}`}
                />
              ) : null}
            </div>
          );
        })}
        <StepButton fields={fields} value={step.addBracket(at)} icon="plus">
          Add a bracket
        </StepButton>
      </fieldset>
    </>
  );
}

function RateRules({ fields, at, part }: PartProps): JSX.Element {
  const { wired } = fields;
  const name = (row: number, field: string): string => fieldName(at, `r${row}.${field}`);
  const tiers = [...new Set(['', ...fields.tiers, ...part.rates.map(({ tier }) => tier)])];
  return (
    <fieldset class="rows">
      <legend class="form-label">Own rates for categories and countries</legend>
      <p class="form-hint my-0">
        The rule that names most of a sale wins; of equal ones the first. Sales that no rule names get the rates above.
      </p>
      {part.rates.map((_, row) => (
        <div key={row} class="field-row field-row-4">
          <Field {...wired} name={name(row, 'category')} label="Category" placeholder="any" />
          <Field {...wired} name={name(row, 'country')} label="Country" placeholder="any" maxLength={2} />
          <Select
            {...wired}
            name={name(row, 'tier')}
            label="Tier"
            value={part.rates[row]?.tier}
            options={tiers.map((tier) => [tier, tier === '' ? 'any' : tier])}
          />
          <Field {...wired} name={name(row, 'rate')} label="Rate (%)" inputMode="decimal" />
          <StepButton fields={fields} value={step.removeRate(at, row)} icon="trash" label={`Remove rule ${row + 1}`} />
        </div>
      ))}
      <StepButton fields={fields} value={step.addRate(at)} icon="plus">
        Add a rule
      </StepButton>
    </fieldset>
  );
}

/** What was typed for the other way to set the rate is kept until the person comes back to it. */
function Unseen({ at, part }: { readonly at: number; readonly part: EditorComponent }): JSX.Element {
  const prefix = fieldName(at, part.by === 'tiers' ? 'b' : 't');
  const others = part.by === 'tiers' ? [fieldName(at, 'mode'), fieldName(at, 'metric')] : [];
  const all = Object.entries(valuesOf({ name: '', parts: [...Array.from({ length: at }, () => part), part] }));
  return (
    <>
      {all
        .filter(([name]) => others.includes(name) || (name.startsWith(prefix) && /^\d/.test(name.slice(prefix.length))))
        .map(([name, values]) => (
          <input key={name} type="hidden" name={name} value={values[0]} />
        ))}
    </>
  );
}
