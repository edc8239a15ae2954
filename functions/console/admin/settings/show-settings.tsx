import type { ComponentChildren, JSX } from 'preact';
import { settingsTable } from '#console/admin/settings/settings-table';
import { ButtonLink, Card, Facts, Stack } from '#console/ui/parts';
import { BASE } from '#functions/console/admin/admin-paths';
import type { Format } from '#functions/console/web/format';
import { namesOf } from '#functions/console/web/names';
import { definePage, type Page, view } from '#functions/console/web/page';
import { getEscalationContactRoute } from '#shared/contracts/partners/get-escalation-contact';
import { getProgramRoute } from '#shared/contracts/payouts/programs/get-program';
import { listProgramChangesRoute } from '#shared/contracts/payouts/programs/list-program-changes';
import { listRailsRoute } from '#shared/contracts/payouts/rails/list-rails';
import { type Program, settingsOf } from './setting-values.ts';
import { SETTINGS_GROUPS } from './settings-groups.ts';

/** Everything that a programme goes by, with who said so last. */
export const showSettings: Page = definePage({
  name: 'show-settings',
  path: `${BASE}/settings`,
  access: ['partner_manager', 'finance', 'approver', 'admin'],
  show: async (visit) => {
    const { api, may, programme } = visit;
    const params = { programId: programme.programId };
    const [program, { items: changes }, contact, rails] = await Promise.all([
      api.call(getProgramRoute, { params }),
      api.call(listProgramChangesRoute, { params }),
      api.maybe(getEscalationContactRoute, { params }),
      api.maybe(listRailsRoute, { params }),
    ]);
    const names = await namesOf(visit, { people: changes.map(({ by }) => by) });
    const change = (to: string): JSX.Element => (
      <ButtonLink href={`${settingsOf(visit)}/${to}`} icon="edit">
        Change
      </ButtonLink>
    );
    return view({
      title: 'Settings',
      lead: `What ${programme.name} goes by. Each change is kept with who made it.`,
      actions: (
        <ButtonLink href={`${settingsOf(visit)}/history`} icon="clock">
          All changes
        </ButtonLink>
      ),
      body: (
        <Stack>
          <Card title="Programme" lead="Fixed when it was made: past months were computed by it.">
            <Facts rows={basics(program, visit.format)} />
          </Card>
          {SETTINGS_GROUPS.map((group) => (
            <Card
              key={group.id}
              title={group.title}
              lead={group.lead}
              flush
              actions={may(...group.changedBy) ? change(group.id) : undefined}
            >
              {settingsTable({ visit, group, program, changes, names })}
            </Card>
          ))}
          <Card title="Where money comes from" actions={may('admin') ? change('source') : undefined}>
            <Facts rows={sourceFacts(program)} />
          </Card>
          {rails === undefined ? null : (
            <Card title="Stripe and PayPal" actions={may('admin') ? change('rails') : undefined}>
              {rails.items.some(({ enabled }) => enabled) ? (
                <Facts
                  rows={rails.items
                    .filter(({ enabled }) => enabled)
                    .map(({ rail, account, mode }): readonly [string, ComponentChildren] => [
                      rail === 'stripe' ? 'Stripe' : 'PayPal',
                      `${account}${mode === 'test' ? ' (test: play money)' : ''}`,
                    ])}
                />
              ) : (
                <p class="text-secondary mb-0">Nobody is paid by Stripe or PayPal yet.</p>
              )}
            </Card>
          )}
          {contact === undefined ? null : (
            <Card
              title="Who hears of what waits"
              lead="Of disputes and held sales that were not answered in time, and of runs that wait for a decision."
              actions={may('admin') ? change('escalation') : undefined}
            >
              <Facts
                rows={[
                  ['Escalation contact', contact.email ?? 'Nobody'],
                  ['Told of waiting runs besides', contact.approverEmails?.join(', ') ?? 'Nobody'],
                ]}
              />
            </Card>
          )}
        </Stack>
      ),
    });
  },
});

function basics(program: Program, format: Format): readonly (readonly [string, ComponentChildren])[] {
  const { name, currency, timeZone, holdDays, booksOpenFrom } = program;
  return [
    ['Name', name],
    ['Currency', currency],
    ['Time zone', timeZone],
    ['A sale counts as earned after', `${holdDays} ${holdDays === 1 ? 'day' : 'days'}`],
    ['Smallest payout', format.amount(program.minimumPayoutMinor, currency)],
    ['Books open from', format.period(booksOpenFrom)],
  ];
}

function sourceFacts({ payouts }: Program): readonly (readonly [string, ComponentChildren])[] {
  const { bankFile, nacha } = payouts?.source ?? {};
  return [
    ['Bank files pay from', bankFile ? `${bankFile.name}, ${bankFile.iban}` : 'The account of the installation'],
    ['ACH files pay from', nacha ? `${nacha.companyName} at ${nacha.bankName}` : 'No account yet'],
    ['On invoices', payouts?.issuer?.legalName ?? 'The name of the programme'],
  ];
}
