import { Choices, Form, Submit, Tick } from '#console/ui/form';
import { Alert, Card, Facts, Stack, Time } from '#console/ui/parts';
import { BASE, baseOf, notThere, requireSure } from '#functions/console/admin/admin-paths';
import { ROLE_CHOICES, roleName } from '#functions/console/admin/admin-words';
import type { Form as SentForm } from '#functions/console/web/form';
import { namesOf } from '#functions/console/web/names';
import { type Action, defineAction, definePage, type Page, redirect, view } from '#functions/console/web/page';
import { changePersonRoute } from '#shared/contracts/partners/people/change-person';
import { listPeopleRoute } from '#shared/contracts/partners/people/list-people';
import { removePersonRoute } from '#shared/contracts/partners/people/remove-person';
import { STAFF_ROLES, type StaffRole } from '#shared/domain/people/roles';

/** One person's roles: to change them, or to take them all. */
export const showPerson: Page = definePage({
  name: 'show-person',
  path: `${BASE}/people/{personId}`,
  access: ['admin'],
  show: async (visit) => {
    const { api, format, me, params, programme } = visit;
    const { items } = await api.call(listPeopleRoute, { params: { programId: programme.programId } });
    const person = items.find(({ personId }) => personId === params.personId);
    if (!person) throw notThere();
    const names = await namesOf(visit, { people: [person.changedBy] });
    const isOneself = person.email.toLowerCase() === me.email?.toLowerCase();
    return view({
      title: person.name,
      trail: [['People', `${baseOf(visit)}/people`]],
      lead: person.email,
      body: (
        <Stack>
          <Card title="Now">
            <Facts
              rows={[
                ['Roles', format.list(person.roles.map(roleName))],
                ['Since', <Time key="since" at={person.createdAt} format={format} as="day" />],
                ['Last changed', <Time key="changed" at={person.changedAt} format={format} />],
                ['Changed by', names.person(person.changedBy)],
                ['Is told', person.staffPersonId === undefined ? 'Nothing' : 'What the roles need'],
              ]}
            />
          </Card>
          <Card title="Change the roles" lead="The roles that are ticked are all that the person has then.">
            {isOneself ? (
              <Alert tone="info">
                <p>This is you. You can give up a role; another admin has to give you one.</p>
              </Alert>
            ) : null}
            <Form visit={visit} action={changePerson}>
              {/* After a refusal those of the page that was filled in. */}
              {(visit.failed?.values.shown ?? person.roles).map((role) => (
                <input key={role} type="hidden" name="shown" value={role} />
              ))}
              <Choices
                visit={visit}
                action={changePerson}
                name="roles"
                label="Roles"
                type="checkbox"
                chosen={person.roles}
                options={ROLE_CHOICES}
                hint="Whoever makes somebody admin, finance or approver cannot approve the next payout run."
              />
              <Submit>Save the roles</Submit>
            </Form>
          </Card>
          <Card title={`Remove ${person.name} from this programme`}>
            <p>
              All roles here end within half a minute, and nothing is told to this address any more. Name and address
              are forgotten; what {person.name} did stays in the records.
            </p>
            <Form visit={visit} action={removePerson}>
              <Tick
                visit={visit}
                action={removePerson}
                name="sure"
                label={`Yes, end all roles of ${person.email} in ${programme.name}`}
              />
              <Submit tone="danger">Remove from this programme</Submit>
            </Form>
          </Card>
        </Stack>
      ),
    });
  },
});

export const changePerson: Action = defineAction({
  name: 'change-person',
  path: `${BASE}/people/{personId}`,
  access: ['admin'],
  page: showPerson,
  send: async (visit, form) => {
    const personId = visit.params.personId ?? '';
    const { programId } = visit.programme;
    const { items } = await visit.api.call(listPeopleRoute, { params: { programId } });
    const now = items.find((person) => person.personId === personId)?.roles ?? [];
    const { name } = await visit.api.call(changePersonRoute, {
      params: { programId, personId },
      body: { roles: rolesAfter(form, now) },
    });
    return redirect(`${baseOf(visit)}/people`, `The roles of ${name} were changed; they count within half a minute.`);
  },
});

/** What was ticked or unticked since the page was shown, and no more: a role that somebody else took meanwhile is not given back. */
function rolesAfter(form: SentForm, now: readonly StaffRole[]): StaffRole[] {
  const [shown, ticked] = [form.list('shown'), form.list('roles')];
  const isChanged = (role: string): boolean => shown.length === 0 || shown.includes(role) !== ticked.includes(role);
  return STAFF_ROLES.filter((role) => (isChanged(role) ? ticked.includes(role) : now.includes(role)));
}

export const removePerson: Action = defineAction({
  name: 'remove-person',
  path: `${BASE}/people/{personId}/remove`,
  access: ['admin'],
  page: showPerson,
  send: async (visit, form) => {
    requireSure(form);
    const personId = visit.params.personId ?? '';
    await visit.api.call(removePersonRoute, { params: { programId: visit.programme.programId, personId } });
    return redirect(`${baseOf(visit)}/people`, 'The roles end within half a minute; name and address are forgotten.');
  },
});
