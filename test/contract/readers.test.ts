import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeNoticeInterest } from '#shared/adapters/dynamodb/partners/notice-interest';
import { staffAddressKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import { makePreferences } from '#shared/adapters/dynamodb/partners/preferences';
import { makeStaffStore } from '#shared/adapters/dynamodb/partners/staff-people';
import type { Preferences, StoredChoices } from '#shared/application/notifications/preferences';
import type { StaffPerson, StaffStore } from '#shared/application/notifications/staff/staff-ports';
import type { WallTime } from '#shared/domain/time/reading-hours';
import { instant } from '#test/support/builders/partners';
import { collected } from '#test/support/collected';
import { makeMemoryPreferences } from '#test/support/fakes/preferences';
import { makeMemoryStaff } from '#test/support/fakes/staff';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';

let table: PartnersTable;
beforeAll(async () => {
  table = await aPartnersTable();
});
afterAll(() => table?.stop());

const now = instant('2026-01-01T00:00:00Z');
const someChoices = (version: number, more: Partial<StoredChoices> = {}): StoredChoices => ({
  cadences: { 'tier.promoted': 'off' },
  ...{ version, changedAt: now, changedBy: 'person:p1' },
  ...more,
});

const preferenceStores: readonly [string, () => Preferences][] = [
  ['on the engine', () => makePreferences(table)],
  ['in memory', makeMemoryPreferences],
];

describe.each(preferenceStores)('preferences %s', (_name, make) => {
  it('are saved by one of those who change the same, and listed by programme', async () => {
    const preferences = make();
    expect(await preferences.find('acme', 'partner:p1')).toBeUndefined();
    const saves = await Promise.all([1, 2, 3].map(() => preferences.save('acme', 'partner:p1', someChoices(1))));
    expect(saves.filter((one) => one === 'saved')).toHaveLength(1);
    const full = someChoices(2, {
      ...{ language: 'de', timeZone: 'Europe/Berlin', digestHour: 7, salesFrom: now },
      summed: { 'conversion.recorded': [{ until: now }, { from: now }], 'conversion.held': [] },
      quietHours: { from: '22:00' as WallTime, to: '07:00' as WallTime },
    });
    expect(await preferences.save('acme', 'partner:p1', full)).toBe('saved');
    expect(await preferences.save('acme', 'partner:p1', full)).toBe('stale');
    expect(await preferences.find('acme', 'partner:p1')).toEqual(full);
    await preferences.save('acme2', 'partner:p1', someChoices(1));
    expect(await collected(preferences.list('acme'))).toEqual([{ recipientId: 'partner:p1', choices: full }]);
  });
});

describe('choices that another version stored', () => {
  it('are read as far as they are known', async () => {
    const preferences = makePreferences(table);
    const cadences = { 'tier.promoted': 'weekly', 'payout.paid': 'daily', 'no.more': 'now' };
    const odd = { ...someChoices(1), cadences, language: 'it' } as unknown as StoredChoices;
    await preferences.save('odd', 'partner:p1', odd);
    const [only] = await collected(preferences.list('odd'));
    expect(only?.choices).toEqual({ ...someChoices(1), cadences: { 'payout.paid': 'daily' }, language: undefined });
  });
});

const person = (personId: string, more: Partial<StaffPerson> = {}): StaffPerson => ({
  ...{ programId: 'acme', personId, name: 'Mo', email: `${personId}@acme.example`, emailHash: `hash-${personId}` },
  ...{ roles: ['finance'], version: 1, createdAt: now, changedAt: now, changedBy: 'person:admin' },
  ...more,
});

describe('people that another version stored', () => {
  it('are told by the roles that are known, and hold up nobody else', async () => {
    const staff = makeStaffStore(table);
    const odd = { ...person('s2'), roles: ['auditor', 'admin'], language: 'it' } as unknown as StaffPerson;
    await staff.add({ ...person('s1'), programId: 'odd' });
    await staff.add({ ...odd, programId: 'odd' });
    expect((await staff.list('odd')).map(({ personId, roles, language }) => [personId, roles, language])).toEqual([
      ['s1', ['finance'], undefined],
      ['s2', ['admin'], undefined],
    ]);
  });
});

const staffStores: readonly [string, () => StaffStore][] = [
  ['on the engine', () => makeStaffStore(table)],
  ['in memory', () => makeMemoryStaff()],
];

describe.each(staffStores)('people of a programme %s', (_name, make) => {
  let staff: StaffStore;
  beforeAll(() => {
    staff = make();
  });

  it('are added once, each with an address of its own', async () => {
    const adds = await Promise.all(['s1', 's2', 's3'].map((id) => staff.add(person(id, { emailHash: 'same' }))));
    expect(adds.filter((one) => one === 'added')).toHaveLength(1);
    const [first] = await staff.list('acme');
    expect(await staff.add(person('s9'))).toBe('added');
    expect(await staff.add(person('s9', { emailHash: 'other' }))).toBe('exists');
    expect((await staff.list('acme')).map(({ personId }) => personId)).toEqual([first?.personId, 's9']);
    expect(await staff.list('acme2')).toEqual([]);
  });

  it('are changed by one of those who change the same, and not to an address of somebody else', async () => {
    const taken = person('s9', { version: 2, emailHash: 'same' });
    expect(await staff.change(taken)).toBe('address_taken');
    const changes = await Promise.all([1, 2].map(() => staff.change(person('s9', { version: 2, emailHash: 'new' }))));
    expect(changes.toSorted()).toEqual(['changed', 'stale']);
    expect(await staff.find('acme', 's9')).toMatchObject({ version: 2, emailHash: 'new' });
    expect(await staff.add(person('s10', { emailHash: 'hash-s9' }))).toBe('added');
  });

  it('leave no more than their id when they are removed, and their address free', async () => {
    const { personId, createdAt } = person('s9');
    const gone = { programId: 'acme', personId, createdAt, version: 3, changedAt: now, changedBy: 'person:admin' };
    expect(await staff.remove({ ...gone, version: 2 })).toBe('stale');
    expect(await staff.remove(gone)).toBe('removed');
    expect(await staff.find('acme', 's9')).toBeUndefined();
    expect((await staff.list('acme')).map((one) => one.personId)).not.toContain('s9');
    expect(await staff.add(person('s11', { emailHash: 'new' }))).toBe('added');
    expect(await staff.add(person('s9', { emailHash: 'fresh' }))).toBe('exists');
  });
});

describe('an address that is free again', () => {
  it('lapses', async () => {
    const { GetCommand } = await import('@aws-sdk/lib-dynamodb');
    const staff = makeStaffStore(table);
    await staff.add(person('t1', { programId: 'lapse' }));
    const { personId, createdAt } = person('t1');
    await staff.remove({ programId: 'lapse', personId, createdAt, version: 2, changedAt: now, changedBy: 'person:a' });
    const Key = staffAddressKey('lapse', 'hash-t1');
    const { Item } = await table.documents.send(new GetCommand({ TableName: table.tableName, Key }));
    expect(Item?.expiresAt).toBe(Date.parse(now) / 1000);
  });
});

describe('interest in kinds of notices', () => {
  it('grows, and is remembered for as long as settings are', async () => {
    let nowMs = 0;
    const reader = makeNoticeInterest({ ...table, ttlSeconds: 30, clock: () => nowMs });
    const writer = makeNoticeInterest({ ...table, ttlSeconds: 0, clock: () => nowMs });
    expect(await reader.wants('acme', 'conversion.recorded')).toBe(false);
    await Promise.all([writer.add('acme', 'conversion.recorded'), writer.add('acme', 'conversion.held')]);
    expect(await reader.wants('acme', 'conversion.recorded')).toBe(false);
    nowMs = 30_000;
    expect(await reader.wants('acme', 'conversion.recorded')).toBe(true);
    expect(await reader.wants('acme', 'conversion.held')).toBe(true);
    expect(await reader.wants('acme2', 'conversion.held')).toBe(false);
  });
});
