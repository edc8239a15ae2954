import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import { makeSessionStore } from '#shared/adapters/dynamodb/partners/sessions';
import type { SessionStore, StoredSession } from '#shared/application/console/ports';
import { makeMemorySessions } from '#test/support/fakes/sessions';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';

let table: PartnersTable;
beforeAll(async () => {
  table = await aPartnersTable();
});
afterAll(() => table?.stop());

const aSession = (id: string): StoredSession => ({
  id,
  sealed: 's1',
  version: 1,
  endsAt: 43_200_500,
  lastSeenAt: 1_000,
});

describe.each<[string, () => SessionStore]>([
  ['on the engine', () => makeSessionStore(table)],
  ['in memory', makeMemorySessions],
])('sessions, %s', (_where, make) => {
  let store: SessionStore;
  beforeAll(() => {
    store = make();
  });

  it('are opened once a secret, found and touched until they are closed', async () => {
    expect(await store.find('a')).toBeUndefined();
    expect(await store.touch('a', 5)).toBe(false);
    await store.open(aSession('a'));
    await expect(store.open(aSession('a'))).rejects.toThrow();
    expect(await store.touch('a', 2_000)).toBe(true);
    expect(await store.find('a')).toEqual({ ...aSession('a'), lastSeenAt: 2_000 });
    await store.close('a', 3_000);
    await store.close('a', 3_000);
    expect(await store.find('a')).toBeUndefined();
    expect(await store.touch('a', 4_000)).toBe(false);
    await expect(store.open(aSession('a'))).rejects.toThrow();
  });

  it('let one of many renew, and another once the right has lapsed', async () => {
    const session = aSession('b');
    await store.open(session);
    const claims = await Promise.all([1, 2, 3].map(() => store.claimRenewal(session, 1_000, 7_000)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await store.claimRenewal(session, 6_999, 9_000)).toBe(false);
    expect(await store.claimRenewal(session, 7_000, 9_000)).toBe(true);
    expect(await store.renew(session, 's2', 7_100)).toBe(true);
    // Whoever lost the right and comes late changes nothing.
    expect(await store.renew(session, 's3', 7_200)).toBe(false);
    expect(await store.claimRenewal(session, 20_000, 30_000)).toBe(false);
    const renewed = { ...session, sealed: 's2', version: 2, lastSeenAt: 7_100 };
    expect(await store.find('b')).toEqual(renewed);
    expect(await store.claimRenewal(renewed, 8_000, 9_000)).toBe(true);
    await store.releaseRenewal(renewed);
    expect(await store.claimRenewal(renewed, 8_000, 9_000)).toBe(true);
  });

  it('stay closed when a renewal comes late', async () => {
    const session = aSession('c');
    await store.open(session);
    expect(await store.claimRenewal(session, 1_000, 7_000)).toBe(true);
    await store.close('c', 2_000);
    expect(await store.renew(session, 's2', 2_100)).toBe(false);
    await store.releaseRenewal(session);
    expect(await store.find('c')).toBeUndefined();
  });

  it('remember when a person came', async () => {
    expect(await store.visits('p')).toBeUndefined();
    await store.keepVisits('p', { lastSeenAt: 10, previousVisitAt: undefined });
    expect(await store.visits('p')).toEqual({ lastSeenAt: 10 });
    await store.keepVisits('p', { lastSeenAt: 30, previousVisitAt: 20 });
    expect(await store.visits('p')).toEqual({ lastSeenAt: 30, previousVisitAt: 20 });
  });
});

describe('an item of a session', () => {
  it('lapses with it, and holds nothing once it is closed', async () => {
    const store = makeSessionStore(table);
    const raw = async () =>
      (await table.documents.send(new GetCommand({ TableName: table.tableName, Key: sessionKey('d') }))).Item;
    await store.open(aSession('d'));
    expect(await raw()).toMatchObject({ expiresAt: 43_201 });
    await store.close('d', 1_500);
    expect(await raw()).toEqual({ ...sessionKey('d'), id: 'd', closedAt: 1_500, expiresAt: 86_402 });
  });
});
