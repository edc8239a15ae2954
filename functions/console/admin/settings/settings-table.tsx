import type { JSX } from 'preact';
import { Table, Time } from '#console/ui/parts';
import {
  type Changes,
  lastChangeOf,
  type Program,
  settingValue,
} from '#functions/console/admin/settings/setting-values';
import type { SettingsGroup } from '#functions/console/admin/settings/settings-group';
import type { NamesOf } from '#functions/console/web/names';
import type { Visit } from '#functions/console/web/page';

/** The settings of a group as they are, with who changed each last. */
export function settingsTable({
  visit,
  group,
  program,
  changes,
  names,
}: {
  readonly visit: Visit;
  readonly group: SettingsGroup;
  readonly program: Program;
  readonly changes: Changes;
  readonly names: NamesOf;
}): JSX.Element {
  return (
    <Table
      caption={group.title}
      rows={group.settings}
      keyOf={({ section, name }) => `${section}.${name}`}
      columns={[
        { label: 'Setting', cell: ({ label }) => label },
        { label: 'Now', cell: (setting) => setting.show(settingValue(program, setting), visit) },
        {
          label: 'Last changed',
          isMinor: true,
          cell: (setting) => {
            const change = lastChangeOf(changes, setting);
            if (!change) return <span class="text-secondary">never</span>;
            return (
              <>
                <Time at={change.at} format={visit.format} as="day" />
                <div class="text-secondary">by {names.person(change.onBehalfOf ?? change.by)}</div>
              </>
            );
          },
        },
      ]}
    />
  );
}
