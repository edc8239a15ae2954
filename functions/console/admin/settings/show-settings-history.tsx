import type { Setting } from '#console/admin/settings/setting-kinds';
import { Badge, Card, Empty, Stack, Table, Time } from '#console/ui/parts';
import { BASE } from '#functions/console/admin/admin-paths';
import { namesOf } from '#functions/console/web/names';
import { definePage, type Page, type Visit, view } from '#functions/console/web/page';
import { listProgramChangesRoute } from '#shared/contracts/payouts/programs/list-program-changes';
import { settingsOf } from './setting-values.ts';
import { SETTINGS_GROUPS } from './settings-groups.ts';

const KINDS = { settings: 'Settings', controls: 'Limits', policy: 'Payout rules' } as const;
const SETTINGS = new Map(
  SETTINGS_GROUPS.flatMap(({ settings }) =>
    settings.map((one): [string, Setting] => [`${one.section}.${one.name}`, one]),
  ),
);

/** Every change of settings, limits and rules, with what was before. */
export const showSettingsHistory: Page = definePage({
  name: 'show-settings-history',
  path: `${BASE}/settings/history`,
  access: ['partner_manager', 'finance', 'approver', 'admin'],
  show: async (visit) => {
    const { api, format, programme } = visit;
    const { items } = await api.call(listProgramChangesRoute, { params: { programId: programme.programId } });
    const names = await namesOf(visit, { people: items.map(({ by, onBehalfOf }) => onBehalfOf ?? by) });
    return view({
      title: 'All changes',
      trail: [['Settings', settingsOf(visit)]],
      lead: 'Newest first. Each is in the audit trail too.',
      body: (
        <Stack>
          {items.length === 0 ? (
            <Card>
              <Empty icon="settings" title="Nothing was changed yet">
                The programme goes by what it was made with.
              </Empty>
            </Card>
          ) : (
            items.map((change) => (
              <Card
                key={`${change.of}-${change.version}`}
                flush
                title={
                  <>
                    <Time at={change.at} format={format} /> by {names.person(change.onBehalfOf ?? change.by)}
                  </>
                }
                actions={<Badge tone="plain">{KINDS[change.of]}</Badge>}
              >
                <Table
                  caption={`Change ${change.version} of ${KINDS[change.of].toLowerCase()}`}
                  rows={change.fields}
                  keyOf={({ field }) => field}
                  columns={[
                    { label: 'Setting', cell: ({ field }) => SETTINGS.get(field)?.label ?? field },
                    { label: 'Before', cell: ({ field, before }) => shown(field, before, visit) },
                    { label: 'After', cell: ({ field, after }) => shown(field, after, visit) },
                  ]}
                />
              </Card>
            ))
          )}
        </Stack>
      ),
    });
  },
});

function shown(field: string, value: unknown, visit: Visit) {
  const setting = SETTINGS.get(field);
  if (setting) return setting.show(value ?? undefined, visit);
  return value === undefined || value === null ? 'Not set' : <code>{JSON.stringify(value)}</code>;
}
