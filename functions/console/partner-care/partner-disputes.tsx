import type { JSX } from 'preact';
import { EvidenceFields, evidenceOf, Said, Thread } from '#console/review/dispute-thread';
import { Choices, Field, Form, failureOf, Submit, Tick } from '#console/ui/form';
import { Alert, Badge, ButtonLink, Card, Empty, Facts, Pager, Stack, Table, Time, type Tone } from '#console/ui/parts';
import { type Dispute, KINDS, OUTCOMES } from '#functions/console/review/review-words';
import { requireOwn } from '#functions/console/web/api';
import { FieldProblem } from '#functions/console/web/form';
import { defineAction, definePage, redirect, type Visit, view } from '#functions/console/web/page';
import { addDisputeMessageRoute } from '#shared/contracts/partners/add-dispute-message';
import { fileDisputeRoute } from '#shared/contracts/partners/file-dispute';
import { getDisputeRoute } from '#shared/contracts/partners/get-dispute';
import { listPartnerDisputesRoute } from '#shared/contracts/partners/list-partner-disputes';
import { withdrawDisputeRoute } from '#shared/contracts/partners/withdraw-dispute';
import { PARTNER_PATH, partnerBase, partnerParams } from './care-paths.ts';

const A_PAGE = 25;
const FILERS = ['partner', 'partner_manager', 'admin'] as const;
const READERS = ['partner', 'partner_manager', 'finance', 'admin'] as const;
const LIST = `${PARTNER_PATH}/disputes`;
const ONE = `${LIST}/{disputeId}`;

/** What a dispute's state is called to the partner, who waits. */
const STATES: Readonly<Record<Dispute['status'], readonly [Tone, string]>> = {
  open: ['info', 'Being looked at'],
  escalated: ['attention', 'Answer is overdue'],
  decided: ['good', 'Accepted, being carried out'],
  carried_out: ['good', 'Made good'],
  failed: ['info', 'Being looked at again'],
  declined: ['plain', 'Declined'],
  withdrawn: ['plain', 'Taken back'],
};

/** A partner's disputes, newest first. */
export const showPartnerDisputes = definePage({
  name: 'show-partner-disputes',
  path: LIST,
  access: READERS,
  show: async (visit) => {
    const { api, format, params, query } = visit;
    const base = `${partnerBase(params)}/disputes`;
    const { items, nextCursor } = await api.call(listPartnerDisputesRoute, {
      params: partnerParams(params),
      query: { cursor: query.get('cursor') ?? undefined, limit: A_PAGE },
    });
    const file = visit.may(...FILERS) ? (
      <ButtonLink href={`${base}/new`} icon="plus" primary>
        File a dispute
      </ButtonLink>
    ) : undefined;
    return view({
      title: 'Disputes',
      lead: 'Is a commission missing or wrong? Say so here. You get an answer with its reason.',
      actions: file,
      body: (
        <Card flush>
          {items.length === 0 ? (
            <Empty icon="disputes" title="No dispute yet">
              File one from a sale or a statement line, or with an order number.
            </Empty>
          ) : (
            <Table
              caption="Disputes"
              rows={items}
              keyOf={({ disputeId }) => disputeId}
              columns={[
                {
                  label: 'Order',
                  cell: (one) => <a href={`${base}/${encodeURIComponent(one.disputeId)}`}>{one.orderId}</a>,
                },
                { label: 'Claim', isMinor: true, cell: ({ kind }) => KINDS[kind] },
                { label: 'Filed', cell: ({ filedAt }) => <Time at={filedAt} format={format} as="day" /> },
                {
                  label: 'State',
                  cell: ({ status }) => <Badge tone={STATES[status][0]}>{STATES[status][1]}</Badge>,
                },
              ]}
            />
          )}
          <Pager address={visit.address} nextCursor={nextCursor} />
        </Card>
      ),
    });
  },
});

/** The form; a sale or statement line leads here with `?orderId=` and the amount that was expected there. */
export const showNewDispute = definePage({
  name: 'show-new-dispute',
  path: `${LIST}/new`,
  access: FILERS,
  show: async (visit) => {
    const { params, programme, query } = visit;
    const form = { visit, action: fileDispute } as const;
    const kind = query.get('kind');
    return view({
      title: 'File a dispute',
      trail: [['Disputes', `${partnerBase(params)}/disputes`]],
      lead: 'One dispute may be open about an order. You can add to it until it is decided, and take it back.',
      body: (
        <Card>
          <Form {...form}>
            <Field
              {...form}
              name="orderId"
              label="Order number"
              value={query.get('orderId') ?? undefined}
              required
              hint="As the shop knows it. It need not be among your sales: a missing one is a reason to file."
            />
            <Choices
              {...form}
              name="kind"
              label="What is wrong?"
              type="radio"
              chosen={[kind ?? 'missing']}
              options={[
                ['missing', KINDS.missing, 'I sent this customer, and the sale is not mine.'],
                ['incorrect', KINDS.incorrect, 'The sale is mine, and the amount is not right.'],
                ['declined', KINDS.declined, 'The sale is mine, and earns nothing.'],
              ]}
            />
            <Field
              {...form}
              name="statement"
              label="What happened?"
              rows={5}
              maxLength={4_000}
              required
              hint="When and where the customer came from you, and what you expected."
            />
            <Field
              {...form}
              name="expectedAmount"
              label={`Commission you expect, in ${programme.currency}`}
              inputMode="decimal"
              required={false}
            />
            <EvidenceFields {...form} />
            <Submit>File the dispute</Submit>
          </Form>
        </Card>
      ),
    });
  },
});

export const fileDispute = defineAction({
  name: 'file-dispute',
  path: LIST,
  access: FILERS,
  page: showNewDispute,
  fields: { '/expectedAmountMinor': 'expectedAmount' },
  send: async ({ api, params, programme, format }, form, idempotencyKey) => {
    const { currency } = programme;
    const kind = (['missing', 'incorrect', 'declined'] as const).find((one) => one === form.text('kind'));
    if (!kind) throw new FieldProblem('kind', 'must be chosen');
    const expectedAmountMinor = form.optionalMinor('expectedAmount', currency);
    const filed = await api.call(fileDisputeRoute, {
      params: partnerParams(params),
      idempotencyKey,
      body: {
        ...{ orderId: form.text('orderId'), kind, statement: form.text('statement'), evidence: evidenceOf(form) },
        ...(expectedAmountMinor === undefined ? {} : { expectedAmountMinor, currency }),
      },
    });
    const to = `${partnerBase(params)}/disputes/${encodeURIComponent(filed.disputeId)}`;
    return redirect(to, `Your dispute is filed. You get an answer by ${format.day(filed.answerBy)}.`);
  },
});

/** One dispute as its partner reads it. */
export const showPartnerDispute = definePage({
  name: 'show-partner-dispute',
  path: ONE,
  access: READERS,
  show: async (visit) => {
    const { api, format, params, programme } = visit;
    const { programId } = programme;
    const dispute = await api.call(getDisputeRoute, { params: { programId, disputeId: params.disputeId ?? '' } });
    requireOwn(dispute, params.partnerId);
    const [tone, state] = STATES[dispute.status];
    const isOpen = dispute.status === 'open' || dispute.status === 'escalated' || dispute.status === 'failed';
    const isOwn = visit.programme.partners.some(({ partnerId }) => partnerId === dispute.partnerId);
    return view({
      title: `${KINDS[dispute.kind]}: order ${dispute.orderId}`,
      trail: [['Disputes', `${partnerBase(params)}/disputes`]],
      lead: <Badge tone={tone}>{state}</Badge>,
      body: (
        <Stack>
          <Answer dispute={dispute} visit={visit} />
          <Card title="Your claim">
            <Said text={dispute.statement} evidence={dispute.evidence} />
            <Facts
              rows={[
                [
                  'You expected',
                  dispute.expected && format.amount(dispute.expected.amountMinor, dispute.expected.currency),
                ],
                ['Filed', <Time at={dispute.filedAt} format={format} />],
                ['Answer by', isOpen && <Time at={dispute.answerBy} format={format} as="day" />],
                [
                  'The sale',
                  dispute.order === 'yours' && (
                    <a href={`${partnerBase(params)}/conversions/${encodeURIComponent(dispute.orderId)}`}>Open it</a>
                  ),
                ],
              ]}
            />
          </Card>
          <Card title="Messages">
            <Thread
              messages={dispute.messages.filter(({ internal }) => !internal)}
              format={format}
              author={({ from }) => (from === 'partner' ? 'You' : programme.name)}
            />
            {visit.may(...READERS) ? <AddToDispute visit={visit} /> : null}
          </Card>
          {(dispute.status === 'open' || dispute.status === 'escalated') &&
          (isOwn || visit.may('partner_manager', 'admin')) ? (
            <Withdraw visit={visit} />
          ) : null}
        </Stack>
      ),
    });
  },
});

export const addToDispute = defineAction({
  name: 'add-to-dispute',
  path: `${ONE}/messages`,
  access: READERS,
  page: showPartnerDispute,
  send: async ({ api, programme, params }, form, idempotencyKey) => {
    const disputeId = params.disputeId ?? '';
    await api.call(addDisputeMessageRoute, {
      params: { programId: programme.programId, disputeId },
      body: { text: form.text('text'), evidence: evidenceOf(form) },
      idempotencyKey,
    });
    return redirect(`${partnerBase(params)}/disputes/${encodeURIComponent(disputeId)}`, 'Your message is sent.');
  },
});

export const withdrawDispute = defineAction({
  name: 'withdraw-dispute',
  path: `${ONE}/withdrawal`,
  access: FILERS,
  page: showPartnerDispute,
  send: async ({ api, programme, params }, form, idempotencyKey) => {
    if (!form.isOn('sure')) throw new FieldProblem('sure', 'must be ticked first');
    const disputeId = params.disputeId ?? '';
    const { programId } = programme;
    const { orderId } = await api.call(withdrawDisputeRoute, { params: { programId, disputeId }, idempotencyKey });
    return redirect(`${partnerBase(params)}/disputes`, `Your dispute about order ${orderId} is taken back.`);
  },
});

function AddToDispute({ visit }: { readonly visit: Visit }): JSX.Element {
  const form = { visit, action: addToDispute } as const;
  return (
    <details open={failureOf(visit, addToDispute) !== undefined}>
      <summary>Add a message or evidence</summary>
      <Form {...form}>
        <Field {...form} name="text" label="Message" rows={4} maxLength={4_000} required />
        <EvidenceFields {...form} />
        <Submit tone="plain">Send</Submit>
      </Form>
    </details>
  );
}

function Withdraw({ visit }: { readonly visit: Visit }): JSX.Element {
  const form = { visit, action: withdrawDispute } as const;
  return (
    <Card title="Take it back">
      <p>If it has sorted itself out. You may file another one about the same order later.</p>
      <Form {...form}>
        <Tick {...form} name="sure" label="Yes, take this dispute back" />
        <Submit tone="plain">Take it back</Submit>
      </Form>
    </Card>
  );
}

function Answer({ dispute, visit }: { readonly dispute: Dispute; readonly visit: Visit }): JSX.Element | null {
  const { decision, effect, status } = dispute;
  if (!decision) return null;
  const { remedy, outcome } = decision;
  const { format } = visit;
  return (
    <Alert tone={outcome === 'declined' ? 'plain' : 'good'} title={OUTCOMES[outcome]}>
      <p class="said">{decision.explanation}</p>
      {remedy?.kind === 'adjustment' && remedy.amountMinor !== undefined ? (
        <p>You get {format.amount(remedy.amountMinor, remedy.currency ?? visit.programme.currency)} as a correction.</p>
      ) : null}
      {remedy?.kind === 'reattribution' ? <p>The sale becomes yours.</p> : null}
      {effect?.waitsFor ? <p>The amount waits for a second person's approval.</p> : null}
      {effect?.period && !effect.waitsFor ? (
        <p>It counts in your statement of {format.period(effect.period)}.</p>
      ) : null}
      {status === 'failed' ? <p>This could not be carried out and is being decided again.</p> : null}
    </Alert>
  );
}
