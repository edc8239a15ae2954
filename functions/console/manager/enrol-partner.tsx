import { Field, Form, Select, Submit } from '#console/ui/form';
import { Alert, Card } from '#console/ui/parts';
import type { Form as Sent } from '#functions/console/web/form';
import { type Action, defineAction, definePage, type Page, redirect, view } from '#functions/console/web/page';
import { PROGRAM_PATH, partnerHref, programHref } from '#functions/console/web/paths';
import { enrolPartnerRoute } from '#shared/contracts/partners/enrol-partner';
import { getTierSchemeRoute } from '#shared/contracts/partners/tiers/get-tier-scheme';
import { listPlansRoute } from '#shared/contracts/payouts/plans/list-plans';
import { CARE } from './manager-words.ts';
import { TERMS_POINTERS, TermsFields, termsOf } from './terms-fields.tsx';

const PLANS_SHOWN = 100;

/** A partner with its first agreement and tier; what can wait may be left out. */
export const showEnrolment: Page = definePage({
  name: 'show-enrolment',
  path: `${PROGRAM_PATH}/partners/new`,
  access: CARE,
  show: async (visit) => {
    const { api, programme } = visit;
    const params = { programId: programme.programId };
    const base = programHref(programme.programId);
    const [plans, scheme] = await Promise.all([
      api.call(listPlansRoute, { params, query: { limit: PLANS_SHOWN } }),
      api.call(getTierSchemeRoute, { params }),
    ]);
    const versions = plans.items.map(({ version }) => version).toSorted((a, b) => b - a);
    const form = { visit, action: enrolPartner } as const;
    const tiers = scheme.tiers.map(({ tier }) => tier);
    return view({
      title: 'Enrol a partner',
      trail: [['Partners', `${base}/partners`]],
      lead: 'The partner can sign in with this e-mail address and finds everything there.',
      body:
        versions.length === 0 ? (
          <Alert tone="info" title="There is no plan yet">
            <p>
              A partner is paid by a plan. <a href={`${base}/plans`}>Publish one first</a>, then come back.
            </p>
          </Alert>
        ) : (
          <Card>
            <Form {...form}>
              <Field {...form} name="name" label="Name" required hint="As it stands on statements." maxLength={140} />
              <Field {...form} name="email" label="E-mail" type="email" inputMode="email" required />
              <Field
                {...form}
                name="country"
                label="Country"
                required={false}
                maxLength={2}
                hint="Two letters, such as GB."
              />
              <Select {...form} name="tier" label="Tier" options={tiers.map((tier) => [tier, tier])} value={tiers[0]} />
              <TermsFields {...form} versions={versions} />
              <details>
                <summary>Bank account and partner id</summary>
                <div class="form-stack mt-2">
                  <Field
                    {...form}
                    name="holder"
                    label="Account holder"
                    required={false}
                    maxLength={70}
                    hint="The partner can say later where it is paid, and by other ways too."
                  />
                  <Field {...form} name="iban" label="IBAN" required={false} hint="Spaces are fine." />
                  <Field {...form} name="bic" label="BIC" required={false} maxLength={11} />
                  <Field
                    {...form}
                    name="partnerId"
                    label="Partner id"
                    required={false}
                    hint="Short and for good, such as noor-reads. Without one it is made for you."
                  />
                </div>
              </details>
              <Submit>Enrol the partner</Submit>
            </Form>
          </Card>
        ),
    });
  },
});

export const enrolPartner: Action = defineAction({
  name: 'enrol-partner',
  path: `${PROGRAM_PATH}/partners/new`,
  access: CARE,
  page: showEnrolment,
  fields: { ...TERMS_POINTERS, '/payee/name': 'holder', '/payee/iban': 'iban', '/payee/bic': 'bic' },
  send: async ({ api, programme }, form, idempotencyKey) => {
    const { programId, timeZone } = programme;
    const { partnerId, name, hint } = await api.call(enrolPartnerRoute, {
      params: { programId },
      idempotencyKey,
      body: {
        partnerId: form.optional('partnerId'),
        name: form.text('name'),
        email: form.text('email'),
        country: form.optional('country')?.toUpperCase(),
        tier: form.text('tier'),
        ...termsOf(form, timeZone),
        payee: payeeOf(form),
      },
    });
    return redirect(partnerHref(programId, partnerId), `${name} is enrolled.${hint ? ` ${hint}` : ''}`);
  },
});

function payeeOf(form: Sent) {
  const iban = form.optional('iban');
  const holder = form.optional('holder');
  if (iban === undefined && holder === undefined) return undefined;
  return { rail: 'bank_file' as const, name: form.text('holder'), iban: form.text('iban'), bic: form.optional('bic') };
}
