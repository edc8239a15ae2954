import { Choices, Field, Form, Submit } from '#console/ui/form';
import { Alert, Card, Empty, Facts, Stack } from '#console/ui/parts';
import { FieldProblem, type Form as Fields } from '#functions/console/web/form';
import { type Action, defineAction, definePage, type Page, redirect, view } from '#functions/console/web/page';
import { PARTNER_PATH, partnerHref } from '#functions/console/web/paths';
import { changePayeeRoute } from '#shared/contracts/partners/change-payee';
import { getPartnerRoute } from '#shared/contracts/partners/get-partner';
import { getProgramRoute } from '#shared/contracts/payouts/programs/get-program';
import { PAYOUT_RAILS, type PayoutRail } from '#shared/domain/ledger/payout';
import { railName } from './payout-words.ts';

const READERS = ['partner', 'partner_manager', 'finance', 'approver', 'admin'] as const;
const WRITERS = ['partner', 'partner_manager', 'finance', 'admin'] as const;

const RAIL_HINTS: Readonly<Record<PayoutRail, string>> = {
  bank_file: 'A transfer from the bank: needs an IBAN.',
  nacha: 'A transfer within the United States: needs routing and account number.',
  stripe: 'To a connected Stripe account.',
  paypal: 'To the e-mail address of a PayPal account.',
  sandbox: 'For trials: nothing is paid.',
};

/** Where a partner is paid: what is known of it, and a change step by step: first how, then the details. */
export const showPayee = definePage({
  name: 'show-payee',
  path: `${PARTNER_PATH}/payee`,
  access: READERS,
  show: async (visit) => {
    const { api, format, params, programme, query, failed } = visit;
    const { programId } = programme;
    const { partnerId = '' } = params;
    const [partner, program] = await Promise.all([
      api.call(getPartnerRoute, { params: { programId, partnerId } }),
      api.call(getProgramRoute, { params: { programId } }),
    ]);
    const isStaff = visit.may('partner_manager', 'finance', 'admin');
    const rails = isStaff ? PAYOUT_RAILS : program.payeeRules.partnerRails;
    const wanted = failed?.values.rail?.[0] ?? query.get('rail');
    const chosen = rails.find((rail) => rail === wanted);
    const address = `${partnerHref(programId, partnerId)}/payee`;
    const { payee } = partner;
    return view({
      title: 'Payment details',
      lead: 'Where commission is paid to. Details are kept encrypted; only their end is ever shown.',
      body: (
        <Stack>
          {partner.whatToDo ? (
            <Alert tone="attention" title="Nothing is paid at the moment">
              <p>{partner.whatToDo}</p>
            </Alert>
          ) : null}
          <Card title="Now">
            {payee ? (
              <Facts
                rows={[
                  ['Paid by', railName(payee.rail)],
                  ['Name of the holder', payee.name],
                  ['Account', endingOf(payee)],
                  ['Changed', format.moment(payee.changedAt)],
                  ['Used from', payee.usableFrom ? format.moment(payee.usableFrom) : 'now'],
                ]}
              />
            ) : (
              <Empty icon="bank" title="Nobody has said yet where to pay">
                What is earned meanwhile stays owed and is paid once this is filled in.
              </Empty>
            )}
          </Card>
          {visit.may(...WRITERS) ? (
            <Card
              title={payee ? 'Change it' : 'Fill it in'}
              lead={`A change asks for a sign-in of the last ${program.payeeRules.freshLoginMinutes} minutes, is told by e-mail to the address known so far, and rests for ${program.payeeRules.payeeCooldownHours} hours before it is used.`}
            >
              <form method="get" action={address} class="form-inline mb-3">
                <div class="field">
                  <label class="form-label" for="rail">
                    How to be paid
                  </label>
                  <select id="rail" name="rail" class="form-select" data-submits="">
                    <option value="">Choose</option>
                    {rails.map((rail) => (
                      <option key={rail} value={rail} selected={rail === chosen}>
                        {railName(rail)}
                      </option>
                    ))}
                  </select>
                </div>
                <button type="submit" class="btn">
                  Go on
                </button>
              </form>
              {chosen ? (
                <Form visit={visit} action={changePayee}>
                  <p class="text-secondary">{RAIL_HINTS[chosen]}</p>
                  <input type="hidden" name="rail" value={chosen} />
                  <Field
                    visit={visit}
                    action={changePayee}
                    name="name"
                    label="Name of the holder"
                    hint="As the bank or service knows it."
                    value={payee?.rail === chosen ? payee.name : partner.name}
                    required
                  />
                  {detailsOf(chosen).map((field) =>
                    field.options ? (
                      <Choices
                        key={field.name}
                        visit={visit}
                        action={changePayee}
                        name={field.name}
                        label={field.label}
                        type="radio"
                        chosen={[field.options[0]?.[0] ?? '']}
                        options={field.options}
                      />
                    ) : (
                      <Field
                        key={field.name}
                        visit={visit}
                        action={changePayee}
                        name={field.name}
                        label={field.label}
                        hint={field.hint}
                        required={!field.isOptional}
                      />
                    ),
                  )}
                  <Submit>Save these details</Submit>
                </Form>
              ) : null}
            </Card>
          ) : null}
        </Stack>
      ),
    });
  },
});

const endingOf = ({
  ibanEnding,
  accountEnding,
}: {
  ibanEnding?: string | undefined;
  accountEnding?: string | undefined;
}) => (ibanEnding ? `IBAN ending in ${ibanEnding}` : accountEnding ? `ending in ${accountEnding}` : undefined);

type Detail = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly isOptional?: boolean;
  readonly options?: readonly (readonly [string, string])[];
};

const DETAILS: Readonly<Record<PayoutRail, readonly Detail[]>> = {
  bank_file: [
    { name: 'iban', label: 'IBAN', hint: 'With or without spaces, such as GB33 BUKB 2020 1555 5555 55.' },
    { name: 'bic', label: 'BIC', hint: 'Only where the bank asks for it.', isOptional: true },
  ],
  nacha: [
    { name: 'routingNumber', label: 'Routing number (ABA)', hint: 'Nine digits.' },
    { name: 'accountNumber', label: 'Account number', hint: '4 to 17 digits.' },
    {
      name: 'accountType',
      label: 'Kind of account',
      options: [
        ['checking', 'Checking'],
        ['savings', 'Savings'],
      ],
    },
  ],
  stripe: [{ name: 'stripeAccountId', label: 'Stripe account', hint: 'Its id, such as acct_1A2b3C.' }],
  paypal: [{ name: 'paypalEmail', label: 'E-mail address of the PayPal account' }],
  sandbox: [
    {
      name: 'behaviour',
      label: 'What the trial rail does',
      options: [
        ['settle', 'It pays'],
        ['fail', 'It fails'],
        ['return', 'It pays and the money comes back'],
      ],
    },
  ],
};

const detailsOf = (rail: PayoutRail): readonly Detail[] => DETAILS[rail];

/** By the rail that the form names; which details that needs, the API decides. */
function payeeOf(form: Fields): Parameters<typeof changePayeeRoute.body.parse>[0] {
  const rail = PAYOUT_RAILS.find((one) => one === form.text('rail'));
  if (!rail) throw new FieldProblem('rail', 'must be one of the ways that are offered');
  const details = detailsOf(rail).flatMap(({ name, isOptional }) => {
    const value = isOptional ? form.optional(name) : form.text(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { rail, name: form.text('name'), ...Object.fromEntries(details) };
}

export const changePayee: Action = defineAction({
  name: 'change-payee',
  path: `${PARTNER_PATH}/payee`,
  access: WRITERS,
  page: showPayee,
  send: async ({ api, params, programme: { programId } }, form) => {
    const { partnerId = '' } = params;
    const body = payeeOf(form) as never;
    const payee = await api.call(changePayeeRoute, { params: { programId, partnerId }, body });
    const rests = payee.usableFrom ? ' They are used after the waiting time below.' : '';
    return redirect(`${partnerHref(programId, partnerId)}/payee`, `The payment details are saved.${rests}`);
  },
});

export const payeePages: readonly (Page | Action)[] = [showPayee, changePayee];
