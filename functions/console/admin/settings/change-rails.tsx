import { Choices, Field, Form, Submit, Tick } from '#console/ui/form';
import { Badge, Card, Facts, Stack, Time } from '#console/ui/parts';
import { BASE, requireSure } from '#functions/console/admin/admin-paths';
import { FieldProblem, type Form as SentForm } from '#functions/console/web/form';
import { namesOf } from '#functions/console/web/names';
import { type Action, defineAction, definePage, type Page, redirect, view } from '#functions/console/web/page';
import { listRailsRoute } from '#shared/contracts/payouts/rails/list-rails';
import { removeRailRoute } from '#shared/contracts/payouts/rails/remove-rail';
import { setRailRoute } from '#shared/contracts/payouts/rails/set-rail';
import { settingsOf } from './setting-values.ts';

const RAILS = [
  ['stripe', 'Stripe'],
  ['paypal', 'PayPal'],
] as const;
type Rail = (typeof RAILS)[number][0];

/** From which accounts partners are paid by Stripe and PayPal. */
export const showRails: Page = definePage({
  name: 'show-rails',
  path: `${BASE}/settings/rails`,
  access: ['admin'],
  show: async (visit) => {
    const { api, format, programme } = visit;
    const { items } = await api.call(listRailsRoute, { params: { programId: programme.programId } });
    const names = await namesOf(visit, { people: items.map(({ changedBy, onBehalfOf }) => onBehalfOf ?? changedBy) });
    return view({
      title: 'Stripe and PayPal',
      trail: [['Settings', settingsOf(visit)]],
      lead: 'The keys are asked whose they are before they are kept, and never shown again. Whoever sets them cannot approve the next run.',
      body: (
        <Stack>
          {RAILS.map(([rail, label]) => {
            const found = items.find((one) => one.rail === rail);
            const set = found?.enabled ? found : undefined;
            const formId = `set-${rail}`;
            const of = { visit, action: setRail, formId };
            return (
              <Card
                key={rail}
                title={label}
                actions={<Badge tone={set ? 'good' : 'plain'}>{set ? 'Set up' : 'Not set up'}</Badge>}
              >
                {set ? (
                  <Facts
                    rows={[
                      ['Account', set.account],
                      ['Pays', set.mode === 'live' ? 'Real money' : 'Play money (test)'],
                      ['Set', <Time key="set" at={set.changedAt} format={format} />],
                      ['By', names.person(set.onBehalfOf ?? set.changedBy)],
                    ]}
                  />
                ) : null}
                <Form visit={visit} action={setRail} params={{ rail }} id={formId}>
                  {rail === 'stripe' ? (
                    <Field
                      {...of}
                      name="stripeSecret"
                      label="Secret or restricted key"
                      type="password"
                      required
                      hint="Prefer a restricted key: write on Transfers, read on the account and on Events."
                    />
                  ) : (
                    <>
                      <Field {...of} name="clientId" label="Client id" required />
                      <Field {...of} name="clientSecret" label="Secret" type="password" required />
                      <Choices
                        {...of}
                        name="mode"
                        label="Which PayPal"
                        type="radio"
                        chosen={['live']}
                        options={[
                          ['live', 'The real one'],
                          ['test', 'The sandbox, which pays play money'],
                        ]}
                      />
                    </>
                  )}
                  <Submit tone={set ? 'plain' : 'primary'}>{set ? 'Replace the keys' : `Set up ${label}`}</Submit>
                </Form>
                {set ? (
                  <Form visit={visit} action={removeRail} params={{ rail }} id={`remove-${rail}`}>
                    <Tick
                      visit={visit}
                      action={removeRail}
                      formId={`remove-${rail}`}
                      name="sure"
                      label={`Yes, pay nobody by ${label} any more`}
                      hint={`Payouts that wait for it wait on. Withdraw the keys at ${label} too.`}
                    />
                    <Submit tone="danger">Remove {label}</Submit>
                  </Form>
                ) : null}
              </Card>
            );
          })}
        </Stack>
      ),
    });
  },
});

export const setRail: Action = defineAction({
  name: 'set-rail',
  path: `${BASE}/settings/rails/{rail}`,
  access: ['admin'],
  page: showRails,
  fields: { '/secretKey': 'stripeSecret' },
  send: async (visit, form) => {
    const rail = railOf(visit.params.rail);
    const params = { programId: visit.programme.programId, rail };
    await visit.api.call(setRailRoute, { params, body: keysOf(rail, form) });
    return redirect(`${settingsOf(visit)}/rails`, 'The keys are kept, and partners can be paid this way.');
  },
});

export const removeRail: Action = defineAction({
  name: 'remove-rail',
  path: `${BASE}/settings/rails/{rail}/remove`,
  access: ['admin'],
  page: showRails,
  send: async (visit, form) => {
    requireSure(form);
    const params = { programId: visit.programme.programId, rail: railOf(visit.params.rail) };
    await visit.api.call(removeRailRoute, { params });
    return redirect(`${settingsOf(visit)}/rails`, 'Nobody is paid this way any more.');
  },
});

function keysOf(rail: Rail, form: SentForm) {
  if (rail === 'stripe') return { secretKey: form.text('stripeSecret') };
  const mode = form.text('mode') === 'test' ? ('test' as const) : ('live' as const);
  return { clientId: form.text('clientId'), clientSecret: form.text('clientSecret'), mode };
}

function railOf(rail: string | undefined): Rail {
  if (rail === 'stripe' || rail === 'paypal') return rail;
  throw new FieldProblem('rail', 'must be Stripe or PayPal');
}
