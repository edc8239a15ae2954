import { Choices, Field, Form, Submit } from '#console/ui/form';
import { Badge, Card, Empty, Stack, Table, Time } from '#console/ui/parts';
import { BASE, baseOf } from '#functions/console/admin/admin-paths';
import { ROLE_CHOICES, roleName } from '#functions/console/admin/admin-words';
import { namesOf } from '#functions/console/web/names';
import { type Action, defineAction, definePage, type Page, redirect, view } from '#functions/console/web/page';
import { addPersonRoute } from '#shared/contracts/partners/people/add-person';
import { listPeopleRoute } from '#shared/contracts/partners/people/list-people';
import type { StaffRole } from '#shared/domain/people/roles';
import { PeopleTabs } from './people-tabs.tsx';

/** Who has roles in the programme, and the form that gives some. */
export const showPeople: Page = definePage({
  name: 'show-people',
  path: `${BASE}/people`,
  access: ['admin'],
  show: async (visit) => {
    const { api, format, me, programme } = visit;
    const { items } = await api.call(listPeopleRoute, { params: { programId: programme.programId } });
    const names = await namesOf(visit, { people: items.map(({ changedBy }) => changedBy) });
    return view({
      title: 'People',
      lead: 'Who may do what in this programme. People whose account has a role in every programme, from the groups of your identity provider, are not listed here.',
      body: (
        <>
          <PeopleTabs visit={visit} at="roles" />
          <Stack>
            <Card flush>
              {items.length === 0 ? (
                <Empty icon="people" title="Nobody has a role in this programme alone">
                  For now it is run by people with a role in every programme. Give somebody a role below.
                </Empty>
              ) : (
                <Table
                  caption="People with roles"
                  rows={items}
                  keyOf={({ personId }) => personId}
                  columns={[
                    {
                      label: 'Person',
                      cell: (one) => (
                        <>
                          <a href={`${baseOf(visit)}/people/${one.personId}`}>{one.name}</a>
                          {one.email.toLowerCase() === me.email?.toLowerCase() ? ' (you)' : ''}
                          <div class="text-secondary">{one.email}</div>
                        </>
                      ),
                    },
                    {
                      label: 'Roles',
                      cell: ({ roles }) => (
                        <span class="badges-list">
                          {roles.map((role) => (
                            <Badge key={role} tone="plain">
                              {roleName(role)}
                            </Badge>
                          ))}
                        </span>
                      ),
                    },
                    {
                      label: 'Is told',
                      isMinor: true,
                      cell: ({ staffPersonId }) => (staffPersonId === undefined ? 'Nothing' : 'What its roles need'),
                    },
                    {
                      label: 'Last changed',
                      isMinor: true,
                      cell: ({ changedAt, changedBy }) => (
                        <>
                          <Time at={changedAt} format={format} as="day" />
                          <div class="text-secondary">by {names.person(changedBy)}</div>
                        </>
                      ),
                    },
                  ]}
                />
              )}
            </Card>
            <Card
              title="Add somebody"
              lead="The person signs in with this address; an account for it must exist at your identity provider."
            >
              <Form visit={visit} action={addPerson}>
                <Field visit={visit} action={addPerson} name="name" label="Name" required maxLength={140} />
                <Field visit={visit} action={addPerson} name="email" label="E-mail address" type="email" required />
                <Choices
                  visit={visit}
                  action={addPerson}
                  name="roles"
                  label="Roles"
                  type="checkbox"
                  chosen={[]}
                  options={ROLE_CHOICES}
                  hint="Whoever makes somebody admin, finance or approver cannot approve the next payout run."
                />
                <Submit>Give these roles</Submit>
              </Form>
            </Card>
          </Stack>
        </>
      ),
    });
  },
});

export const addPerson: Action = defineAction({
  name: 'add-person',
  path: `${BASE}/people`,
  access: ['admin'],
  page: showPeople,
  send: async (visit, form, idempotencyKey) => {
    const person = await visit.api.call(addPersonRoute, {
      params: { programId: visit.programme.programId },
      body: { name: form.text('name'), email: form.text('email'), roles: [...form.list('roles')] as StaffRole[] },
      idempotencyKey,
    });
    return redirect(`${baseOf(visit)}/people`, `${person.name} has these roles within half a minute.`);
  },
});
