import { BOOKKEEPERS, baseOf } from '#console/books/books-frame';
import { Field, Form, Select, Submit } from '#console/ui/form';
import { Card, Facts, Stack } from '#console/ui/parts';
import { REASON_OPTIONS } from '#functions/console/books/adjustments/adjustment-words';
import { dayBegins } from '#functions/console/books/day-bounds';
import { FieldProblem } from '#functions/console/web/form';
import { defineAction, definePage, redirect, view } from '#functions/console/web/page';
import { PROGRAM_PATH } from '#functions/console/web/paths';
import { recordAdjustmentRoute } from '#shared/contracts/payouts/adjustments/record-adjustment';
import { getProgramRoute } from '#shared/contracts/payouts/programs/get-program';

/** A correction by hand: for whom, how much, when and why. */
export const showNewAdjustment = definePage({
  name: 'show-new-adjustment',
  path: `${PROGRAM_PATH}/adjustments/new`,
  access: BOOKKEEPERS,
  show: async (visit) => {
    const { api, programme, query, format, now } = visit;
    const base = baseOf(visit);
    const program = await api.call(getProgramRoute, { params: { programId: programme.programId } });
    const limitMinor = program.controls?.adjustmentLimitMinor;
    const form = { visit, action: recordAdjustment } as const;
    return view({
      title: 'New adjustment',
      trail: [['Adjustments', `${base}/adjustments`]],
      lead: 'Adds to a partner’s next statement, or takes from it.',
      body: (
        <Stack>
          <Card title="What to know">
            <Facts
              rows={[
                ['Closed through', format.period(program.closedThrough)],
                [
                  'Needs a second person',
                  limitMinor === undefined
                    ? 'Only for a partner that you act for'
                    : `Above ${format.amount(limitMinor, programme.currency)}, either way`,
                ],
                ['You cannot approve', 'The payout run that pays it'],
              ]}
            />
          </Card>
          <Card title="Adjustment">
            <Form {...form}>
              <Field
                {...form}
                name="partnerId"
                label="Partner id"
                value={query.get('partnerId') ?? undefined}
                hint="As in the address of the partner’s page."
                required
              />
              <Select
                {...form}
                name="direction"
                label="What it does"
                options={[
                  ['pay', 'Pays the partner more'],
                  ['take', 'Takes back from the partner'],
                ]}
              />
              <Field {...form} name="amountMinor" label="Amount" inputMode="decimal" hint="Such as 25.00." required />
              <Field {...form} name="currency" label="Currency" value={programme.currency} maxLength={3} required />
              <Field
                {...form}
                name="occurredAt"
                label="Day"
                type="date"
                value={format.isoDay(now)}
                hint="It counts in this day’s month, or in the first open one if that is closed."
                required
              />
              <Select {...form} name="reasonCode" label="Kind" options={REASON_OPTIONS} value="correction" />
              <Field
                {...form}
                name="reason"
                label="Reason"
                rows={3}
                maxLength={500}
                hint="Printed on the partner’s statement: say it in words meant for the partner."
                required
              />
              <Submit>Record adjustment</Submit>
            </Form>
          </Card>
        </Stack>
      ),
    });
  },
});

export const recordAdjustment = defineAction({
  name: 'record-adjustment',
  path: `${PROGRAM_PATH}/adjustments/new`,
  access: BOOKKEEPERS,
  page: showNewAdjustment,
  send: async (visit, form, idempotencyKey) => {
    const { api, programme, format } = visit;
    const currency = form.text('currency').toUpperCase();
    if (!/^[A-Z]{3}$/.test(currency)) throw new FieldProblem('currency', 'must be a currency code such as EUR');
    const amountMinor = form.minor('amountMinor', currency);
    if (amountMinor <= 0) throw new FieldProblem('amountMinor', 'must be above zero; choose what it does above');
    const occurredAt = dayBegins(form.text('occurredAt'), programme.timeZone);
    if (occurredAt === undefined) throw new FieldProblem('occurredAt', 'must be a day such as 2026-01-31');
    const adjustment = await api.call(recordAdjustmentRoute, {
      params: { programId: programme.programId },
      idempotencyKey,
      body: {
        partnerId: form.text('partnerId'),
        amountMinor: form.text('direction') === 'take' ? -amountMinor : amountMinor,
        currency,
        occurredAt,
        reason: form.text('reason'),
        reasonCode: REASON_OPTIONS.find(([code]) => code === form.optional('reasonCode'))?.[0] ?? 'other',
      },
    });
    return redirect(
      `${baseOf(visit)}/adjustments/${encodeURIComponent(adjustment.adjustmentId)}`,
      adjustment.status === 'proposed'
        ? 'Proposed: it pays nothing until a second person approves it.'
        : `Recorded in the statement of ${format.period(adjustment.period)}.`,
    );
  },
});
