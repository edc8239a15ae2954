import { Field, Form, Select, Submit } from '#console/ui/form';
import { Card } from '#console/ui/parts';
import { type Action, defineAction, definePage, type Page, redirect, view } from '#functions/console/web/page';
import { programHref } from '#functions/console/web/paths';
import { createProgramRoute } from '#shared/contracts/payouts/programs/create-program';

const DEFAULT_HOLD_DAYS = 14;

const currencies = Intl.supportedValuesOf('currency').map((code) => [code, code] as const);
const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map(
  (zone) => [zone, zone.replaceAll('_', ' ')] as const,
);

/** For who is admin of the whole installation: the first thing that an empty one needs. */
export const showNewProgramme: Page = definePage({
  name: 'show-new-programme',
  path: '/console/new-programme',
  access: ['admin'],
  show: async (visit) =>
    view({
      title: 'Create a programme',
      lead: 'A programme has its own partners, plans and books. What is asked here is fixed from then on; all else can be changed in its settings.',
      body: (
        <Card>
          <Form visit={visit} action={createProgramme}>
            <Field
              visit={visit}
              action={createProgramme}
              name="name"
              label="Name"
              hint="What customers read as the shop, and partners as who pays them."
              required
            />
            <Select
              visit={visit}
              action={createProgramme}
              name="currency"
              label="Currency"
              hint="Of fees, brackets and the smallest payout. Sales may come in any."
              value="EUR"
              options={currencies}
            />
            <Select
              visit={visit}
              action={createProgramme}
              name="timeZone"
              label="Time zone"
              hint="Where its months begin and end."
              value="UTC"
              options={zones}
            />
            <Field
              visit={visit}
              action={createProgramme}
              name="holdDays"
              label="Days until a sale counts as earned"
              hint="Calendar days in which it may still be given back. A sale counts in the month in which they end."
              value={DEFAULT_HOLD_DAYS}
              inputMode="numeric"
              required
            />
            <Field
              visit={visit}
              action={createProgramme}
              name="minimumPayoutMinor"
              label="Smallest payout"
              hint="In the currency above, such as 25.00. What is less is carried to the next month."
              value="0"
              inputMode="decimal"
              required
            />
            <Field
              visit={visit}
              action={createProgramme}
              name="booksOpenFrom"
              label="First month"
              type="month"
              hint="Such as 2026-01; left empty, this month. Earlier sales count in it."
              required={false}
            />
            <Submit>Create the programme</Submit>
          </Form>
        </Card>
      ),
    }),
});

export const createProgramme: Action = defineAction({
  name: 'create-programme',
  path: '/console/new-programme',
  access: ['admin'],
  page: showNewProgramme,
  send: async ({ api }, form, idempotencyKey) => {
    const currency = form.text('currency');
    const booksOpenFrom = form.optional('booksOpenFrom');
    const { programId } = await api.call(createProgramRoute, {
      body: {
        name: form.text('name'),
        currency,
        timeZone: form.text('timeZone'),
        holdDays: form.integer('holdDays'),
        minimumPayoutMinor: form.minor('minimumPayoutMinor', currency),
        ...(booksOpenFrom ? { booksOpenFrom } : {}),
      },
      idempotencyKey,
    });
    return redirect(
      `${programHref(programId)}/plans`,
      'The programme is there. Write its first plan, then enrol partners on it.',
    );
  },
});
