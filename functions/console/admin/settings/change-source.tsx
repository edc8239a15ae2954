import { linesOf } from '#console/admin/settings/setting-kinds';
import { Field, Form, Submit } from '#console/ui/form';
import { Card, Stack } from '#console/ui/parts';
import { BASE } from '#functions/console/admin/admin-paths';
import type { Form as SentForm } from '#functions/console/web/form';
import { type Action, defineAction, definePage, type Page, redirect, view } from '#functions/console/web/page';
import { changePayoutPolicyRoute } from '#shared/contracts/payouts/programs/change-payout-policy';
import { changePayoutSourceRoute } from '#shared/contracts/payouts/programs/change-payout-source';
import { getProgramRoute } from '#shared/contracts/payouts/programs/get-program';
import { settingsOf } from './setting-values.ts';

/** From which accounts files for banks pay, and who is named on invoices. */
export const showSource: Page = definePage({
  name: 'show-payout-source',
  path: `${BASE}/settings/source`,
  access: ['admin'],
  show: async (visit) => {
    const { payouts } = await visit.api.call(getProgramRoute, { params: { programId: visit.programme.programId } });
    const { bankFile, nacha } = payouts?.source ?? {};
    const issuer = payouts?.issuer;
    const of = { visit, action: changeSource };
    const by = { visit, action: changeIssuer };
    return view({
      title: 'Where money comes from',
      trail: [['Settings', settingsOf(visit)]],
      lead: 'Whoever changes the accounts cannot approve the next run. A run pays from what was set when it was summarised.',
      body: (
        <Stack>
          <Card title="Accounts">
            <Form visit={visit} action={changeSource}>
              <fieldset class="form-stack">
                <legend class="form-label fw-bold">Bank files (SEPA and others)</legend>
                <Field
                  {...of}
                  name="name"
                  label="Account holder"
                  value={bankFile?.name}
                  hint="All three empty: the account of the installation."
                />
                <Field {...of} name="iban" label="IBAN" value={bankFile?.iban} />
                <Field {...of} name="bic" label="BIC" value={bankFile?.bic} required={false} />
              </fieldset>
              <fieldset class="form-stack">
                <legend class="form-label fw-bold">ACH files in the United States</legend>
                <Field
                  {...of}
                  name="companyName"
                  label="Company name"
                  value={nacha?.companyName}
                  maxLength={16}
                  hint="What partners read on their statement. All of it is in your bank's set-up letter; all empty: nobody is paid by ACH."
                />
                <Field {...of} name="companyId" label="Company id" value={nacha?.companyId} />
                <Field
                  {...of}
                  name="originatingDfi"
                  label="Routing number of the originating bank"
                  value={nacha?.originatingDfi}
                  inputMode="numeric"
                />
                <Field
                  {...of}
                  name="bankName"
                  label="Bank that takes the file"
                  value={nacha?.bankName}
                  maxLength={23}
                />
                <Field
                  {...of}
                  name="immediateDestination"
                  label="Routing number of where the file is sent"
                  value={nacha?.immediateDestination}
                  required={false}
                />
                <Field
                  {...of}
                  name="immediateOrigin"
                  label="By what that place knows you"
                  value={nacha?.immediateOrigin}
                  required={false}
                />
              </fieldset>
              <Submit>Save the accounts</Submit>
            </Form>
          </Card>
          <Card
            title="On invoices"
            lead="The company in whose books this programme is: the recipient of self-billing invoices."
          >
            <Form visit={visit} action={changeIssuer}>
              <Field
                {...by}
                name="legalName"
                label="Legal name"
                value={issuer?.legalName}
                required={false}
                hint="All empty: nobody is named."
              />
              <Field
                {...by}
                name="addressLines"
                label="Address"
                value={issuer?.addressLines.join('\n')}
                rows={4}
                required={false}
                hint="At most four lines."
              />
              <Field {...by} name="taxId" label="Tax number" value={issuer?.taxId} required={false} />
              <Submit>Save the company</Submit>
            </Form>
          </Card>
        </Stack>
      ),
    });
  },
});

export const changeSource: Action = defineAction({
  name: 'change-payout-source',
  path: `${BASE}/settings/source`,
  access: ['admin'],
  page: showSource,
  fields: { '/bankFile/name': 'name' },
  send: async (visit, form) => {
    const bankFile = given(form, ['name', 'iban', 'bic']);
    const nacha = given(form, [
      ...['companyName', 'companyId', 'originatingDfi'],
      ...['bankName', 'immediateDestination', 'immediateOrigin'],
    ]);
    // What is missing of an account the API says, at its field.
    const body = { ...(bankFile ? { bankFile } : {}), ...(nacha ? { nacha } : {}) } as never;
    await visit.api.call(changePayoutSourceRoute, { params: { programId: visit.programme.programId }, body });
    return redirect(settingsOf(visit), 'The accounts were changed.');
  },
});

export const changeIssuer: Action = defineAction({
  name: 'change-issuer',
  path: `${BASE}/settings/issuer`,
  access: ['admin'],
  page: showSource,
  send: async (visit, form) => {
    const named = given(form, ['legalName', 'taxId']);
    const addressLines = [...linesOf(form.optional('addressLines'))];
    const issuer = named || addressLines.length > 0 ? ({ ...named, addressLines } as never) : null;
    await visit.api.call(changePayoutPolicyRoute, {
      params: { programId: visit.programme.programId },
      body: { payouts: { issuer } },
    });
    return redirect(settingsOf(visit), 'The company on invoices was changed.');
  },
});

/** What was filled in; `undefined` when nothing was. Numbers of accounts may be written with blanks. */
function given(form: SentForm, names: readonly string[]): Readonly<Record<string, string>> | undefined {
  const entries = names.flatMap((name) => {
    const value = form.optional(name);
    if (value === undefined) return [];
    return [[name, name === 'iban' || name === 'bic' ? value.replaceAll(/\s/g, '').toUpperCase() : value] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
