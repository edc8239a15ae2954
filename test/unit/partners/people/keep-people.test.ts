import { beforeEach, describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeKeepPeople } from '#shared/application/partners/people/keep-people';
import { makeListPeople } from '#shared/application/partners/people/list-people';
import { makeTellPeople } from '#shared/application/partners/people/tell-people';
import { makeMemoryMembers } from '#test/support/fakes/members';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';
import { makeMemoryStaff } from '#test/support/fakes/staff';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const owner = {
  programId: 'shop',
  by: 'person:owner',
  emailHash: digest('owner@shop.example'),
  isInstallationAdmin: true,
  signedInAt: NOW - 60_000,
};
const asBob = { ...owner, by: 'person:bob', emailHash: digest('bob@shop.example'), isInstallationAdmin: false };
const bob = { name: 'Bob', email: 'Bob@shop.example ', roles: ['approver' as const] };

let members: ReturnType<typeof makeMemoryMembers>;
let staff: ReturnType<typeof makeMemoryStaff>;
let people: ReturnType<typeof makeKeepPeople>;
const listed = () => makeListPeople({ members, staff, programs: makeFakePrograms(aProgram()) })('shop');

beforeEach(() => {
  members = makeMemoryMembers();
  staff = makeMemoryStaff();
  const tell = makeTellPeople({ staff });
  people = makeKeepPeople({ members, programs: makeFakePrograms(aProgram()), tell, digest, clock: () => NOW });
});

describe('keeping people', () => {
  it('gives roles to an address, records the change without it, and tells the person what its roles need', async () => {
    const added = await people.add({ ...owner, personId: 'p1' }, bob);
    expect(added).toMatchObject({ personId: 'p1', emailHash: digest('bob@shop.example'), roles: ['approver'] });
    expect(members.changes).toMatchObject([
      { number: 1, personId: 'p1', before: [], after: ['approver'], by: 'person:owner' },
    ]);
    expect(JSON.stringify(members.changes).toLowerCase()).not.toContain('bob@');
    expect(await staff.list('shop')).toMatchObject([{ personId: 'p1', name: 'Bob', roles: ['approver'] }]);
  });

  it('answers a repeat with the same person and changes nothing', async () => {
    await people.add({ ...owner, personId: 'p1' }, bob);
    expect(await people.add({ ...owner, personId: 'p1' }, bob)).toMatchObject({ personId: 'p1' });
    expect(members.changes).toHaveLength(1);
  });

  it('refuses an address that somebody has, naming who', async () => {
    await people.add({ ...owner, personId: 'p1' }, bob);
    await expect(people.add({ ...owner, personId: 'p2' }, { ...bob, name: 'Bobby' })).rejects.toMatchObject({
      code: 'already_exists',
      extra: { personId: 'p1' },
    });
  });

  it('asks for a fresh sign-in', async () => {
    const stale = { ...owner, signedInAt: NOW - 24 * 3_600_000 };
    await expect(people.add({ ...stale, personId: 'p1' }, bob)).rejects.toMatchObject({ code: 'login_not_fresh' });
    expect(members.changes).toEqual([]);
  });

  it('lets nobody raise themselves', async () => {
    await people.add({ ...owner, personId: 'p1' }, { ...bob, roles: ['admin'] });
    await expect(people.change({ ...asBob, personId: 'p1' }, { roles: ['admin', 'approver'] })).rejects.toMatchObject({
      code: 'second_person_required',
    });
    const self = { name: 'Owner', email: 'owner@shop.example', roles: ['finance' as const] };
    await expect(people.add({ ...owner, personId: 'p2' }, self)).rejects.toMatchObject({
      code: 'second_person_required',
    });
  });

  it('leaves the programme an admin', async () => {
    await people.add({ ...owner, personId: 'p1' }, { ...bob, roles: ['admin'] });
    await expect(people.remove({ ...asBob, personId: 'p1' })).rejects.toMatchObject({ code: 'last_admin' });
    await people.remove({ ...owner, personId: 'p1' });
    expect(await members.list('shop')).toEqual([]);
  });

  it('takes what was lost off the list of who is told, and leaves what an admin put there', async () => {
    await people.add({ ...owner, personId: 'p1' }, { ...bob, roles: ['approver', 'finance'] });
    const [told] = await staff.list('shop');
    await staff.change({ ...told!, roles: ['finance', 'approver', 'partner_manager'], version: told!.version + 1 });
    await people.change({ ...owner, personId: 'p1' }, { roles: ['finance'] });
    expect(await staff.list('shop')).toMatchObject([{ roles: ['finance', 'partner_manager'] }]);
    await people.remove({ ...owner, personId: 'p1' });
    expect(await staff.list('shop')).toMatchObject([{ roles: ['partner_manager'] }]);
    expect(members.changes.map(({ after }) => after)).toEqual([['finance', 'approver'], ['finance'], []]);
  });

  it('takes somebody off the list of who is told with the last role', async () => {
    await people.add({ ...owner, personId: 'p1' }, bob);
    await people.remove({ ...owner, personId: 'p1' });
    expect(await staff.list('shop')).toEqual([]);
    await expect(people.remove({ ...owner, personId: 'p1' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('records no change that changes nothing', async () => {
    await people.add({ ...owner, personId: 'p1' }, bob);
    await people.change({ ...owner, personId: 'p1' }, { roles: ['approver'] });
    expect(members.changes).toHaveLength(1);
  });

  it('says busy when others are always faster', async () => {
    const racing = { ...members, apply: async () => false };
    const slow = makeKeepPeople({
      ...{ members: racing, programs: makeFakePrograms(aProgram()), digest, clock: () => NOW },
      tell: makeTellPeople({ staff }),
    });
    await expect(slow.add({ ...owner, personId: 'p1' }, bob)).rejects.toMatchObject({
      code: 'temporarily_unavailable',
    });
  });

  it('lists people by name, with who is told nothing', async () => {
    await people.add({ ...owner, personId: 'p1' }, { ...bob, name: 'Zoe', email: 'zoe@shop.example' });
    await people.add({ ...owner, personId: 'p2' }, bob);
    const [zoe] = await staff.list('shop');
    const { programId, personId, createdAt, changedAt, changedBy, version } = zoe!;
    await staff.remove({ programId, personId, createdAt, changedAt, changedBy, version: version + 1 });
    expect((await listed()).map(({ name, staffPersonId }) => [name, staffPersonId])).toEqual([
      ['Bob', 'p2'],
      ['Zoe', undefined],
    ]);
  });
});
