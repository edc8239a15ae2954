import type { JSX } from 'preact';
import { Choices, Field, Form, Submit, Tick } from '#console/ui/form';
import { dayBegins } from '#functions/console/books/day-bounds';
import { FieldProblem, type Form as Fields } from '#functions/console/web/form';
import type { Action, Programme, Visit } from '#functions/console/web/page';
import { endOfDay } from './link-form.tsx';

/** Names of the API's fields as the form of codes names them. */
export const CODE_FIELDS: Readonly<Record<string, string>> = {
  '/discount/rateBps': 'rate',
  '/discount/capMinor': 'cap',
  '/discount/amountMinor': 'amount',
  '/discount/length': 'length',
  '/discount': 'kind',
  '/minimumSpendMinor': 'minimumSpend',
};

/** What a code may be: chosen or made at random, what customers get for it, how often and how long. */
export function CodeForm({ visit, action }: { readonly visit: Visit; readonly action: Action }): JSX.Element {
  const wired = { visit, action };
  const { currency } = visit.programme;
  return (
    <Form visit={visit} action={action}>
      <Field
        {...wired}
        name="code"
        label="The code"
        hint="4 to 32 letters or digits, such as TALLY10. Without it, one that nobody can guess is made."
        required={false}
        maxLength={32}
      />
      <Choices
        {...wired}
        name="kind"
        label="What customers get"
        type="radio"
        chosen={['percent']}
        options={[
          ['percent', 'Per cent off', 'Fill in the rate.'],
          ['fixed', `An amount off, in ${currency}`, 'Fill in the amount.'],
          ['free_period', 'Free days', 'Fill in how many.'],
          ['none', 'Nothing', 'It only says who sent the customer.'],
        ]}
      />
      <Field {...wired} name="rate" label="Rate in per cent" inputMode="decimal" hint="Such as 10." required={false} />
      <Field
        {...wired}
        name="amount"
        label={`Amount off in ${currency}`}
        inputMode="decimal"
        hint="Such as 5."
        required={false}
      />
      <Field {...wired} name="length" label="Free days" inputMode="numeric" hint="Such as 30." required={false} />
      <Field
        {...wired}
        name="minimumSpend"
        label={`Least basket in ${currency}`}
        inputMode="decimal"
        required={false}
      />
      <Field
        {...wired}
        name="maxRedemptions"
        label="How often in all"
        inputMode="numeric"
        hint="By all customers together. Without it, as often as they like; each customer once."
        required={false}
      />
      <Tick {...wired} name="newCustomersOnly" label="Only for new customers" />
      <Field
        {...wired}
        name="description"
        label="The offer in words"
        hint="As customers read it, such as 10 % off your first order."
        required={false}
      />
      <Field {...wired} name="destination" label="Where the code’s page leads" type="url" required={false} />
      <Field {...wired} name="validFrom" label="Valid from" type="date" required={false} />
      <Field {...wired} name="expiresAt" label="Valid until" type="date" hint="The end of that day." required={false} />
      <Submit>Make the code</Submit>
    </Form>
  );
}

type Terms = {
  readonly discount?:
    | { readonly kind: 'percent'; readonly rateBps: number }
    | { readonly kind: 'fixed'; readonly amountMinor: number }
    | { readonly kind: 'free_period'; readonly length: number; readonly unit: 'days' };
  readonly currency?: string;
  readonly minimumSpendMinor?: number;
  readonly newCustomersOnly?: true;
  readonly maxRedemptions?: number;
  readonly description?: string;
  readonly destination?: string;
  readonly validFrom?: string;
  readonly expiresAt?: string;
};

/** What was filled in, as the API takes it. @throws FieldProblem */
export function codeOf(form: Fields, { currency, timeZone }: Pick<Programme, 'currency' | 'timeZone'>): Terms {
  const discount = discountOf(form, currency);
  const minimumSpendMinor = form.optionalMinor('minimumSpend', currency);
  const needsCurrency = minimumSpendMinor !== undefined || discount?.kind === 'fixed';
  const validFrom = form.optional('validFrom');
  const begins = validFrom === undefined ? undefined : dayBegins(validFrom, timeZone);
  if (validFrom !== undefined && begins === undefined) {
    throw new FieldProblem('validFrom', 'must be a date such as 2026-01-31');
  }
  const given = {
    discount,
    currency: needsCurrency ? currency : undefined,
    minimumSpendMinor,
    newCustomersOnly: form.isOn('newCustomersOnly') ? (true as const) : undefined,
    maxRedemptions: form.optionalInteger('maxRedemptions'),
    description: form.optional('description'),
    destination: form.optional('destination'),
    validFrom: begins,
    expiresAt: endOfDay(form, 'expiresAt', timeZone),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Terms;
}

function discountOf(form: Fields, currency: string): Terms['discount'] {
  switch (form.text('kind')) {
    case 'percent':
      return { kind: 'percent', rateBps: form.bps('rate') };
    case 'fixed':
      return { kind: 'fixed', amountMinor: form.minor('amount', currency) };
    case 'free_period':
      return { kind: 'free_period', length: form.integer('length'), unit: 'days' };
    default:
      return undefined;
  }
}
