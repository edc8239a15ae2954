import type { JSX } from 'preact';
import type * as z from 'zod';
import { Field, Form, Submit } from '#console/ui/form';
import { Alert, Badge, ButtonLink, Card, Empty, Facts, Figure, Grid, Stack, Table } from '#console/ui/parts';
import { AGREEMENT_STATES } from '#functions/console/partner-money/agreement-words';
import { railName } from '#functions/console/partner-money/payout-words';
import { type NamesOf, namesOf } from '#functions/console/web/names';
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
import { getPartnerRoute } from '#shared/contracts/partners/get-partner';
import { listPartnerHealthRoute } from '#shared/contracts/partners/overview/list-partner-health';
import { holdPayoutsRoute } from '#shared/contracts/payouts/holds/hold-payouts';
import { listPayoutHoldsRoute } from '#shared/contracts/payouts/holds/list-payout-holds';
import { getBalanceRoute } from '#shared/contracts/payouts/ledger/get-balance';
import { ACTIVITIES, CARE, STAFF } from './manager-words.ts';
import { amounts, HealthCell } from './show-partners.tsx';

type Partner = z.output<typeof getPartnerRoute.response>;
type Balance = z.output<typeof getBalanceRoute.response>['balances'][number];
type Holds = z.output<typeof listPayoutHoldsRoute.response>['items'];
type Row = z.output<typeof listPartnerHealthRoute.response>['items'][number];

const MONEY = ['finance', 'approver', 'admin'] as const;
const A_FEW = 20;

/** Everything about one partner, for those who run the programme, with the way to each part of it. */
export const showPartner: Page = definePage({
  name: 'show-partner',
  path: PARTNER_PATH,
  access: STAFF,
  show: async (visit) => {
    const { api, params, programme } = visit;
    const { programId } = programme;
    const { partnerId = '' } = params;
    const of = { params: { programId, partnerId } } as const;
    const [partner, balance, holds, health] = await Promise.all([
      api.call(getPartnerRoute, of),
      api.maybe(getBalanceRoute, { ...of, query: {} }),
      api.maybe(listPayoutHoldsRoute, {
        params: { programId },
        query: { partnerId, state: 'in_force', limit: A_FEW },
      }),
      api.maybe(listPartnerHealthRoute, { params: { programId }, query: { q: partnerId, limit: A_FEW } }),
    ]);
    const names = await namesOf(visit, { people: holds?.items.map(({ by }) => by) ?? [] });
    const rows = (health as { readonly items?: readonly Row[] } | undefined)?.items ?? [];
    const row = rows.find((one) => one.partnerId === partnerId);
    return view({
      title: partner.name,
      trail: [['Partners', `${programHref(programId)}/partners`]],
      lead: `${partner.tier ?? 'No tier yet'} · ${partnerId}`,
      actions: visit.may(...CARE) ? (
        <ButtonLink href={`${partnerHref(programId, partnerId)}/agreements/new`} icon="agreement">
          Offer new terms
        </ButtonLink>
      ) : null,
      body: (
        <Stack>
          {partner.mail?.stopped ? (
            <Alert tone="attention" title="E-mail does not reach this partner">
              <p>{partner.mail.whatToDo}</p>
            </Alert>
          ) : null}
          <Figures visit={visit} row={row} balances={balance?.balances ?? []} />
          <Grid wide>
            <ProfileCard visit={visit} partner={partner} row={row} />
            <PayeeCard visit={visit} partner={partner} />
          </Grid>
          <MoreCard visit={visit} />
          <AgreementsCard visit={visit} partner={partner} />
          {visit.may(...MONEY) ? <HoldsCard visit={visit} holds={holds?.items ?? []} names={names} /> : null}
        </Stack>
      ),
    });
  },
});

function Figures({
  visit,
  row,
  balances,
}: {
  readonly visit: Visit;
  readonly row: Row | undefined;
  readonly balances: readonly Balance[];
}): JSX.Element {
  const { format, programme } = visit;
  const base = partnerHref(programme.programId, visit.params.partnerId ?? '');
  return (
    <Grid>
      <Figure
        label="Revenue this month"
        value={row ? amounts(visit, row.revenue, ({ monthMinor }) => monthMinor) : '–'}
        note={
          row ? <>Last month: {amounts(visit, row.revenue, ({ beforeMinor }) => beforeMinor)}</> : 'Not counted yet'
        }
        href={`${base}/conversions`}
      />
      <Figure
        label="Owed"
        value={
          balances.length === 0
            ? format.amount(0, programme.currency)
            : balances.map(({ currency, payableMinor }) => (
                <div key={currency}>{format.amount(payableMinor, currency)}</div>
              ))
        }
        note="by the statements that were approved and not paid yet"
        href={`${base}/statements`}
      />
      <Figure
        label="Last activity"
        value={row?.lastActivity ? format.day(row.lastActivity.at) : '–'}
        note={row?.lastActivity ? ACTIVITIES[row.lastActivity.kind] : 'Nothing is known yet'}
      />
    </Grid>
  );
}

function ProfileCard({
  visit,
  partner,
  row,
}: {
  readonly visit: Visit;
  readonly partner: Partner;
  readonly row: Row | undefined;
}): JSX.Element {
  const { format } = visit;
  const { tierWarning } = partner;
  const base = partnerHref(visit.programme.programId, partner.partnerId);
  const mayReadTiers = visit.may('partner_manager', 'finance', 'admin');
  const held = partner.certifications.filter(({ revokedAt, expiresAt }) => {
    const end = revokedAt ?? expiresAt;
    return end === undefined || Date.parse(end) > visit.now;
  });
  return (
    <Card title="Profile">
      <Facts
        rows={[
          ['Health', row && <HealthCell row={row} visit={visit} />],
          ['E-mail', <a href={`mailto:${partner.email}`}>{partner.email}</a>],
          ['Country', partner.country],
          ['Enrolled', format.day(partner.createdAt)],
          [
            'Tier',
            <>
              {mayReadTiers ? <a href={`${base}/tiers`}>{partner.tier ?? 'None yet'}</a> : (partner.tier ?? 'None yet')}
              {tierWarning ? (
                <div class="text-secondary">
                  Falls to {tierWarning.to} on {format.day(tierWarning.endsAt)}
                </div>
              ) : null}
            </>,
          ],
          [
            'Certifications',
            <a href={`${base}/certifications`}>
              {held.length === 0 ? 'None' : format.list(held.map(({ certification }) => certification))}
            </a>,
          ],
        ]}
      />
    </Card>
  );
}

function PayeeCard({ visit, partner }: { readonly visit: Visit; readonly partner: Partner }): JSX.Element {
  const { format } = visit;
  const { payee } = partner;
  const base = partnerHref(visit.programme.programId, partner.partnerId);
  const ending = payee?.ibanEnding ?? payee?.accountEnding;
  return (
    <Card title="Payment details" actions={<a href={`${base}/payee`}>Look at them</a>}>
      {partner.whatToDo ? (
        <Alert tone="attention">
          <p>{partner.whatToDo}</p>
        </Alert>
      ) : null}
      {payee ? (
        <Facts
          rows={[
            ['Paid by', railName(payee.rail)],
            ['Holder', payee.name],
            ['Account', ending && `… ${ending}`],
            ['Changed', format.day(payee.changedAt)],
            ['Used from', payee.usableFrom && format.moment(payee.usableFrom)],
          ]}
        />
      ) : (
        <p class="mb-0">Nobody has said where to pay yet.</p>
      )}
    </Card>
  );
}

/** The ways to everything else of the partner. */
function MoreCard({ visit }: { readonly visit: Visit }): JSX.Element {
  const { programId } = visit.programme;
  const { partnerId = '' } = visit.params;
  const base = partnerHref(programId, partnerId);
  const id = encodeURIComponent(partnerId);
  const ways: readonly (readonly [string, string, boolean])[] = [
    ['Links', `${base}/links`, visit.may(...CARE)],
    ['Codes', `${base}/codes`, visit.may(...CARE)],
    ['Sales', `${base}/conversions`, true],
    ['Statements', `${base}/statements`, true],
    ['Payouts', `${base}/payouts`, true],
    ['Invoice details', `${base}/billing`, true],
    ['Disputes', `${base}/disputes`, true],
    ['Training', `${base}/training`, visit.may(...CARE)],
    ['Held sales', `${programHref(programId)}/holds?partnerId=${id}`, true],
    ['Audit trail', `${programHref(programId)}/audit`, visit.may(...MONEY)],
  ];
  return (
    <Card title="More about this partner">
      <ul class="list-inline mb-0">
        {ways
          .filter(([, , may]) => may)
          .map(([label, href]) => (
            <li key={href} class="list-inline-item">
              <a href={href}>{label}</a>
            </li>
          ))}
      </ul>
    </Card>
  );
}

function AgreementsCard({ visit, partner }: { readonly visit: Visit; readonly partner: Partner }): JSX.Element {
  const { format } = visit;
  const base = `${partnerHref(visit.programme.programId, partner.partnerId)}/agreements`;
  const mayManage = visit.may(...CARE);
  return (
    <Card id="agreements" title="Agreements" lead="A version never changes; a new one takes its place." flush>
      {partner.agreements.length === 0 ? (
        <Empty icon="agreement" title="No agreement yet">
          Sales earn nothing before one begins.
        </Empty>
      ) : (
        <Table
          caption="Versions of the agreement"
          rows={partner.agreements.toSorted((a, b) => (a.startsAt < b.startsAt ? 1 : -1))}
          keyOf={({ agreementId }) => agreementId}
          columns={[
            {
              label: 'Begins',
              cell: ({ agreementId, startsAt }) => (
                <a href={`${base}/${encodeURIComponent(agreementId)}`}>{format.day(startsAt)}</a>
              ),
            },
            {
              label: 'Status',
              cell: ({ status }) => <Badge tone={AGREEMENT_STATES[status][0]}>{AGREEMENT_STATES[status][1]}</Badge>,
            },
            {
              label: 'Pays by',
              isMinor: true,
              cell: ({ custom, planVersion }) => (custom ? 'Terms of its own' : `Plan version ${planVersion}`),
            },
            {
              label: 'Ends',
              isMinor: true,
              cell: ({ endsAt, currentTermEndsAt }) =>
                endsAt
                  ? format.day(endsAt)
                  : currentTermEndsAt
                    ? `Term until ${format.day(currentTermEndsAt)}`
                    : 'Open',
            },
            ...(mayManage
              ? [
                  {
                    label: 'Change',
                    cell: ({ agreementId, startsAt, status }: Partner['agreements'][number]) =>
                      ['withdrawn', 'replaced'].includes(status) ? null : (
                        <a href={`${base}/${encodeURIComponent(agreementId)}/manage`}>
                          Manage<span class="visually-hidden"> the version from {format.day(startsAt)}</span>
                        </a>
                      ),
                  },
                ]
              : []),
          ]}
        />
      )}
    </Card>
  );
}

function HoldsCard({
  visit,
  holds,
  names,
}: {
  readonly visit: Visit;
  readonly holds: Holds;
  readonly names: NamesOf;
}): JSX.Element {
  const { format, programme } = visit;
  const form = { visit, action: holdPayouts } as const;
  const all = `${programHref(programme.programId)}/payout-holds?partnerId=${encodeURIComponent(visit.params.partnerId ?? '')}`;
  return (
    <Card title="Holds of payouts" lead="Statements and balance go on; payouts wait until somebody releases them.">
      {holds.length > 0 ? (
        <ul>
          {holds.map(({ holdId, reason, by, at }) => (
            <li key={holdId}>
              “{reason}”{' '}
              <span class="text-secondary">
                {names.person(by)}, {format.moment(at)}
              </span>{' '}
              <a href={all}>
                Release<span class="visually-hidden"> the hold of {format.moment(at)}</span>
              </a>
            </li>
          ))}
        </ul>
      ) : (
        <p>Nothing is held.</p>
      )}
      <Form {...form} inline>
        <Field {...form} name="reason" label="Why payouts are to be held" required maxLength={1000} />
        <Submit tone="danger">Hold payouts</Submit>
      </Form>
    </Card>
  );
}

export const holdPayouts: Action = defineAction({
  name: 'hold-partner-payouts',
  path: `${PARTNER_PATH}/payout-holds`,
  access: MONEY,
  page: showPartner,
  send: async ({ api, programme, params }, form, idempotencyKey) => {
    const { programId } = programme;
    const { partnerId = '' } = params;
    await api.call(holdPayoutsRoute, {
      params: { programId, partnerId },
      idempotencyKey,
      body: { reason: form.text('reason') },
    });
    return redirect(partnerHref(programId, partnerId), 'Its payouts are held until somebody releases them.');
  },
});
