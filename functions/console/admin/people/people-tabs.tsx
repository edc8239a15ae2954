import type { JSX } from 'preact';
import { Tabs } from '#console/ui/parts';
import { baseOf } from '#functions/console/admin/admin-paths';
import type { Visit } from '#functions/console/web/page';

/** Who may do what, and who is told: two lists, kept together. */
export function PeopleTabs({ visit, at }: { readonly visit: Visit; readonly at: 'roles' | 'told' }): JSX.Element {
  const base = `${baseOf(visit)}/people`;
  return (
    <Tabs
      label="People"
      tabs={[
        ['Roles', base, at === 'roles'],
        ['Who is told', `${base}/told`, at === 'told'],
      ]}
    />
  );
}
