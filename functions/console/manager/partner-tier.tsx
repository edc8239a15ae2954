import type { JSX } from 'preact';
import { Field, Form, Submit } from '#console/ui/form';
import { Alert, Badge, Card, Empty, Stack, Table, type Tone } from '#console/ui/parts';
import { firstInstantOf } from '#functions/console/applications/first-instant';
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
import { assignTierRoute } from '#shared/contracts/partners/assign-tier';
import { getPartnerRoute } from '#shared/contracts/partners/get-partner';
import { getTierProgressRoute } from '#shared/contracts/partners/tiers/get-tier-progress';
import { getTierSchemeRoute } from '#shared/contracts/partners/tiers/get-tier-scheme';
import { listTierHistoryRoute } from '#shared/contracts/partners/tiers/list-tier-history';
import { CARE } from './manager-words.ts';
import { dayOf } from './terms-fields.tsx';

const SOURCES = { enrolment: 'at enrolment', person: 'by a person', review: 'by the numbers' } as const;
const STEPS: Readonly<Record<string, readonly [Tone, string]>> = {
  promoted: ['good', 'Promoted'],
  warned: ['attention', 'Warned'],
  lifted: ['good', 'Warning lifted'],
  demoted: ['bad', 'Lowered'],
  within_reach: ['info', 'Next tier within reach'],
};
const STEPS_SHOWN = 50;

/** Which tiers a partner had from when and why, what comes next, and a tier given by hand. */
export const showPartnerTier: Page = definePage({
  name: 'show-tier-of-partner',
  path: `${PARTNER_PATH}/tiers`,
  access: ['partner_manager', 'finance', 'admin'],
  show: async (visit) => {
    const { api, format, params, programme } = visit;
    const { programId } = programme;
    const { partnerId = '' } = params;
    const of = { params: { programId, partnerId } } as const;
    const [partner, history, progress, scheme] = await Promise.all([
      api.call(getPartnerRoute, of),
      api.call(listTierHistoryRoute, { ...of, query: { limit: STEPS_SHOWN } }),
      api.maybe(getTierProgressRoute, { ...of, query: {} }),
      api.maybe(getTierSchemeRoute, { params: { programId } }),
    ]);
    const { tierWarning } = partner;
    return view({
      title: `Tier of ${partner.name}`,
      trail: [
        ['Partners', `${programHref(programId)}/partners`],
        [partner.name, partnerHref(programId, partnerId)],
      ],
      lead: partner.tier ? `Now: ${partner.tier}` : 'No tier yet',
      body: (
        <Stack>
          {tierWarning ? (
            <Alert tone="attention" title={`Falls to ${tierWarning.to} on ${format.day(tierWarning.endsAt)}`}>
              <p>Unless what is missing is there again by then. The partner was told.</p>
            </Alert>
          ) : null}
          {progress ? (
            <Card title="On the way">
              <p class="mb-0">{progress.summary}</p>
            </Card>
          ) : null}
          {visit.may(...CARE) ? (
            <AssignCard visit={visit} tiers={(scheme?.tiers ?? []).map(({ tier }) => tier)} />
          ) : null}
          <Card title="Tiers from when" flush>
            <Table
              caption="Tiers of the partner"
              rows={history.tiers.toReversed()}
              keyOf={({ tierTermId }) => tierTermId}
              columns={[
                { label: 'Tier', cell: ({ tier }) => tier },
                { label: 'From', cell: ({ from }) => format.day(from) },
                { label: 'Until', isMinor: true, cell: ({ until }) => (until ? format.day(until) : '') },
                {
                  label: 'Given',
                  cell: ({ source, reason }) => (
                    <>
                      {SOURCES[source]}
                      <div class="text-secondary">{reason}</div>
                    </>
                  ),
                },
              ]}
            />
          </Card>
          <Card title="What reviews decided" flush>
            {history.items.length === 0 ? (
              <Empty icon="tiers" title="No review has decided anything yet">
                Every night the numbers are held against the programme’s tiers.
              </Empty>
            ) : (
              <Table
                caption="Decisions of tier reviews"
                rows={history.items}
                keyOf={({ number }) => String(number)}
                columns={[
                  { label: 'When', cell: ({ at }) => format.day(at) },
                  {
                    label: 'What',
                    cell: ({ kind, tier, to }) => {
                      const [tone, word] = STEPS[kind] ?? ['plain', kind];
                      return (
                        <>
                          <Badge tone={tone}>{word}</Badge> {to ? `${tier} → ${to}` : tier}
                        </>
                      );
                    },
                  },
                  { label: 'Counts from', isMinor: true, cell: ({ from }) => (from ? format.day(from) : '') },
                ]}
              />
            )}
          </Card>
        </Stack>
      ),
    });
  },
});

function AssignCard({ visit, tiers }: { readonly visit: Visit; readonly tiers: readonly string[] }): JSX.Element {
  const form = { visit, action: giveTier } as const;
  return (
    <Card title="Give a tier by hand" lead="No review lowers it before the end that you set.">
      <Form {...form}>
        <Field
          {...form}
          name="tier"
          label="Tier"
          required
          hint={tiers.length > 0 ? `The programme’s tiers: ${visit.format.list(tiers)}.` : 'A lower-case name.'}
        />
        <Field
          {...form}
          name="from"
          type="date"
          label="From"
          value={visit.format.isoDay(visit.now)}
          required
          hint="A day in the open past counts for the sales since."
        />
        <Field
          {...form}
          name="until"
          type="date"
          label="Until"
          required={false}
          hint="From then on the numbers decide. Without a day: until somebody says otherwise."
        />
        <Field {...form} name="reason" label="Reason" rows={2} required maxLength={500} />
        <Submit>Give this tier</Submit>
      </Form>
    </Card>
  );
}

export const giveTier: Action = defineAction({
  name: 'give-tier',
  path: `${PARTNER_PATH}/tiers`,
  access: CARE,
  page: showPartnerTier,
  send: async ({ api, programme, params, format }, form, idempotencyKey) => {
    const { programId, timeZone } = programme;
    const { partnerId = '' } = params;
    const { tier, from, hint } = await api.call(assignTierRoute, {
      params: { programId, partnerId },
      idempotencyKey,
      body: {
        tier: form.text('tier'),
        from: firstInstantOf(form, 'from', timeZone),
        until: dayOf(form, 'until', timeZone),
        reason: form.text('reason'),
      },
    });
    const done = `${tier} from ${format.day(from)}.${hint ? ` ${hint}` : ''}`;
    return redirect(`${partnerHref(programId, partnerId)}/tiers`, done);
  },
});
