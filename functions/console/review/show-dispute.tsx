import type { JSX } from 'preact';
import type * as z from 'zod';
import { EvidenceFields, evidenceOf, Said, Thread } from '#console/review/dispute-thread';
import { Choices, Field, Form, failureOf, Submit, Tick } from '#console/ui/form';
import { Alert, Badge, Card, Facts, Grid, Stack, Table, Time } from '#console/ui/parts';
import { FieldProblem, type Form as Sent } from '#functions/console/web/form';
import { type NamesOf, namesOf } from '#functions/console/web/names';
import { defineAction, definePage, redirect, type Visit, view } from '#functions/console/web/page';
import { addDisputeMessageRoute } from '#shared/contracts/partners/add-dispute-message';
import { decideDisputeRoute } from '#shared/contracts/partners/decide-dispute';
import { getDisputeRoute } from '#shared/contracts/partners/get-dispute';
import { BASE, DISPUTE_STATES, type Dispute, KINDS, OUTCOMES, STAFF } from './review-words.ts';

const PATH = `${BASE}/disputes/{disputeId}`;
const DECIDERS = ['partner_manager', 'finance', 'admin'] as const;
type WholeDispute = z.output<typeof getDisputeRoute.response>;

/** One dispute as staff reads it: the claim, what else is known of the order, what was written, and the decision. */
export const showDispute = definePage({
  name: 'show-dispute',
  path: PATH,
  access: STAFF,
  show: async (visit) => {
    const { api, format, programme, params } = visit;
    const { programId } = programme;
    const base = `/console/programs/${programId}`;
    const dispute = await api.call(getDisputeRoute, { params: { programId, disputeId: params.disputeId ?? '' } });
    const same = dispute.sameOrder;
    const others = (same?.reattributions ?? []).flatMap(({ fromPartnerId, toPartnerId }) => [
      fromPartnerId,
      toPartnerId,
    ]);
    const names = await namesOf(visit, {
      people: [dispute.filedBy, dispute.decision?.decidedBy, ...dispute.messages.map(({ by }) => by)],
      partners: [
        ...[dispute.partnerId, dispute.orderPartnerId, ...others].filter((id) => id !== undefined && id !== null),
        ...(same?.disputes ?? []).map(({ partnerId }) => partnerId),
      ],
    });
    const [tone, state] = DISPUTE_STATES[dispute.status];
    const isOpen = ['open', 'escalated', 'failed'].includes(dispute.status);
    return view({
      title: `${KINDS[dispute.kind]}: order ${dispute.orderId}`,
      trail: [['Disputes', `${base}/disputes`]],
      lead: <Badge tone={tone}>{state}</Badge>,
      body: (
        <Stack>
          <Outcome dispute={dispute} names={names} visit={visit} base={base} />
          <Card title="The claim">
            <Said text={dispute.statement} evidence={dispute.evidence} />
            <Facts
              rows={[
                [
                  'Partner',
                  <a href={`${base}/partners/${encodeURIComponent(dispute.partnerId)}`}>
                    {names.partner(dispute.partnerId)}
                  </a>,
                ],
                [
                  'Expected',
                  dispute.expected && format.amount(dispute.expected.amountMinor, dispute.expected.currency),
                ],
                ['The order was', orderWords(dispute, names)],
                ['Filed', <Time at={dispute.filedAt} format={format} />],
                ['By', names.person(dispute.filedBy)],
                ['Answer promised by', <Time at={dispute.answerBy} format={format} />],
                [
                  'The sale',
                  dispute.order !== 'not_recorded' && visit.may(...DECIDERS) && (
                    <a href={`${base}/conversions/${encodeURIComponent(dispute.orderId)}`}>Open it</a>
                  ),
                ],
              ]}
            />
          </Card>
          <SameOrder dispute={dispute} names={names} visit={visit} base={base} />
          <Card title="Messages">
            <Thread
              messages={dispute.messages}
              format={format}
              author={({ from, by }) => (from === 'partner' ? names.partner(dispute.partnerId) : names.person(by))}
            />
            {visit.may(...DECIDERS) ? <Answer visit={visit} /> : null}
          </Card>
          {isOpen && visit.may(...DECIDERS) ? <Decide visit={visit} dispute={dispute} /> : null}
        </Stack>
      ),
    });
  },
});

export const answerDispute = defineAction({
  name: 'answer-dispute',
  path: `${PATH}/messages`,
  access: DECIDERS,
  page: showDispute,
  send: async ({ api, programme, params }, form, idempotencyKey) => {
    const { programId } = programme;
    const disputeId = params.disputeId ?? '';
    const internal = form.isOn('internal');
    const body = { text: form.text('text'), evidence: evidenceOf(form), internal };
    await api.call(addDisputeMessageRoute, { params: { programId, disputeId }, body, idempotencyKey });
    const to = `/console/programs/${programId}/disputes/${encodeURIComponent(disputeId)}`;
    return redirect(
      to,
      internal ? 'Your note is kept. The partner does not see it.' : 'Your message is sent to the partner.',
    );
  },
});

export const decideDispute = defineAction({
  name: 'decide-dispute',
  path: `${PATH}/decision`,
  access: DECIDERS,
  page: showDispute,
  fields: {
    '/remedy/adjustment/amountMinor': 'amount',
    '/remedy/adjustment/currency': 'currency',
    '/remedy/reattribute': 'outcome',
  },
  send: async ({ api, programme, params }, form, idempotencyKey) => {
    const { programId } = programme;
    const disputeId = params.disputeId ?? '';
    const body = { ...decisionOf(form), explanation: form.text('explanation') };
    const { status, partnerId } = await api.call(decideDisputeRoute, {
      params: { programId, disputeId },
      body,
      idempotencyKey,
    });
    const to = `/console/programs/${programId}/disputes/${encodeURIComponent(disputeId)}`;
    const done = status === 'declined' ? 'The dispute is declined.' : 'The claim is accepted and is being made good.';
    return redirect(to, `${done} ${partnerId} is told by e-mail.`);
  },
});

type Decision = Pick<z.input<typeof decideDisputeRoute.body>, 'outcome' | 'remedy'>;

/** How a claim is answered is chosen as one thing; an amount belongs to one of the ways alone. */
function decisionOf(form: Sent): Decision {
  const chosen = form.text('outcome');
  if (chosen === 'declined') return { outcome: 'declined' };
  const outcome = form.isOn('partly') ? 'partly_accepted' : 'accepted';
  if (chosen === 'adjust') {
    const currency = form.text('currency').toUpperCase();
    return { outcome, remedy: { adjustment: { amountMinor: form.minor('amount', currency), currency } } };
  }
  if (chosen !== 'reattribute') throw new FieldProblem('outcome', 'must be chosen');
  const despite = form.isOn('despiteAdjustment') ? { despiteAdjustment: true as const } : {};
  return { outcome, remedy: { reattribute: true, ...despite } };
}

function Answer({ visit }: { readonly visit: Visit }): JSX.Element {
  const form = { visit, action: answerDispute } as const;
  return (
    <details open={failureOf(visit, answerDispute) !== undefined}>
      <summary>Write a message or a note</summary>
      <Form {...form}>
        <Field {...form} name="text" label="Message" rows={4} maxLength={4_000} required />
        <EvidenceFields {...form} />
        <Tick {...form} name="internal" label="A note among staff: the partner never sees it" />
        <Submit tone="plain">Send</Submit>
      </Form>
    </details>
  );
}

function Decide({ visit, dispute }: { readonly visit: Visit; readonly dispute: Dispute }): JSX.Element {
  const form = { visit, action: decideDispute } as const;
  const { expected, partnerId } = dispute;
  const currency = expected?.currency ?? visit.programme.currency;
  return (
    <Card
      title="Decide"
      lead="What you choose is carried out in the first open month. The partner reads your explanation."
    >
      <Form {...form}>
        <Choices
          {...form}
          name="outcome"
          label="Your decision"
          type="radio"
          chosen={[]}
          options={[
            ['adjust', 'Accept, and pay an amount', 'As a correction on the next statement, with the amount below.'],
            [
              'reattribute',
              'Accept, and give the sale to this partner',
              `From the first open month on the sale counts as of ${partnerId}, by the terms of its plan.`,
            ],
            ['declined', 'Decline', 'Nothing changes. Say why, so that the partner understands it.'],
          ]}
        />
        <Grid>
          <Field
            {...form}
            name="amount"
            label="Amount to pay"
            inputMode="decimal"
            required={false}
            hint={
              expected
                ? `The partner expects ${visit.format.amount(expected.amountMinor, expected.currency)}.`
                : 'Such as 12.50'
            }
          />
          <Field {...form} name="currency" label="Currency" value={currency} maxLength={3} />
        </Grid>
        <Tick {...form} name="partly" label="This accepts only a part of the claim" />
        {dispute.status === 'failed' || (dispute.order === 'recorded' && dispute.orderPartnerId !== partnerId) ? (
          <Tick
            {...form}
            name="despiteAdjustment"
            label="Give the sale although a dispute has paid for this order"
            hint="Only where the list above shows that it was paid by a correction, and you mean both."
          />
        ) : null}
        <Field {...form} name="explanation" label="Explanation for the partner" rows={4} maxLength={4_000} required />
        <p class="text-secondary">
          An amount above what one person may decide, or decided by a partner manager, waits for a second person in
          Adjustments.
        </p>
        <Submit>Decide</Submit>
      </Form>
    </Card>
  );
}

type Shown = { readonly dispute: WholeDispute; readonly names: NamesOf; readonly visit: Visit; readonly base: string };

function Outcome({ dispute, names, visit, base }: Shown): JSX.Element | null {
  const { decision, effect, status } = dispute;
  if (!decision) {
    return status === 'escalated' ? (
      <Alert tone="attention" title="The promised day has passed">
        <p>
          {dispute.escalationContact
            ? `${dispute.escalationContact} was told.`
            : 'Answer now; nobody is named to be told of it.'}
        </p>
      </Alert>
    ) : null;
  }
  const { remedy } = decision;
  const tone = status === 'failed' ? 'bad' : decision.outcome === 'declined' ? 'plain' : 'good';
  return (
    <Alert tone={tone} title={status === 'failed' ? 'The remedy could not be carried out' : OUTCOMES[decision.outcome]}>
      <p class="said">{decision.explanation}</p>
      <p>
        By {names.person(decision.decidedBy)} on <Time at={decision.decidedAt} format={visit.format} />.{' '}
        {remedy?.kind === 'adjustment' && remedy.amountMinor !== undefined
          ? `Pays ${visit.format.amount(remedy.amountMinor, remedy.currency ?? visit.programme.currency)}. `
          : ''}
        {remedy?.kind === 'reattribution' ? 'Gives the sale to the partner. ' : ''}
        {effect?.reason ? `Why it failed: ${effect.reason} ` : ''}
        {effect?.period ? `Counts in ${visit.format.period(effect.period)}. ` : ''}
        {effect?.waitsFor ? (
          <a href={`${base}/adjustments/${encodeURIComponent(effect.adjustmentId ?? '')}`}>
            Waits for a second person.
          </a>
        ) : null}
      </p>
    </Alert>
  );
}

function SameOrder({ dispute, names, visit, base }: Shown): JSX.Element | null {
  const { disputes = [], reattributions = [] } = dispute.sameOrder ?? {};
  if (disputes.length === 0 && reattributions.length === 0) return null;
  return (
    <Card title="What else came of this order" lead="Look here before you decide, so that nobody is paid twice." flush>
      {disputes.length > 0 ? (
        <Table
          caption="Other disputes about the order"
          rows={disputes}
          keyOf={({ disputeId }) => disputeId}
          columns={[
            {
              label: 'Dispute',
              cell: (one) => (
                <a href={`${base}/disputes/${encodeURIComponent(one.disputeId)}`}>{names.partner(one.partnerId)}</a>
              ),
            },
            { label: 'State', cell: ({ status }) => DISPUTE_STATES[status][1] },
            {
              label: 'Paid',
              isNumber: true,
              cell: ({ remedy }) =>
                remedy?.amountMinor === undefined
                  ? '–'
                  : visit.format.amount(remedy.amountMinor, remedy.currency ?? visit.programme.currency),
            },
            {
              label: 'Filed',
              isMinor: true,
              cell: ({ filedAt }) => <Time at={filedAt} format={visit.format} as="day" />,
            },
          ]}
        />
      ) : null}
      {reattributions.length > 0 ? (
        <Table
          caption="How the sale moved"
          rows={reattributions}
          keyOf={({ reattributionId }) => reattributionId}
          columns={[
            {
              label: 'From',
              cell: ({ fromPartnerId }) => (fromPartnerId === null ? 'nobody' : names.partner(fromPartnerId)),
            },
            { label: 'To', cell: ({ toPartnerId }) => (toPartnerId === null ? 'nobody' : names.partner(toPartnerId)) },
            { label: 'Counts from', cell: ({ period }) => visit.format.period(period) },
            { label: 'When', isMinor: true, cell: ({ at }) => <Time at={at} format={visit.format} as="day" /> },
          ]}
        />
      ) : null}
    </Card>
  );
}

function orderWords({ order, orderPartnerId, partnerId }: Dispute, names: NamesOf): string {
  if (order === 'not_recorded') return 'not recorded when this was filed';
  if (orderPartnerId === undefined) return "recorded, and nobody's";
  return orderPartnerId === partnerId
    ? "recorded as this partner's"
    : `recorded as of ${names.partner(orderPartnerId)}`;
}
