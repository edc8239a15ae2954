import type { JSX } from 'preact';
import { Field, Form, Submit } from '#console/ui/form';
import { Badge, Card, Empty, Stack, Table, type Tone } from '#console/ui/parts';
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
import { getPartnerRoute } from '#shared/contracts/partners/get-partner';
import { recordCertificationRoute } from '#shared/contracts/partners/record-certification';
import { revokeCertificationRoute } from '#shared/contracts/partners/training/revoke-certification';
import { CARE, STAFF } from './manager-words.ts';
import { dayOf } from './terms-fields.tsx';

type Held = {
  readonly certifiedAt: string;
  readonly expiresAt?: string | undefined;
  readonly revokedAt?: string | undefined;
};

/** What a partner is certified for; recorded by hand, and revoked. */
export const showCertifications: Page = definePage({
  name: 'show-certifications',
  path: `${PARTNER_PATH}/certifications`,
  access: STAFF,
  show: async (visit) => {
    const { api, format, params, programme } = visit;
    const { programId } = programme;
    const { partnerId = '' } = params;
    const partner = await api.call(getPartnerRoute, { params: { programId, partnerId } });
    const mayChange = visit.may(...CARE);
    const home = partnerHref(programId, partnerId);
    return view({
      title: `Certifications of ${partner.name}`,
      trail: [
        ['Partners', `${programHref(programId)}/partners`],
        [partner.name, home],
      ],
      lead: 'Tiers may ask for them. Courses give them when they are passed; you can record others.',
      body: (
        <Stack>
          <Card title="Held" flush>
            {partner.certifications.length === 0 ? (
              <Empty icon="certificate" title="No certification yet">
                {visit.may(...CARE) ? <a href={`${home}/training`}>Its training</a> : null}
              </Empty>
            ) : (
              <Table
                caption="Certifications"
                rows={partner.certifications.toReversed()}
                keyOf={({ certificationId }) => certificationId}
                columns={[
                  { label: 'Certification', cell: ({ certification }) => certification },
                  {
                    label: 'State',
                    cell: (one) => {
                      const [tone, word] = stateOf(one, visit.now);
                      return <Badge tone={tone}>{word}</Badge>;
                    },
                  },
                  { label: 'Since', cell: ({ certifiedAt }) => format.day(certifiedAt) },
                  { label: 'Expires', cell: ({ expiresAt }) => (expiresAt ? format.day(expiresAt) : 'Never') },
                  {
                    label: 'From',
                    isMinor: true,
                    cell: ({ courseId }) => (courseId ? 'A course' : 'Recorded by a person'),
                  },
                  ...(mayChange
                    ? [
                        {
                          label: 'Revoke',
                          cell: ({
                            certificationId,
                            certification,
                            ...one
                          }: (typeof partner.certifications)[number]) =>
                            stateOf(one, visit.now)[1] === 'Held' ? (
                              <RevokeForm visit={visit} certificationId={certificationId} name={certification} />
                            ) : null,
                        },
                      ]
                    : []),
                ]}
              />
            )}
          </Card>
          {mayChange ? <RecordCard visit={visit} /> : null}
        </Stack>
      ),
    });
  },
});

function stateOf({ certifiedAt, expiresAt, revokedAt }: Held, now: number): readonly [Tone, string] {
  const isPast = (at: string | undefined): boolean => at !== undefined && Date.parse(at) <= now;
  if (isPast(revokedAt)) return ['bad', 'Revoked'];
  if (isPast(expiresAt)) return ['attention', 'Expired'];
  return isPast(certifiedAt) ? ['good', 'Held'] : ['info', 'Begins later'];
}

function RecordCard({ visit }: { readonly visit: Visit }): JSX.Element {
  const form = { visit, action: addCertification } as const;
  return (
    <Card title="Record a certification">
      <Form {...form}>
        <Field
          {...form}
          name="certification"
          label="Certification"
          required
          hint="A lower-case name as tiers ask for it, such as product-basics; strategic_fit is your own confirmation."
        />
        <Field {...form} name="certifiedAt" type="date" label="Since" value={visit.format.isoDay(visit.now)} required />
        <Field
          {...form}
          name="expiresAt"
          type="date"
          label="Expires on"
          required={false}
          hint="Without a day: never."
        />
        <Submit>Record it</Submit>
      </Form>
    </Card>
  );
}

function RevokeForm({
  visit,
  certificationId,
  name,
}: {
  readonly visit: Visit;
  readonly certificationId: string;
  readonly name: string;
}): JSX.Element {
  const id = `revoke-${certificationId}`;
  const form = { visit, action: revokeCertification } as const;
  const isRefused = visit.failed?.values.formId?.[0] === id;
  return (
    <details open={isRefused}>
      <summary>
        Revoke<span class="visually-hidden"> {name}</span>
      </summary>
      <Form {...form} id={id} params={{ certificationId }}>
        <Field
          {...form}
          formId={id}
          name="reason"
          label="Reason"
          required
          maxLength={500}
          hint="The partner reads it. What it counted for before stays."
        />
        <Submit tone="danger">Revoke it</Submit>
      </Form>
    </details>
  );
}

const homeOf = ({ programme, params }: Visit): string => partnerHref(programme.programId, params.partnerId ?? '');

export const addCertification: Action = defineAction({
  name: 'add-certification',
  path: `${PARTNER_PATH}/certifications`,
  access: CARE,
  page: showCertifications,
  send: async (visit, form, idempotencyKey) => {
    const { programId, timeZone } = visit.programme;
    const { partnerId = '' } = visit.params;
    const { certification, hint } = await visit.api.call(recordCertificationRoute, {
      params: { programId, partnerId },
      idempotencyKey,
      body: {
        certification: form.text('certification'),
        certifiedAt: firstInstantOf(form, 'certifiedAt', timeZone),
        expiresAt: dayOf(form, 'expiresAt', timeZone),
      },
    });
    return redirect(`${homeOf(visit)}/certifications`, `${certification} is recorded.${hint ? ` ${hint}` : ''}`);
  },
});

export const revokeCertification: Action = defineAction({
  name: 'revoke-held-certification',
  path: `${PARTNER_PATH}/certifications/{certificationId}/revocation`,
  access: CARE,
  page: showCertifications,
  send: async (visit, form, idempotencyKey) => {
    const { partnerId = '', certificationId = '' } = visit.params;
    await visit.api.call(revokeCertificationRoute, {
      params: { programId: visit.programme.programId, partnerId, certificationId },
      idempotencyKey,
      body: { reason: form.text('reason') },
    });
    return redirect(`${homeOf(visit)}/certifications`, 'Revoked. The partner is told the reason.');
  },
});
