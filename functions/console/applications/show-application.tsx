import type { JSX } from 'preact';
import { Field, Form, failureOf, Select, Submit } from '#console/ui/form';
import { Alert, Badge, Card, Facts, Grid, Stack, Time } from '#console/ui/parts';
import { type NamesOf, namesOf } from '#functions/console/web/names';
import { defineAction, definePage, redirect, type Visit, view } from '#functions/console/web/page';
import { decideApplicationRoute } from '#shared/contracts/partners/applications/decide-application';
import { getApplicationRoute } from '#shared/contracts/partners/applications/get-application';
import { getTierSchemeRoute } from '#shared/contracts/partners/tiers/get-tier-scheme';
import { listPlansRoute } from '#shared/contracts/payouts/plans/list-plans';
import { type Application, BASE, CARE, countryName, STATES } from './application-words.ts';
import { firstInstantOf } from './first-instant.ts';

const PLANS_SHOWN = 50;
const PATH = `${BASE}/applications/{applicationId}`;

/** One application: what was said, whom the address belongs to already, and the decision. */
export const showApplication = definePage({
  name: 'show-application',
  path: PATH,
  access: CARE,
  show: async (visit) => {
    const { api, format, programme, params } = visit;
    const { programId } = programme;
    const base = `/console/programs/${programId}`;
    const [application, scheme, plans] = await Promise.all([
      api.call(getApplicationRoute, { params: { programId, applicationId: params.applicationId ?? '' } }),
      api.maybe(getTierSchemeRoute, { params: { programId } }),
      api.maybe(listPlansRoute, { params: { programId }, query: { limit: PLANS_SHOWN } }),
    ]);
    const names = await namesOf(visit, {
      people: [application.decision?.decidedBy, application.earlier?.decidedBy],
      partners: application.partnerIds,
    });
    const [tone, state] = STATES[application.status];
    const versions = (plans?.items ?? []).map(({ version }) => version).toSorted((a, b) => b - a);
    const tiers = (scheme?.tiers ?? []).map(({ tier }) => tier);
    return view({
      title: application.name,
      trail: [['Applications', `${base}/applications`]],
      lead: <Badge tone={tone}>{state}</Badge>,
      body: (
        <Stack>
          {application.partnerIds.length > 0 && application.status !== 'accepted' ? (
            <Alert tone="attention" title="This address is a partner already">
              <p>
                {application.partnerIds.map((partnerId) => (
                  <a key={partnerId} href={`${base}/partners/${encodeURIComponent(partnerId)}`}>
                    {names.partner(partnerId)}
                  </a>
                ))}
                . The applicant is not told. Accepting makes one more partner with the same address.
              </p>
            </Alert>
          ) : null}
          <Decision application={application} names={names} visit={visit} base={base} />
          <Card title="What the applicant says">
            <Facts
              rows={[
                ['E-mail', <a href={`mailto:${application.email}`}>{application.email}</a>],
                ['Country', countryName(application.country, format.locale)],
                ['Website', application.website && <Website url={application.website} />],
                ['How they will promote', <Words text={application.promotion} />],
                ...application.answers.map(({ label, answer }) => [label, <Words text={answer} />] as const),
                ['Applied', <Time at={application.receivedAt} format={format} />],
                ['Came in', application.via === 'page' ? 'On your application page' : 'Through your own form'],
                ['E-mail confirmed', application.confirmedAt && <Time at={application.confirmedAt} format={format} />],
                ['Agreed to your terms', application.termsHash && <code class="hash">{application.termsHash}</code>],
                ['Is removed', application.lapsesAt && <Time at={application.lapsesAt} format={format} as="day" />],
                ['Before', application.earlier && earlierWords(application.earlier, names, visit)],
              ]}
            />
          </Card>
          {application.status === 'waiting' ? (
            <Grid wide>
              <AcceptCard visit={visit} application={application} tiers={tiers} versions={versions} />
              <DeclineCard visit={visit} application={application} />
            </Grid>
          ) : null}
        </Stack>
      ),
    });
  },
});

export const acceptApplication = defineAction({
  name: 'accept-application',
  path: `${PATH}/accept`,
  access: CARE,
  page: showApplication,
  send: async (visit, form, idempotencyKey) => {
    const { api, programme, params } = visit;
    const { programId } = programme;
    const termMonths = form.optionalInteger('termMonths');
    const application = await api.call(decideApplicationRoute, {
      params: { programId, applicationId: params.applicationId ?? '' },
      idempotencyKey,
      body: {
        decision: 'accept',
        name: form.text('name'),
        tier: form.text('tier'),
        planVersion: form.integer('planVersion'),
        startsAt: firstInstantOf(form, 'startsAt', programme.timeZone),
        partnerId: form.optional('partnerId'),
        text: form.optional('text'),
        ...(termMonths === undefined ? {} : { termMonths, renewal: 'automatic' }),
      },
    });
    const partnerId = application.decision?.decision === 'accept' ? application.decision.partnerId : '';
    return redirect(
      `/console/programs/${programId}/partners/${encodeURIComponent(partnerId)}`,
      `${application.name} is a partner now and gets an e-mail with the way to sign in.`,
    );
  },
});

export const declineApplication = defineAction({
  name: 'decline-application',
  path: `${PATH}/decline`,
  access: CARE,
  page: showApplication,
  send: async ({ api, programme, params }, form, idempotencyKey) => {
    const { programId } = programme;
    const body = { decision: 'decline', reason: form.text('reason'), message: form.optional('message') } as const;
    const { name } = await api.call(decideApplicationRoute, {
      params: { programId, applicationId: params.applicationId ?? '' },
      ...{ idempotencyKey, body },
    });
    return redirect(`/console/programs/${programId}/applications`, `${name} was declined and gets an e-mail.`);
  },
});

type Cards = { readonly visit: Visit; readonly application: Application };

function AcceptCard(
  props: Cards & { readonly tiers: readonly string[]; readonly versions: readonly number[] },
): JSX.Element {
  const { visit, application, tiers, versions } = props;
  const form = { visit, action: acceptApplication } as const;
  return (
    <Card title="Accept" lead="Makes a partner with these terms, and sends the welcome e-mail.">
      {versions.length === 0 ? (
        <Alert tone="info" title="There is no plan yet">
          <p>
            A partner is paid by a plan.{' '}
            <a href={`/console/programs/${visit.programme.programId}/plans`}>Publish one first</a>.
          </p>
        </Alert>
      ) : (
        <Form {...form}>
          <Field
            {...form}
            name="name"
            label="Name"
            value={application.name}
            required
            hint="As it stands on statements."
          />
          <Select {...form} name="tier" label="Tier" options={tiers.map((tier) => [tier, tier])} value={tiers[0]} />
          <Select
            {...form}
            name="planVersion"
            label="Plan"
            options={versions.map((version) => [String(version), `Version ${version}`])}
            value={versions[0]}
          />
          <Field
            {...form}
            name="startsAt"
            type="date"
            label="Terms start on"
            value={visit.format.isoDay(visit.now)}
            required
            hint={`At the beginning of that day in ${visit.programme.timeZone}. A day in a closed month counts from the first open one.`}
          />
          {/* What was refused must be seen. */}
          <details open={failureOf(visit, acceptApplication) !== undefined}>
            <summary>Agreement text, term and partner id</summary>
            <Field
              {...form}
              name="text"
              label="Agreement text"
              rows={5}
              required={false}
              hint="With a text, the terms count only once the partner has accepted it."
            />
            <Field
              {...form}
              name="termMonths"
              label="Term in months"
              inputMode="numeric"
              required={false}
              hint="Renews by itself. Without one the agreement has no end."
            />
            <Field
              {...form}
              name="partnerId"
              label="Partner id"
              required={false}
              hint="Short and for good, such as noor-reads. Without one the application's id is used."
            />
          </details>
          <Submit>Accept and send welcome</Submit>
        </Form>
      )}
    </Card>
  );
}

function DeclineCard({ visit }: Cards): JSX.Element {
  const form = { visit, action: declineApplication } as const;
  return (
    <Card title="Decline" lead="Sends a kind e-mail. What was sent is removed after 90 days.">
      <Form {...form}>
        <Field
          {...form}
          name="reason"
          label="Reason"
          rows={2}
          maxLength={500}
          required
          hint="For your colleagues. The applicant does not see it."
        />
        <Field
          {...form}
          name="message"
          label="A word to the applicant"
          rows={4}
          maxLength={2_000}
          required={false}
          hint="Your own words, quoted in the e-mail."
        />
        <Submit tone="danger">Decline and send e-mail</Submit>
      </Form>
    </Card>
  );
}

function Decision({
  application,
  names,
  visit,
  base,
}: Cards & { readonly names: NamesOf; readonly base: string }): JSX.Element | null {
  const { decision, status } = application;
  if (status === 'unconfirmed') {
    return (
      <Alert tone="info" title="The e-mail address is not confirmed yet">
        <p>
          You can decide once the applicant has followed the link in its e-mail. Without that, the application is
          removed.
        </p>
      </Alert>
    );
  }
  if (!decision) return null;
  const made = (
    <>
      by {names.person(decision.decidedBy)} on <Time at={decision.decidedAt} format={visit.format} />
    </>
  );
  if (decision.decision === 'accept') {
    return (
      <Alert tone="good" title="Accepted">
        <p>
          As{' '}
          <a href={`${base}/partners/${encodeURIComponent(decision.partnerId)}`}>{names.partner(decision.partnerId)}</a>
          , {made}.
        </p>
      </Alert>
    );
  }
  return (
    <Alert tone="plain" title="Declined">
      <p>
        {made}. Reason: {decision.reason}
      </p>
      {decision.message ? <p>The applicant read: {decision.message}</p> : null}
    </Alert>
  );
}

function earlierWords(earlier: NonNullable<Application['earlier']>, names: NamesOf, { format }: Visit): string {
  const what = earlier.decision === 'accept' ? 'Accepted' : `Declined (${earlier.reason})`;
  return `${what} by ${names.person(earlier.decidedBy)} on ${format.day(earlier.decidedAt)}`;
}

function Website({ url }: { readonly url: string }): JSX.Element {
  return (
    <a href={url} rel="noopener noreferrer nofollow" target="_blank" class="text-break">
      {url}
    </a>
  );
}

/** A person's words, line by line. */
export function Words({ text }: { readonly text: string }): JSX.Element {
  return <span class="said">{text}</span>;
}
