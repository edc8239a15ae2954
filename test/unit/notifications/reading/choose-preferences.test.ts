import { describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { KINDS, type NoticeKind } from '#shared/application/notifications/messages';
import { makeSetPreferences } from '#shared/application/notifications/reading/choose-preferences';
import { preferencesView } from '#shared/application/notifications/reading/preferences-view';
import {
  makePartnerPreferences,
  makeStaffPreferences,
} from '#shared/application/notifications/reading/reader-preferences';
import {
  makeAddStaffPerson,
  makeChangeStaffPerson,
  makeRemoveStaffPerson,
} from '#shared/application/notifications/staff/keep-staff';
import { makeListStaff } from '#shared/application/notifications/staff/list-staff';
import type { WallTime } from '#shared/domain/time/reading-hours';
import { acme, aProfile } from '#test/support/builders/partners';
import { makeMemoryPreferences } from '#test/support/fakes/preferences';
import { makeFakePrograms } from '#test/support/fakes/programs';
import { makeMemoryStaff } from '#test/support/fakes/staff';

const START = Date.parse('2026-01-10T12:00:00Z');
const programs = makeFakePrograms(acme());

function house() {
  const interests: string[] = [];
  const preferences = makeMemoryPreferences();
  const interest = { add: async (_: string, kind: NoticeKind) => void interests.push(kind) };
  const clock = () => START;
  const set = makeSetPreferences({ preferences, interest, clock });
  const partners = { profile: async (_: string, id: string) => (id === 'p1' ? aProfile() : undefined) };
  const staff = makeMemoryStaff();
  const keeps = { staff, programs, digest, clock };
  return {
    ...{ interests, preferences, set, staff },
    ofPartner: makePartnerPreferences({ preferences, programs, partners, set }),
    ofPerson: makeStaffPreferences({ preferences, programs, staff, set }),
    add: makeAddStaffPerson(keeps),
    change: makeChangeStaffPerson(keeps),
    remove: makeRemoveStaffPerson(keeps),
    list: makeListStaff(keeps),
  };
}
const partner = { programId: 'acme', partnerId: 'p1', by: 'person:p1' };
const hours = (from: string, to: string) => ({ from: from as WallTime, to: to as WallTime });

describe('what a reader may choose', () => {
  it('is as usual, kind by kind with its rule, until something is chosen', () => {
    const { kinds, ...rest } = preferencesView('partner', undefined, { timeZone: 'Europe/London' });
    expect(rest).toEqual({ language: 'en', timeZone: 'Europe/London', quietHours: null, digestHour: 8 });
    expect(kinds.map(({ kind }) => kind).toSorted()).toEqual(
      Object.entries(KINDS)
        .flatMap(([kind, { audiences }]) => (audiences.includes('partner') ? [kind] : []))
        .toSorted(),
    );
    const of = (wanted: string) => kinds.find(({ kind }) => kind === wanted);
    expect(of('payout.paid')).toMatchObject({ cadence: 'now', isChosen: false, mayBeOff: false });
    expect(of('payee.changed')).toMatchObject({ allowed: ['now'], mayBeOff: false });
    expect(of('conversion.recorded')).toMatchObject({ cadence: 'daily', mayBeOff: true });
  });

  it('is everything but that money and security are off, and that a decision waits for a month', async () => {
    const chooser = { programId: 'acme', recipientId: 'partner:p1', audience: 'partner', by: 'p1' } as const;
    for (const kind of Object.keys(KINDS) as NoticeKind[]) {
      const { category, audiences } = KINDS[kind];
      const audience = audiences[0] ?? 'staff';
      const choose = (cadence: 'off' | 'daily' | 'monthly') =>
        house()
          .set({ ...chooser, audience }, { cadences: { [kind]: cadence } })
          .then(
            () => true,
            () => false,
          );
      const may = [await choose('off'), await choose('daily'), await choose('monthly')];
      const isStaffMoney = category === 'money' && audience === 'staff';
      const isMoney = category === 'money' || category === 'security';
      expect([kind, may]).toEqual([
        kind,
        [!isMoney, category !== 'security', !isStaffMoney && category !== 'security'],
      ]);
    }
    const wrong = { 'payout.paid': 'off', 'tier.promoted': 'off', 'run.expired': 'now', nonsense: 'now' } as const;
    await expect(house().set(chooser, { cadences: wrong })).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [
        { pointer: '/cadences/payout.paid', rule: expect.stringContaining('payout.paid tells of money') },
        { pointer: '/cadences/run.expired', rule: expect.stringContaining('must be one of tier.promoted') },
        { pointer: '/cadences/nonsense', rule: expect.stringContaining('must be one of') },
      ],
    });
  });

  it('leaves some hours of each day in which e-mail may come', async () => {
    const { ofPartner } = house();
    for (const quietHours of [hours('08:00', '08:00'), hours('08:00', '04:01')]) {
      await expect(ofPartner(partner, { cadences: {}, quietHours })).rejects.toMatchObject({
        code: 'invalid_request',
        errors: [{ pointer: '/quietHours' }],
      });
    }
    const view = await ofPartner(partner, { cadences: {}, quietHours: hours('08:00', '04:00') });
    expect(view.quietHours).toEqual({ from: '08:00', to: '04:00' });
  });

  it('stays in what a change does not name, and is as usual again in what it sets to null', async () => {
    const { ofPartner } = house();
    const chosen = ({ kinds }: Awaited<ReturnType<typeof ofPartner>>) =>
      kinds.flatMap(({ kind, cadence, isChosen }) => (isChosen ? [[kind, cadence]] : []));
    const cadences = { 'tier.promoted': 'off', 'payout.paid': 'daily' } as const;
    const quietHours = hours('20:00', '07:00');
    await ofPartner(partner, { cadences, timeZone: 'Europe/Paris', quietHours, digestHour: 6 });
    const view = await ofPartner(partner, { language: 'de' });
    expect(view).toMatchObject({ language: 'de', timeZone: 'Europe/Paris', quietHours, digestHour: 6 });
    expect(chosen(view).toSorted()).toEqual(Object.entries(cadences).toSorted());
    const fewer = await ofPartner(partner, {
      ...{ cadences: { 'payout.paid': null }, language: null, timeZone: null, quietHours: null, digestHour: null },
    });
    expect(fewer).toMatchObject({ language: 'en', timeZone: 'Europe/London', quietHours: null, digestHour: 8 });
    expect(chosen(fewer)).toEqual([['tier.promoted', 'off']]);
    await expect(ofPartner(partner, { cadences: { nonsense: null } })).rejects.toMatchObject({
      errors: [{ pointer: '/cadences/nonsense' }],
    });
  });

  it('is known to those who publish before it holds, of sales that are wanted one by one', async () => {
    const { ofPartner, interests, preferences } = house();
    await ofPartner(partner, { cadences: { 'conversion.recorded': 'monthly' } });
    expect(interests).toEqual([]);
    await ofPartner(partner, { cadences: { 'conversion.recorded': 'now', 'conversion.held': 'now' } });
    expect(interests).toEqual(['conversion.recorded', 'conversion.held']);
    const until = '2026-01-10T12:00:00.000Z';
    expect((await preferences.find('acme', 'partner:p1'))?.summed?.['conversion.recorded']).toEqual([{ until }]);
    await ofPartner(partner, { cadences: { 'conversion.recorded': 'daily' } });
    expect((await preferences.find('acme', 'partner:p1'))?.summed?.['conversion.recorded']).toEqual([
      { until },
      { from: until },
    ]);
  });

  it('is tried again when somebody was faster, and given up in the end', async () => {
    const { preferences } = house();
    let stale = 2;
    const busy = {
      ...preferences,
      save: async (...of: Parameters<typeof preferences.save>) => (stale-- > 0 ? 'stale' : preferences.save(...of)),
    } as typeof preferences;
    const set = makeSetPreferences({ preferences: busy, interest: { add: async () => undefined }, clock: () => START });
    const chooser = { programId: 'acme', recipientId: 'partner:p1', audience: 'partner', by: 'p1' } as const;
    expect((await set(chooser, { cadences: {} })).version).toBe(1);
    stale = Number.POSITIVE_INFINITY;
    await expect(set(chooser, { cadences: {} })).rejects.toMatchObject({ code: 'temporarily_unavailable' });
  });

  it("is nobody's of a partner that is not there", async () => {
    await expect(house().ofPartner({ ...partner, partnerId: 'p2' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the people of a programme', () => {
  const admin = { by: 'person:admin', isAdmin: true };
  const acting = (personId: string) => ({ programId: 'acme', personId, by: 'person:admin' });
  const mo = { name: 'Mo', email: 'Mo@acme.example', roles: ['finance'] as const };
  const moHash = digest('mo@acme.example');

  it('find themselves by their own address, and nobody else; admins find everybody', async () => {
    const { add, list, ofPerson } = house();
    await add(acting('s1'), mo);
    await add(acting('s2'), { ...mo, email: 'ann@acme.example', timeZone: 'Asia/Tokyo' });
    const asMo = { by: 'person:mo', isAdmin: false, emailHash: moHash };
    expect((await list('acme', admin)).map(({ personId }) => personId)).toEqual(['s1', 's2']);
    expect((await list('acme', asMo)).map(({ personId }) => personId)).toEqual(['s1']);
    expect(await list('acme', { by: 'person:x', isAdmin: false })).toEqual([]);
    const of = (personId: string, asking = asMo) => ofPerson({ programId: 'acme', personId, asking });
    expect(await of('s1')).toMatchObject({ timeZone: 'Europe/London' });
    await expect(of('s2')).rejects.toMatchObject({ code: 'not_found' });
    expect(await of('s2', admin as typeof asMo)).toMatchObject({ timeZone: 'Asia/Tokyo' });
    const asking = asMo;
    expect(
      await ofPerson({ programId: 'acme', personId: 's1', asking }, { cadences: {}, language: 'es' }),
    ).toMatchObject({
      language: 'es',
    });
  });

  it('are added once by a repeat, and not with the address of somebody else', async () => {
    const { add, change, list } = house();
    expect(await add(acting('s1'), mo)).toEqual(await add(acting('s1'), mo));
    const taken = { code: 'already_exists', extra: { personId: 's1' }, errors: [{ pointer: '/email' }] };
    await expect(add(acting('s2'), { ...mo, email: 'MO@acme.example' })).rejects.toMatchObject(taken);
    await add(acting('s2'), { ...mo, email: 'ann@acme.example' });
    await expect(change(acting('s2'), { email: 'mo@acme.example' })).rejects.toMatchObject(taken);
    expect(await list('acme', admin)).toHaveLength(2);
    await expect(add({ ...acting('s3'), programId: 'nowhere' }, mo)).rejects.toMatchObject({ code: 'unknown_program' });
  });

  it('change in what is named, and are taken off with their name and address', async () => {
    const { add, change, remove, staff } = house();
    await add(acting('s1'), { ...mo, language: 'de' });
    expect(await change(acting('s1'), { roles: ['admin'] })).toMatchObject({
      name: 'Mo',
      language: 'de',
      roles: ['admin'],
    });
    expect((await change(acting('s1'), { language: null })).language).toBeUndefined();
    await remove(acting('s1'));
    for (const gone of ['s1', 'never']) {
      await expect(remove(acting(gone))).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await staff.list('acme')).toEqual([]);
    await expect(change(acting('s1'), { name: 'Mo' })).rejects.toMatchObject({ code: 'not_found' });
    expect((await add(acting('s2'), mo)).personId).toBe('s2');
  });

  it('are as many as can be told, and no more', async () => {
    const { add } = house();
    for (let count = 0; count < 200; count += 1)
      await add(acting(`s${count}`), { ...mo, email: `${count}@acme.example` });
    await expect(add(acting('more'), mo)).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
