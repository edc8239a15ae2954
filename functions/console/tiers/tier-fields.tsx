import type { ComponentChildren, JSX } from 'preact';
import { Field, Select, Tick } from '#console/ui/form';
import { Icon, type IconName } from '#console/ui/icons';
import { Card } from '#console/ui/parts';
import type { Action, Visit } from '#functions/console/web/page';
import {
  FACTS,
  MAX_DEPTH,
  type TypedCondition,
  type TypedGroup,
  type TypedRequirement,
  type TypedScheme,
  valuesOf,
} from './tier-editor.ts';
import { step } from './tier-steps.ts';
import { FACT_WORDS } from './tier-words.ts';

export type TierForm = {
  /** For the form's parts: they show what was typed, with its faults. */
  readonly wired: { readonly visit: Visit; readonly action: Action };
  readonly checkAddress: string;
};

function StepButton({
  form,
  value,
  icon,
  label,
  children,
}: {
  readonly form: TierForm;
  readonly value: string;
  readonly icon: IconName;
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
      hx-post={form.checkAddress}
      hx-target="#tiers"
      hx-swap="outerHTML settle:0ms"
    >
      <Icon name={icon} />
      {children ? <span>{children}</span> : null}
    </button>
  );
}

/** The tiers as they are typed. A choice that asks for other fields shows them at once; without script a button does. */
export function TierFields({ form, scheme }: { readonly form: TierForm; readonly scheme: TypedScheme }): JSX.Element {
  return (
    <div
      id="tiers"
      class="stack"
      hx-post={form.checkAddress}
      hx-trigger="change delay:100ms"
      hx-target="this"
      hx-swap="outerMorph"
      hx-sync="this:replace"
    >
      {scheme.tiers.map((tier, at) => {
        const called = tier.tier === '' ? `tier ${at + 1}` : tier.tier;
        return (
          <Card
            key={at}
            title={`${at + 1}. ${tier.tier === '' ? 'New tier' : tier.tier}`}
            actions={
              <div class="btn-list">
                {at > 0 ? (
                  <StepButton form={form} value={step.lower(at)} icon="raise" label={`Make ${called} lower`} />
                ) : null}
                {at < scheme.tiers.length - 1 ? (
                  <StepButton form={form} value={step.raise(at)} icon="lower" label={`Make ${called} higher`} />
                ) : null}
                {scheme.tiers.length > 1 ? (
                  <StepButton form={form} value={step.removeTier(at)} icon="trash" label={`Remove ${called}`} />
                ) : null}
              </div>
            }
          >
            <div class="part-fields">
              <div class="tile-grid">
                <Field
                  {...form.wired}
                  name={`t${at}.tier`}
                  label="Name"
                  hint="Lower-case letters, digits and dashes, such as certified. Plans name it so."
                  maxLength={40}
                />
                <Field
                  {...form.wired}
                  name={`t${at}.rate`}
                  label="Suggested rate (%)"
                  hint="Where a new plan starts; what is paid is in the plan."
                  inputMode="decimal"
                />
              </div>
              <Tick
                {...form.wired}
                name={`t${at}.byInvitation`}
                label="By invitation: only a person gives it, no review"
                checked={tier.byInvitation}
              />
              {tier.byInvitation ? (
                <Kept path={`t${at}.q`} scheme={scheme} />
              ) : (
                <Group form={form} path={`t${at}.q`} group={tier.requires} depth={1} label="What it asks for" />
              )}
            </div>
          </Card>
        );
      })}
      <div class="btn-list">
        <StepButton form={form} value={step.addTier()} icon="plus">
          Add a tier above
        </StepButton>
        <noscript>
          <button type="submit" class="btn" name="step" value="show">
            Show the fields for what I chose
          </button>
        </noscript>
      </div>
    </div>
  );
}

/** Of a tier by invitation: kept for who takes the tick away again. */
function Kept({ path, scheme }: { readonly path: string; readonly scheme: TypedScheme }): JSX.Element {
  const kept = Object.entries(valuesOf(scheme)).filter(([name]) => name.startsWith(`${path}.`));
  return (
    <>
      {kept.map(([name, values]) => (
        <input key={name} type="hidden" name={name} value={values[0]} />
      ))}
    </>
  );
}

const JOINS = [
  ['all', 'All of these'],
  ['any', 'Any one of these'],
] as const;
const NOTHING = ['nothing', 'Nothing: everybody reaches it'] as const;

function Group({
  form,
  path,
  group,
  depth,
  label,
}: {
  readonly form: TierForm;
  readonly path: string;
  readonly group: TypedGroup;
  readonly depth: number;
  readonly label: string;
}): JSX.Element {
  const isNothing = group.join === 'nothing';
  return (
    <fieldset class="rows requirement">
      <legend class="form-label">{label}</legend>
      <div class="field-row join">
        <Select
          {...form.wired}
          name={`${path}.join`}
          label="It takes"
          value={group.join}
          options={depth === 1 ? [...JOINS, NOTHING] : JOINS}
        />
        {depth > 1 ? <StepButton form={form} value={step.remove(path)} icon="trash" label="Remove this group" /> : null}
      </div>
      {group.parts.map((part, at) => (
        <Part key={at} form={form} path={`${path}.${at}`} part={part} depth={depth} isHidden={isNothing} />
      ))}
      {isNothing ? null : (
        <div class="btn-list">
          <StepButton form={form} value={step.addCondition(path)} icon="plus">
            Add a condition
          </StepButton>
          {depth < MAX_DEPTH ? (
            <StepButton form={form} value={step.addGroup(path)} icon="plus">
              Add a group of conditions
            </StepButton>
          ) : null}
        </div>
      )}
    </fieldset>
  );
}

function Part({
  form,
  path,
  part,
  depth,
  isHidden,
}: {
  readonly form: TierForm;
  readonly path: string;
  readonly part: TypedRequirement;
  readonly depth: number;
  readonly isHidden: boolean;
}): JSX.Element | null {
  if (isHidden) return null;
  return 'join' in part ? (
    <Group form={form} path={path} group={part} depth={depth + 1} label="A group" />
  ) : (
    <Condition form={form} path={path} condition={part} />
  );
}

function Condition({
  form,
  path,
  condition,
}: {
  readonly form: TierForm;
  readonly path: string;
  readonly condition: TypedCondition;
}): JSX.Element {
  const { wired } = form;
  const { fact } = condition;
  const number = NUMBERS[fact];
  const name = NAMES[fact];
  const isCounted = number !== undefined;
  return (
    <div class="condition">
      <Select
        {...wired}
        name={`${path}.fact`}
        label="Condition"
        value={fact}
        options={FACTS.map((one) => [one, `${FACT_WORDS[one].slice(0, 1).toUpperCase()}${FACT_WORDS[one].slice(1)}`])}
      />
      {number ? (
        <Field
          {...wired}
          name={`${path}.number`}
          label={number.replace('{currency}', wired.visit.programme.currency)}
          inputMode="decimal"
        />
      ) : null}
      {fact === 'retention' ? (
        <Field
          {...wired}
          name={`${path}.customers`}
          label="Of at least so many customers"
          hint="With fewer it is not met: too few to tell."
          inputMode="numeric"
        />
      ) : null}
      {isCounted ? <Field {...wired} name={`${path}.months`} label="In the last months" inputMode="numeric" /> : null}
      {name ? <Field {...wired} name={`${path}.name`} label={name[0]} hint={name[1]} maxLength={40} /> : null}
      <StepButton form={form} value={step.remove(path)} icon="trash" label={`Remove: ${FACT_WORDS[fact]}`} />
    </div>
  );
}

const NUMBERS: Readonly<Partial<Record<TypedCondition['fact'], string>>> = {
  qualified_referrals: 'At least so many',
  partner_revenue: 'At least ({currency})',
  retention: 'At least (%)',
};
const NAMES: Readonly<Partial<Record<TypedCondition['fact'], readonly [string, string]>>> = {
  certification: ['Which certificate', 'Its name, such as basics. Empty: any.'],
  confirmation: ['What is confirmed', 'Such as strategic_fit; a manager records it for the partner.'],
};
