import type { JSX } from 'preact';
import { baseOf, MONEY, PartnerLink, unsigned } from '#console/books/books-frame';
import { Field, Form, Submit } from '#console/ui/form';
import { Alert, Badge, Card, Facts, Grid, Stack, Time } from '#console/ui/parts';
import { type Adjustment, reasonWord, stateOf } from '#functions/console/books/adjustments/adjustment-words';
import { type NamesOf, namesOf } from '#functions/console/web/names';
import { defineAction, definePage, redirect, type Visit, view } from '#functions/console/web/page';
import { PROGRAM_PATH } from '#functions/console/web/paths';
import { decideAdjustmentRoute } from '#shared/contracts/payouts/adjustments/decide-adjustment';
import { getAdjustmentRoute } from '#shared/contracts/payouts/adjustments/get-adjustment';

const PATH = `${PROGRAM_PATH}/adjustments/{adjustmentId}`;

/** One adjustment; while it waits, what an approval does and the two buttons. */
export const showAdjustment = definePage({
  name: 'show-adjustment',
  path: PATH,
  access: MONEY,
  show: async (visit) => {
    const { api, programme, params, format } = visit;
    const base = baseOf(visit);
    const adjustment = await api.call(getAdjustmentRoute, {
      params: { programId: programme.programId, adjustmentId: params.adjustmentId ?? '' },
    });
    const { partnerId, recordedBy, onBehalfOf, decision, currency, amountMinor } = adjustment;
    const names = await namesOf(visit, { partners: [partnerId], people: [recordedBy, onBehalfOf, decision?.by] });
    const [tone, word] = stateOf(adjustment);
    return view({
      title: `${format.change(amountMinor, currency)} for ${names.partner(partnerId)}`,
      trail: [['Adjustments', `${base}/adjustments`]],
      lead: <Badge tone={tone}>{word}</Badge>,
      body: (
        <Stack>
          <Card title="Adjustment">
            <Facts
              rows={[
                ['Partner', <PartnerLink visit={visit} partnerId={partnerId} names={names} />],
                ['Amount', format.change(amountMinor, currency)],
                ['Kind', reasonWord(adjustment.reasonCode)],
                ['Reason on the statement', adjustment.reason],
                ['Month', format.period(adjustment.period)],
                ['Took place', <Time at={adjustment.occurredAt} format={format} />],
                ['Made by', names.person(recordedBy)],
                ['On behalf of', onBehalfOf && names.person(onBehalfOf)],
                ['Proposed', adjustment.proposedAt && <Time at={adjustment.proposedAt} format={format} />],
                ['Recorded', adjustment.recordedAt && <Time at={adjustment.recordedAt} format={format} />],
                [
                  'Dispute',
                  adjustment.links?.disputeId && (
                    <a href={`${base}/disputes/${encodeURIComponent(adjustment.links.disputeId)}`}>
                      {adjustment.links.disputeId}
                    </a>
                  ),
                ],
                [
                  'Decision',
                  decision && (
                    <>
                      {decision.decision === 'approve' ? 'Approved' : 'Declined'} by {names.person(decision.by)},{' '}
                      <Time at={decision.at} format={format} />
                      {decision.comment ? `: ${decision.comment}` : ''}
                    </>
                  ),
                ],
              ]}
            />
          </Card>
          {adjustment.status === 'proposed' ? <Decision visit={visit} adjustment={adjustment} names={names} /> : null}
        </Stack>
      ),
    });
  },
});

type DecisionProps = { readonly visit: Visit; readonly adjustment: Adjustment; readonly names: NamesOf };

function Decision({ visit, adjustment, names }: DecisionProps): JSX.Element {
  const { amountMinor, currency, partnerId, recordedBy, onBehalfOf, period } = adjustment;
  if (recordedBy === visit.me.id || onBehalfOf === visit.me.id) {
    return (
      <Alert tone="info" title="Somebody else decides">
        <p>You made this adjustment. Ask another person of finance, or an approver, to look at it.</p>
      </Alert>
    );
  }
  const amount = unsigned(visit.format, amountMinor, currency);
  const what =
    amountMinor > 0
      ? `pays ${names.partner(partnerId)} ${amount} more`
      : `takes ${amount} back from ${names.partner(partnerId)}`;
  const approve = { visit, action: approveAdjustment } as const;
  const decline = { visit, action: declineAdjustment } as const;
  return (
    <Grid wide>
      <Card title="Approve">
        <Form {...approve}>
          <p>
            Your approval {what}, with the statement of {visit.format.period(period)} or of the month that is open then.
            You cannot approve the payout run that pays it.
          </p>
          <Field {...approve} name="comment" label="Comment" rows={2} maxLength={1000} required={false} />
          <Submit>Approve {visit.format.change(amountMinor, currency)}</Submit>
        </Form>
      </Card>
      <Card title="Decline">
        <Form {...decline}>
          <p>Nothing is paid or taken back. Whoever made it reads your reason.</p>
          <Field {...decline} name="comment" label="Why" rows={2} maxLength={1000} required />
          <Submit tone="plain">Decline</Submit>
        </Form>
      </Card>
    </Grid>
  );
}

export const approveAdjustment = defineAction({
  name: 'approve-adjustment',
  path: `${PATH}/approve`,
  access: MONEY,
  page: showAdjustment,
  send: async (visit, form, idempotencyKey) => {
    const { api, programme, params, format } = visit;
    const { adjustmentId = '' } = params;
    const done = await api.call(decideAdjustmentRoute, {
      params: { programId: programme.programId, adjustmentId },
      idempotencyKey,
      body: { decision: 'approve', comment: form.optional('comment') },
    });
    return redirect(
      `${baseOf(visit)}/adjustments/${encodeURIComponent(adjustmentId)}`,
      `Approved: it counts in the statement of ${format.period(done.period)}.`,
    );
  },
});

export const declineAdjustment = defineAction({
  name: 'decline-adjustment',
  path: `${PATH}/decline`,
  access: MONEY,
  page: showAdjustment,
  send: async (visit, form, idempotencyKey) => {
    const { api, programme, params } = visit;
    const { adjustmentId = '' } = params;
    await api.call(decideAdjustmentRoute, {
      params: { programId: programme.programId, adjustmentId },
      idempotencyKey,
      body: { decision: 'decline', comment: form.text('comment') },
    });
    return redirect(
      `${baseOf(visit)}/adjustments/${encodeURIComponent(adjustmentId)}`,
      'Declined: nothing was changed.',
    );
  },
});
