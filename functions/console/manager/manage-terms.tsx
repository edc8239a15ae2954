import type { JSX } from 'preact';
import { Choices, Field, Form, Select, Submit } from '#console/ui/form';
import { Badge, Card, Empty, Facts, Grid, Stack } from '#console/ui/parts';
import { AGREEMENT_STATES, type Agreement, agreementFacts } from '#functions/console/partner-money/agreement-words';
import {
  type Action,
  defineAction,
  definePage,
  type Page,
  redirect,
  type Visit,
  view,
} from '#functions/console/web/page';
import { PARTNER_PATH, partnerHref, programHref } from '#functions/console/web/paths';
import { acceptAgreementRoute } from '#shared/contracts/partners/accept-agreement';
import { getPartnerRoute } from '#shared/contracts/partners/get-partner';
import { renewAgreementRoute } from '#shared/contracts/partners/renew-agreement';
import { terminateAgreementRoute } from '#shared/contracts/partners/terminate-agreement';
import { withdrawAgreementRoute } from '#shared/contracts/partners/withdraw-agreement';
import { CARE } from './manager-words.ts';
import { dayOf } from './terms-fields.tsx';

const PATH = `${PARTNER_PATH}/agreements/{agreementId}/manage`;

/** What a manager can do with one version: renew it, end it, take it back, or say where it was signed. */
export const showTerms: Page = definePage({
  name: 'show-terms',
  path: PATH,
  access: CARE,
  show: async (visit) => {
    const { api, format, params, programme } = visit;
    const { programId } = programme;
    const { partnerId = '', agreementId = '' } = params;
    const partner = await api.call(getPartnerRoute, { params: { programId, partnerId } });
    const one = partner.agreements.find((version) => version.agreementId === agreementId);
    const home = partnerHref(programId, partnerId);
    const trail = [
      ['Partners', `${programHref(programId)}/partners`],
      [partner.name, home],
    ] as const;
    if (!one) {
      return view({
        title: 'There is no such agreement',
        trail,
        status: 404,
        body: (
          <Empty icon="agreement" title="This partner has no such agreement">
            <a href={`${home}#agreements`}>Its agreements</a>
          </Empty>
        ),
      });
    }
    const [tone, word] = AGREEMENT_STATES[one.status];
    return view({
      title: `Terms from ${format.day(one.startsAt)}`,
      trail,
      lead: <Badge tone={tone}>{word}</Badge>,
      body: (
        <Stack>
          <Card
            title="What was agreed"
            actions={<a href={`${home}/agreements/${encodeURIComponent(agreementId)}`}>Read it in full</a>}
          >
            <Facts rows={agreementFacts(one, format)} />
          </Card>
          <Grid wide>
            {one.status === 'proposed' ? <PaperCard visit={visit} one={one} /> : null}
            {one.status === 'proposed' ? <WithdrawCard visit={visit} /> : null}
            {one.renewal === 'by_agreement' && COUNTS.has(one.status) ? <RenewCard visit={visit} one={one} /> : null}
            {COUNTS.has(one.status) && one.status !== 'ended' ? <TerminateCard visit={visit} one={one} /> : null}
          </Grid>
        </Stack>
      ),
    });
  },
});

const COUNTS: ReadonlySet<Agreement['status']> = new Set(['in_force', 'scheduled', 'ended']);

type CardProps = { readonly visit: Visit };

function RenewCard({ visit, one }: CardProps & { readonly one: Agreement }): JSX.Element {
  const form = { visit, action: renewTerms } as const;
  return (
    <Card title="Renew" lead="Both agreed that it goes on: its end moves by a term.">
      <Form {...form}>
        <Field
          {...form}
          name="termMonths"
          label="Months more"
          inputMode="numeric"
          value={one.termMonths}
          required
          hint="Counted in whole months from its beginning."
        />
        <Submit>Renew it</Submit>
      </Form>
    </Card>
  );
}

function TerminateCard({ visit, one }: CardProps & { readonly one: Agreement }): JSX.Element {
  const form = { visit, action: terminateTerms } as const;
  return (
    <Card title="End it" lead="The partner is told, and reads the reason. Later versions are cancelled.">
      <Form {...form}>
        <Choices
          {...form}
          name="cause"
          label="Why it ends"
          type="radio"
          chosen={['notice']}
          options={[
            ['notice', 'Notice', 'Keeps the notice period and the term.'],
            ['mutual', 'Both agree', 'May end at once.'],
            ['breach', 'The partner broke it', 'May end at once.'],
          ]}
        />
        <Field
          {...form}
          name="endsAt"
          type="date"
          label="Ends on"
          required={false}
          hint="The first day on which it counts no more. Without a day: as early as the cause allows."
        />
        <Select
          {...form}
          name="effect"
          label="After the end"
          value={one.afterEnd ?? 'stop'}
          options={[
            ['stop', 'Nothing is earned on sales after the end'],
            ['honour_until_window_ends', 'Customers brought before go on earning until their window ends'],
          ]}
        />
        <Field {...form} name="reason" label="Reason" rows={3} required maxLength={500} hint="The partner reads it." />
        <Submit tone="danger">End this agreement</Submit>
      </Form>
    </Card>
  );
}

function WithdrawCard({ visit }: CardProps): JSX.Element {
  const form = { visit, action: withdrawTerms } as const;
  return (
    <Card title="Take it back" lead="It was not accepted yet. It stays on the record.">
      <Form {...form}>
        <Field
          {...form}
          name="reason"
          label="Reason"
          rows={3}
          required={false}
          maxLength={500}
          hint="The partner reads it."
        />
        <Submit tone="danger">Take it back</Submit>
      </Form>
    </Card>
  );
}

function PaperCard({ visit, one }: CardProps & { readonly one: Agreement }): JSX.Element | null {
  const form = { visit, action: recordPaper } as const;
  if (one.textHash === undefined) return null;
  return (
    <Card title="It was signed on paper" lead="As a rule the partner accepts it here itself.">
      <Form {...form}>
        <input type="hidden" name="textHash" value={one.textHash} />
        {one.termsHash ? <input type="hidden" name="termsHash" value={one.termsHash} /> : null}
        <Field
          {...form}
          name="paperReference"
          label="Where the paper is kept"
          required
          maxLength={200}
          hint="Such as a file number. The partner does not see it."
        />
        <Submit>Record that it was signed</Submit>
      </Form>
    </Card>
  );
}

type Sends = Action['send'];
const done =
  (send: (...args: Parameters<Sends>) => Promise<string>): Sends =>
  async (visit, form, key) => {
    const words = await send(visit, form, key);
    return redirect(`${partnerHref(visit.programme.programId, visit.params.partnerId ?? '')}#agreements`, words);
  };
const paramsOf = ({ programme, params }: Visit) => ({
  programId: programme.programId,
  partnerId: params.partnerId ?? '',
  agreementId: params.agreementId ?? '',
});

export const renewTerms: Action = defineAction({
  name: 'renew-terms',
  path: `${PATH}/renewal`,
  access: CARE,
  page: showTerms,
  send: done(async (visit, form, idempotencyKey) => {
    const body = { termMonths: form.optionalInteger('termMonths') };
    const { endsAt } = await visit.api.call(renewAgreementRoute, { params: paramsOf(visit), body, idempotencyKey });
    return endsAt ? `Renewed: it ends on ${visit.format.day(endsAt)} now.` : 'Renewed.';
  }),
});

const CAUSES = ['notice', 'mutual', 'breach'] as const;

export const terminateTerms: Action = defineAction({
  name: 'terminate-terms',
  path: `${PATH}/termination`,
  access: CARE,
  page: showTerms,
  send: done(async (visit, form, idempotencyKey) => {
    const { endsAt } = await visit.api.call(terminateAgreementRoute, {
      params: paramsOf(visit),
      idempotencyKey,
      body: {
        cause: CAUSES.find((cause) => cause === form.optional('cause')) ?? 'notice',
        endsAt: dayOf(form, 'endsAt', visit.programme.timeZone),
        effect: form.optional('effect') === 'honour_until_window_ends' ? 'honour_until_window_ends' : 'stop',
        reason: form.text('reason'),
      },
    });
    return endsAt ? `It ends on ${visit.format.day(endsAt)}. The partner is told.` : 'It ends. The partner is told.';
  }),
});

export const withdrawTerms: Action = defineAction({
  name: 'withdraw-terms',
  path: `${PATH}/withdrawal`,
  access: CARE,
  page: showTerms,
  send: done(async (visit, form, idempotencyKey) => {
    const body = { reason: form.optional('reason') };
    await visit.api.call(withdrawAgreementRoute, { params: paramsOf(visit), body, idempotencyKey });
    return 'Taken back. It counts for nothing.';
  }),
});

export const recordPaper: Action = defineAction({
  name: 'record-paper',
  path: `${PATH}/paper`,
  access: CARE,
  page: showTerms,
  send: done(async (visit, form, idempotencyKey) => {
    await visit.api.call(acceptAgreementRoute, {
      params: paramsOf(visit),
      idempotencyKey,
      body: {
        textHash: form.text('textHash'),
        termsHash: form.optional('termsHash'),
        paperReference: form.text('paperReference'),
      },
    });
    return 'Recorded as signed.';
  }),
});
