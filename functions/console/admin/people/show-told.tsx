import { Form, Submit, Tick } from '#console/ui/form';
import { Card, Empty, Stack, Table, Time } from '#console/ui/parts';
import { BASE, baseOf, notThere, requireSure } from '#functions/console/admin/admin-paths';
import { LANGUAGE_NAMES, roleName } from '#functions/console/admin/admin-words';
import {
  type Action,
  defineAction,
  definePage,
  type Page,
  redirect,
  type Visit,
  view,
} from '#functions/console/web/page';
import { addStaffPersonRoute } from '#shared/contracts/notifications/reading/add-staff-person';
import { changeStaffPersonRoute } from '#shared/contracts/notifications/reading/change-staff-person';
import { listStaffRoute } from '#shared/contracts/notifications/reading/list-staff';
import { removeStaffPersonRoute } from '#shared/contracts/notifications/reading/remove-staff-person';
import { PeopleTabs } from './people-tabs.tsx';
import { ToldFields, toldOf } from './told-fields.tsx';

const listOf = (visit: Visit): string => `${baseOf(visit)}/people/told`;
const languageOf = (language: string | undefined): string =>
  LANGUAGE_NAMES[(language ?? 'en') as keyof typeof LANGUAGE_NAMES] ?? 'English';

/** Who gets e-mail and an inbox. */
export const showTold: Page = definePage({
  name: 'show-told',
  path: `${BASE}/people/told`,
  access: ['admin'],
  show: async (visit) => {
    const { api, programme } = visit;
    const { items } = await api.call(listStaffRoute, { params: { programId: programme.programId } });
    return view({
      title: 'Who is told',
      lead: 'These people hear by e-mail and in their inbox of what needs them. Whoever is given a role is put here too; being here gives no right.',
      body: (
        <>
          <PeopleTabs visit={visit} at="told" />
          <Stack>
            <Card flush>
              {items.length === 0 ? (
                <Empty icon="mail" title="Nobody is on the list">
                  Until somebody is, the escalation contact of the settings is told instead.
                </Empty>
              ) : (
                <Table
                  caption="People who are told"
                  rows={items}
                  keyOf={({ personId }) => personId}
                  columns={[
                    {
                      label: 'Person',
                      cell: ({ personId, name, email }) => (
                        <>
                          <a href={`${listOf(visit)}/${personId}`}>{name}</a>
                          <div class="text-secondary">{email}</div>
                        </>
                      ),
                    },
                    { label: 'Is told what is for', cell: ({ roles }) => visit.format.list(roles.map(roleName)) },
                    { label: 'Language', isMinor: true, cell: ({ language }) => languageOf(language) },
                    {
                      label: 'Since',
                      isMinor: true,
                      cell: ({ createdAt }) => <Time at={createdAt} format={visit.format} as="day" />,
                    },
                  ]}
                />
              )}
            </Card>
            <Card title="Put somebody on the list">
              <Form visit={visit} action={addTold}>
                <ToldFields visit={visit} action={addTold} />
                <Submit>Put on the list</Submit>
              </Form>
            </Card>
          </Stack>
        </>
      ),
    });
  },
});

export const showToldPerson: Page = definePage({
  name: 'show-told-person',
  path: `${BASE}/people/told/{personId}`,
  access: ['admin'],
  show: async (visit) => {
    const { api, params, programme } = visit;
    const { items } = await api.call(listStaffRoute, { params: { programId: programme.programId } });
    const told = items.find(({ personId }) => personId === params.personId);
    if (!told) throw notThere();
    return view({
      title: told.name,
      trail: [
        ['People', `${baseOf(visit)}/people`],
        ['Who is told', listOf(visit)],
      ],
      lead: 'Each person chooses in its own notifications how and when it hears of what.',
      body: (
        <Stack>
          <Card title="Change">
            <Form visit={visit} action={changeTold}>
              <ToldFields visit={visit} action={changeTold} told={told} />
              <Submit>Save</Submit>
            </Form>
          </Card>
          <Card title="Take off the list">
            <p>What waits for this person is not sent. Roles stay as they are; name and address are forgotten here.</p>
            <Form visit={visit} action={removeTold}>
              <Tick visit={visit} action={removeTold} name="sure" label={`Yes, tell ${told.email} nothing any more`} />
              <Submit tone="danger">Take off the list</Submit>
            </Form>
          </Card>
        </Stack>
      ),
    });
  },
});

export const addTold: Action = defineAction({
  name: 'add-told-person',
  path: `${BASE}/people/told`,
  access: ['admin'],
  page: showTold,
  send: async (visit, form, idempotencyKey) => {
    const { language, timeZone, ...told } = toldOf(form);
    await visit.api.call(addStaffPersonRoute, {
      params: { programId: visit.programme.programId },
      body: { ...told, ...(language ? { language } : {}), ...(timeZone ? { timeZone } : {}) },
      idempotencyKey,
    });
    return redirect(listOf(visit), `${told.name} is on the list.`);
  },
});

export const changeTold: Action = defineAction({
  name: 'change-told-person',
  path: `${BASE}/people/told/{personId}`,
  access: ['admin'],
  page: showToldPerson,
  send: async (visit, form) => {
    const personId = visit.params.personId ?? '';
    const told = toldOf(form);
    await visit.api.call(changeStaffPersonRoute, {
      params: { programId: visit.programme.programId, personId },
      body: told,
    });
    return redirect(listOf(visit), `What ${told.name} is told was changed.`);
  },
});

export const removeTold: Action = defineAction({
  name: 'remove-told-person',
  path: `${BASE}/people/told/{personId}/remove`,
  access: ['admin'],
  page: showToldPerson,
  send: async (visit, form) => {
    requireSure(form);
    const personId = visit.params.personId ?? '';
    await visit.api.call(removeStaffPersonRoute, { params: { programId: visit.programme.programId, personId } });
    return redirect(listOf(visit), 'Nothing is told to this person any more.');
  },
});
