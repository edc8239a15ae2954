import { BOOKKEEPERS, baseOf, PartnerLink, unsigned } from '#console/books/books-frame';
import { Field, Form, Submit } from '#console/ui/form';
import { Alert, ButtonLink, Card, Facts, Stack } from '#console/ui/parts';
import { namesOf } from '#functions/console/web/names';
import { defineAction, definePage, redirect, view } from '#functions/console/web/page';
import { PROGRAM_PATH } from '#functions/console/web/paths';
import { writeOffBalanceRoute } from '#shared/contracts/payouts/adjustments/write-off-balance';
import { getBalanceRoute } from '#shared/contracts/payouts/ledger/get-balance';
import { getProgramRoute } from '#shared/contracts/payouts/programs/get-program';

/** Giving up what one partner owes: shows what it is, and who else must agree, before the button. */
export const showWriteOff = definePage({
  name: 'show-write-off',
  path: `${PROGRAM_PATH}/balances/write-off`,
  access: BOOKKEEPERS,
  show: async (visit) => {
    const { api, programme, query, format } = visit;
    const { programId } = programme;
    const base = baseOf(visit);
    const partnerId = query.get('partnerId') ?? '';
    const currency = query.get('currency') ?? '';
    const trail = [
      ['Balances', `${base}/balances`],
      ['Partners who owe', `${base}/balances/owing`],
    ] as const;
    const [found, program, names] = await Promise.all([
      partnerId === '' ? undefined : api.maybe(getBalanceRoute, { params: { programId, partnerId } }),
      api.call(getProgramRoute, { params: { programId } }),
      namesOf(visit, { partners: [partnerId] }),
    ]);
    const balance = found?.balances.find((one) => one.currency === currency);
    if (!balance || balance.payableMinor >= 0) {
      return view({
        title: 'Nothing is owed',
        trail,
        body: (
          <Stack>
            <p>
              This partner owes nothing in this currency now. Somebody may have written it off, or a month made up for
              it.
            </p>
            <ButtonLink href={`${base}/balances/owing`} primary>
              Partners who owe
            </ButtonLink>
          </Stack>
        ),
      });
    }
    const limitMinor = program.controls?.writeOffLimitMinor;
    const form = { visit, action: writeOff } as const;
    return view({
      title: 'Write off what a partner owes',
      trail,
      lead: 'It becomes a loss in the books of the next statement, and the partner starts again from there.',
      body: (
        <Stack>
          <Card title="What is owed">
            <Facts
              rows={[
                ['Partner', <PartnerLink visit={visit} partnerId={partnerId} names={names} />],
                ['Owes now', unsigned(format, balance.payableMinor, currency)],
                [
                  'Needs a second person',
                  limitMinor === undefined
                    ? 'By the programme’s controls'
                    : `Above ${format.amount(limitMinor, currency)}`,
                ],
              ]}
            />
          </Card>
          <Card title="Write off">
            <Form {...form}>
              <Alert tone="attention" title="This gives money up">
                <p>
                  You give up what you enter below, at most what is still owed when the next statement is computed. It
                  is printed on the partner’s statement with your reason, and cannot be taken back, only corrected.
                </p>
              </Alert>
              <Field
                {...form}
                name="amountMinor"
                label={`Amount in ${currency}`}
                hint="Leave empty to give up all that is owed."
                inputMode="decimal"
                required={false}
              />
              <Field
                {...form}
                name="reason"
                label="Reason"
                hint="The partner reads it: say it in words meant for the partner."
                rows={3}
                maxLength={500}
                required
              />
              <Submit tone="danger">Write off</Submit>
            </Form>
          </Card>
        </Stack>
      ),
    });
  },
});

export const writeOff = defineAction({
  name: 'write-off-balance',
  path: `${PROGRAM_PATH}/balances/write-off`,
  access: BOOKKEEPERS,
  page: showWriteOff,
  send: async (visit, form, idempotencyKey) => {
    const { api, programme, format } = visit;
    const asked = new URLSearchParams(form.values.pageQuery?.[0] ?? '');
    const currency = asked.get('currency') ?? '';
    const adjustment = await api.call(writeOffBalanceRoute, {
      params: { programId: programme.programId },
      idempotencyKey,
      body: {
        partnerId: asked.get('partnerId') ?? '',
        currency,
        amountMinor: form.optionalMinor('amountMinor', currency),
        reason: form.text('reason'),
      },
    });
    const amount = unsigned(format, adjustment.amountMinor, currency);
    return redirect(
      `${baseOf(visit)}/adjustments/${encodeURIComponent(adjustment.adjustmentId)}`,
      adjustment.status === 'proposed'
        ? `${amount} is proposed to be written off. A second person decides.`
        : `${amount} is written off with the statement of ${format.period(adjustment.period)}.`,
    );
  },
});
