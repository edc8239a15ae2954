import { beforeAll, expect, it } from 'vitest';
import { type ApiClient, makeApiClient } from '#infra/api-client';
import { signInAgain } from '#infra/local/demo/sign-in';
import { eventually } from '#test/support/eventually';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme } from '#test/support/programme';

type Me = {
  id: string;
  email?: string;
  name?: string;
  grants: { programId: string; role: string; partnerName?: string }[];
};
type Person = { personId: string; roles: string[]; staffPersonId?: string };
type Names = { items: { id: string; name: string }[] };

let stack: SharedStack;
let programId: string;
let adminToken: string;
let admin: ApiClient;
let nora: ApiClient;
const path = (rest: string): string => `/v1/programs/${programId}${rest}`;
const signedIn = async (email: string): Promise<string> => signInAgain(stack.dataDir, email);

beforeAll(async () => {
  stack = await sharedLocalStack();
  adminToken = await signedIn(stack.endpoints.people.find(({ role }) => role === 'admin')?.email ?? '');
  admin = makeApiClient(stack.endpoints.apiUrl, adminToken);
  programId = await aProgramme(stack.as('admin'));
  await aPartner(stack.as('partner_manager'), programId, 'anna');
  nora = makeApiClient(stack.endpoints.apiUrl, await signedIn(`nora.${programId}@shop.example`));
}, 120_000);

it('a person has the roles that an admin gave it in one programme, and the chain and the list of who is told follow', async () => {
  const body = { name: 'Nora', email: `nora.${programId}@shop.example`, roles: ['approver'] };
  expect(await nora.get<Me>('/v1/me')).toMatchObject({ email: body.email, grants: [] });
  await expect(nora.get(path('/payout-runs'))).rejects.toMatchObject({ status: 404, code: 'unknown_program' });
  await expect(stack.as('admin_key').post(path('/people'), body)).rejects.toMatchObject({ code: 'person_required' });
  await expect(stack.as('finance').post(path('/people'), body)).rejects.toMatchObject({ status: 403 });

  const { personId } = await admin.post<Person>(path('/people'), body);
  expect(await nora.get<Me>('/v1/me')).toMatchObject({ grants: [{ programId, role: 'approver' }] });
  expect(await nora.get(path('/payout-runs'))).toEqual({ items: [] });
  await expect(nora.get(path('/people'))).rejects.toMatchObject({ status: 403 });
  expect(await admin.patch(path(`/people/${personId}`), { roles: ['finance', 'approver'] })).toMatchObject({
    roles: ['finance', 'approver'],
  });
  const { items } = await admin.get<{ items: Person[] }>(path('/people'));
  expect(items).toMatchObject([{ personId, staffPersonId: personId }]);

  const removed = await fetch(new URL(path(`/people/${personId}`), stack.endpoints.apiUrl), {
    method: 'DELETE',
    headers: { authorization: `Bearer ${adminToken}` },
  });
  expect(await removed.json()).toEqual({ personId, state: 'removed' });
  expect(await admin.get(path('/people'))).toEqual({ items: [] });
  expect(await admin.get(path('/staff'))).toEqual({ items: [] });
  await eventually(async () => {
    const chain = await stack
      .as('finance')
      .get<{ items: { kind: string; subjectId: string }[] }>(path('/audit-trail?limit=200'));
    const changes = chain.items.filter(({ kind }) => kind === 'roles.changed');
    expect(changes.map(({ subjectId }) => subjectId)).toEqual(['3', '2', '1']);
    expect(JSON.stringify(chain)).not.toContain('nora');
  });
});

it('ids have names for staff, and for a partner one label for everybody but itself', async () => {
  const anna = makeApiClient(stack.endpoints.apiUrl, await signedIn(`anna.${programId}@partners.example`));
  const partner = await anna.post<Me>('/v1/me/sign-ins', undefined);
  expect(partner.grants).toMatchObject([{ programId, role: 'partner', partnerName: 'Partner anna' }]);
  const owner = await admin.post<Me>('/v1/me/sign-ins', undefined);
  const names = path(`/names?ids=${owner.id},${partner.id},system:scheduler`);
  expect((await admin.get<Names>(names)).items.map(({ name }) => name)).toEqual([
    owner.name,
    partner.email,
    'Tallystick',
  ]);
  expect((await anna.get<Names>(names)).items.map(({ name }) => name)).toEqual([
    'Test programme partner team',
    partner.email,
    'Tallystick',
  ]);
  await expect(anna.get(path('/names?ids=nobody'))).rejects.toMatchObject({ status: 422 });
});
