import { Field, Form, Select, Submit } from '#console/ui/form';
import { Card, Facts, Stack } from '#console/ui/parts';
import { type Action, defineAction, definePage, type Page, redirect, view } from '#functions/console/web/page';
import { PARTNER_PATH, partnerHref } from '#functions/console/web/paths';
import { getBillingRoute } from '#shared/contracts/partners/get-billing';
import { setBillingRoute } from '#shared/contracts/partners/set-billing';

const READERS = ['partner', 'partner_manager', 'finance', 'approver', 'admin'] as const;
const WRITERS = ['partner', 'partner_manager', 'finance', 'admin'] as const;

/** Who a partner is on its self-billing invoices. */
export const showBilling = definePage({
  name: 'show-billing',
  path: `${PARTNER_PATH}/billing`,
  access: READERS,
  show: async (visit) => {
    const { api, params, programme } = visit;
    const { programId } = programme;
    const { partnerId = '' } = params;
    const billing = await api.maybe(getBillingRoute, { params: { programId, partnerId } });
    const [taxId] = billing?.taxIds ?? [];
    return view({
      title: 'Invoice details',
      lead: 'Each approved statement is also the invoice that the programme issues on the partner’s behalf (self-billing). This is what stands on it.',
      body: (
        <Stack>
          {visit.may(...WRITERS) ? (
            <Card title={billing ? 'On invoices from now on' : 'Fill this in before the first invoice'}>
              <Form visit={visit} action={setBilling}>
                <Field
                  visit={visit}
                  action={setBilling}
                  name="legalName"
                  label="Legal name"
                  value={billing?.legalName}
                  required
                />
                <Field
                  visit={visit}
                  action={setBilling}
                  name="addressLines"
                  label="Address"
                  hint="Street, place and postal code, up to four lines."
                  value={billing?.addressLines.join('\n')}
                  rows={4}
                  required
                />
                <Field
                  visit={visit}
                  action={setBilling}
                  name="country"
                  label="Country"
                  hint="Two letters, such as GB or DE."
                  value={billing?.country}
                  maxLength={2}
                  required
                />
                <Field
                  visit={visit}
                  action={setBilling}
                  name="taxNumber"
                  label="VAT or tax number"
                  hint="Its check digits are verified where the country has them."
                  value={taxId?.value}
                  required={false}
                />
                <Select
                  visit={visit}
                  action={setBilling}
                  name="taxKind"
                  label="Kind of number"
                  value={taxId?.kind ?? 'vat'}
                  options={[
                    ['vat', 'VAT number'],
                    ['tax', 'Another tax number of a business'],
                  ]}
                />
                <Field
                  visit={visit}
                  action={setBilling}
                  name="taxCountry"
                  label="Country that gave the number"
                  hint="Two letters; left empty, the country above."
                  value={taxId?.country}
                  maxLength={2}
                  required={false}
                />
                <Submit>Save</Submit>
              </Form>
            </Card>
          ) : (
            <Card title="On invoices">
              <Facts
                rows={[
                  ['Legal name', billing?.legalName ?? 'not said yet'],
                  ['Address', billing?.addressLines.join(', ')],
                  ['Country', billing?.country],
                  ['Tax numbers', billing?.taxIds.map(({ value }) => value).join(', ')],
                ]}
              />
            </Card>
          )}
        </Stack>
      ),
    });
  },
});

export const setBilling: Action = defineAction({
  name: 'set-billing',
  path: `${PARTNER_PATH}/billing`,
  access: WRITERS,
  page: showBilling,
  fields: { '/taxIds/0/value': 'taxNumber', '/taxIds/0/country': 'taxCountry', '/taxIds/0/kind': 'taxKind' },
  send: async ({ api, params, programme: { programId } }, form) => {
    const { partnerId = '' } = params;
    const country = form.text('country').toUpperCase();
    const number = form.optional('taxNumber');
    const addressLines = form
      .text('addressLines')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const taxIds =
      number === undefined
        ? []
        : [
            {
              kind: form.optional('taxKind') === 'tax' ? ('tax' as const) : ('vat' as const),
              country: (form.optional('taxCountry') ?? country).toUpperCase(),
              value: number,
            },
          ];
    const body = { legalName: form.text('legalName'), addressLines, country, taxIds };
    await api.call(setBillingRoute, { params: { programId, partnerId }, body });
    return redirect(
      `${partnerHref(programId, partnerId)}/billing`,
      'Saved. Invoices from now on show it; earlier ones stay as they are.',
    );
  },
});

export const billingPages: readonly (Page | Action)[] = [showBilling, setBilling];
