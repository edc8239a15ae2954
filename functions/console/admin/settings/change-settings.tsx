import { STEP_FIELDS } from '#console/admin/settings/composite-settings';
import type { Setting } from '#console/admin/settings/setting-kinds';
import { Form, Submit } from '#console/ui/form';
import { ButtonLink, Card } from '#console/ui/parts';
import { BASE } from '#functions/console/admin/admin-paths';
import type { Form as SentForm } from '#functions/console/web/form';
import {
  type Action,
  defineAction,
  definePage,
  type Page,
  redirect,
  type Visit,
  view,
} from '#functions/console/web/page';
import { changeControlsRoute } from '#shared/contracts/payouts/programs/change-controls';
import { changePayoutPolicyRoute } from '#shared/contracts/payouts/programs/change-payout-policy';
import { changeSettingsRoute } from '#shared/contracts/payouts/programs/change-settings';
import { getProgramRoute } from '#shared/contracts/payouts/programs/get-program';
import { isSame, type Program, settingsOf, settingValue } from './setting-values.ts';
import type { SettingsGroup } from './settings-group.ts';
import { SETTINGS_GROUPS } from './settings-groups.ts';

/** A page and a form for each group of settings. */
export const settingsChangePages: readonly (Page | Action)[] = SETTINGS_GROUPS.flatMap((group) => {
  const path = `${BASE}/settings/${group.id}`;
  const page: Page = definePage({
    name: `show-${group.id}-settings`,
    path,
    access: group.changedBy,
    show: async (visit) => {
      const program = await visit.api.call(getProgramRoute, { params: { programId: visit.programme.programId } });
      return view({
        title: group.title,
        trail: [['Settings', settingsOf(visit)]],
        lead: group.lead,
        body: (
          <Card>
            <Form visit={visit} action={change}>
              {/* After a refusal those of the page that was filled in: what changed since is not what the person saw. */}
              <input
                type="hidden"
                name="shown"
                value={visit.failed?.values.shown?.[0] ?? JSON.stringify(valuesOf(group, program))}
              />
              {group.settings.map((setting) => (
                <div key={setting.name}>
                  {setting.ask({ visit, action: change, value: settingValue(program, setting) })}
                </div>
              ))}
              <div class="btn-list">
                <Submit>Save</Submit>
                <ButtonLink href={settingsOf(visit)}>Cancel</ButtonLink>
              </div>
            </Form>
          </Card>
        ),
      });
    },
  });
  const change: Action = defineAction({
    name: `change-${group.id}-settings`,
    path,
    access: group.changedBy,
    page,
    fields: STEP_FIELDS,
    send: (visit, form) => send(group, visit, form),
  });
  return [page, change];
});

/** By section and name, as a form showed them. */
function valuesOf({ settings }: SettingsGroup, program: Program): Readonly<Record<string, unknown>> {
  return Object.fromEntries(settings.map((setting) => [placeOf(setting), settingValue(program, setting) ?? null]));
}

const placeOf = ({ section, name }: Setting): string => `${section}.${name}`;

/** What the person saw; what holds now for a form that does not say it. */
function shownIn(form: SentForm, group: SettingsGroup, program: Program): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(form.text('shown')) as Readonly<Record<string, unknown>>;
  } catch {
    return valuesOf(group, program);
  }
}

/** Sends what differs from what was shown, and from what holds now, and nothing else: what others changed meanwhile stays. */
async function send(group: SettingsGroup, visit: Visit, form: SentForm) {
  const params = { programId: visit.programme.programId };
  const entered = group.settings.map((setting) => [setting, setting.read(form, visit)] as const);
  const program = await visit.api.call(getProgramRoute, { params });
  const shown = shownIn(form, group, program);
  const changed = entered.filter(
    ([setting, value]) => !isSame(shown[placeOf(setting)], value) && !isSame(settingValue(program, setting), value),
  );
  if (changed.length === 0) return redirect(settingsOf(visit), 'Nothing was changed: everything is as before.');
  // Each value was entered for the field of the same name, and the API holds it against its schema.
  const body = bodyOf(changed) as never;
  if (group.id === 'controls') await visit.api.call(changeControlsRoute, { params, body });
  else if (group.id === 'approvals' || group.id === 'paying') {
    await visit.api.call(changePayoutPolicyRoute, { params, body });
  } else await visit.api.call(changeSettingsRoute, { params, body });
  const labels = visit.format.list(changed.map(([{ label }]) => `“${label}”`));
  return redirect(settingsOf(visit), `Saved: ${labels}.`);
}

/** By section and name. */
function bodyOf(changed: readonly (readonly [Setting, unknown])[]): Readonly<Record<string, object>> {
  const body: Record<string, Record<string, unknown>> = {};
  for (const [{ section, name }, value] of changed) body[section] = { ...body[section], [name]: value };
  return body;
}
