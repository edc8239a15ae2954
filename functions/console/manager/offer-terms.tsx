import { Form, Submit } from '#console/ui/form';
import { Alert, Card } from '#console/ui/parts';
import { type Action, defineAction, definePage, type Page, redirect, view } from '#functions/console/web/page';
import { PARTNER_PATH, partnerHref, programHref } from '#functions/console/web/paths';
import { amendAgreementRoute } from '#shared/contracts/partners/amend-agreement';
import { getPartnerRoute } from '#shared/contracts/partners/get-partner';
import { listPlansRoute } from '#shared/contracts/payouts/plans/list-plans';
import { CARE } from './manager-words.ts';
import { TERMS_POINTERS, TermsFields, termsOf } from './terms-fields.tsx';

const PLANS_SHOWN = 100;

/** A new version of a partner's agreement. */
export const showTermsOffer: Page = definePage({
  name: 'show-terms-offer',
  path: `${PARTNER_PATH}/agreements/new`,
  access: CARE,
  show: async (visit) => {
    const { api, params, programme } = visit;
    const { programId } = programme;
    const { partnerId = '' } = params;
    const [partner, plans] = await Promise.all([
      api.call(getPartnerRoute, { params: { programId, partnerId } }),
      api.call(listPlansRoute, { params: { programId }, query: { limit: PLANS_SHOWN } }),
    ]);
    const versions = plans.items.map(({ version }) => version).toSorted((a, b) => b - a);
    const form = { visit, action: offerTerms } as const;
    return view({
      title: 'Offer new terms',
      trail: [
        ['Partners', `${programHref(programId)}/partners`],
        [partner.name, partnerHref(programId, partnerId)],
      ],
      lead: 'Nothing is overwritten: what was agreed counts until this version begins.',
      body: (
        <Card>
          {versions.length === 0 ? (
            <Alert tone="info" title="There is no plan yet">
              <p>
                <a href={`${programHref(programId)}/plans`}>Publish a plan first</a>.
              </p>
            </Alert>
          ) : (
            <Form {...form}>
              <TermsFields {...form} versions={versions} />
              <Submit>Record these terms</Submit>
            </Form>
          )}
        </Card>
      ),
    });
  },
});

export const offerTerms: Action = defineAction({
  name: 'offer-terms',
  path: `${PARTNER_PATH}/agreements/new`,
  access: CARE,
  page: showTermsOffer,
  fields: TERMS_POINTERS,
  send: async ({ api, programme, params }, form, idempotencyKey) => {
    const { programId, timeZone } = programme;
    const { partnerId = '' } = params;
    const { status } = await api.call(amendAgreementRoute, {
      params: { programId, partnerId },
      idempotencyKey,
      body: termsOf(form, timeZone),
    });
    const done =
      status === 'proposed'
        ? 'The terms are offered; they count once the partner accepts them.'
        : 'The terms are recorded.';
    return redirect(`${partnerHref(programId, partnerId)}#agreements`, done);
  },
});
