import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeApiKeyStore } from '#shared/adapters/dynamodb/partners/api-keys';
import type { ApiKey, ApiKeyStore } from '#shared/application/partners/ports';
import { instant } from '#test/support/builders/partners';
import { makeMemoryApiKeys } from '#test/support/fakes/api-key-store';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';

let table: PartnersTable;
beforeAll(async () => {
  table = await aPartnersTable();
});
afterAll(() => table?.stop());

const aKey = (keyId: string): ApiKey => ({
  keyId,
  name: 'Shop backend',
  role: 'merchant',
  programId: 'acme',
  requestHash: 'hash-of-request',
  createdAt: instant('2026-01-01T00:00:00Z'),
  createdBy: 'person:admin',
});

const implementations: readonly [string, () => ApiKeyStore][] = [
  ['on the engine', () => makeApiKeyStore(table)],
  ['in memory', makeMemoryApiKeys],
];

describe.each(implementations)('API keys %s', (_name, make) => {
  let keys: ApiKeyStore;
  beforeAll(() => {
    keys = make();
  });

  it('are found by the hash of their secret and by id', async () => {
    expect(await keys.create(aKey('k1'), 'hash-1')).toBe('created');
    expect(await keys.byHash('hash-1')).toEqual(aKey('k1'));
    expect(await keys.byId('k1')).toEqual(aKey('k1'));
    expect(await keys.byHash('hash-of-another')).toBeUndefined();
  });

  it('are made once: a second secret for the same id opens nothing', async () => {
    expect(await keys.create({ ...aKey('k1'), role: 'admin' }, 'hash-2')).toBe('exists');
    expect(await keys.byHash('hash-2')).toBeUndefined();
    expect((await keys.byId('k1'))?.role).toBe('merchant');
  });

  it('end once, and the first end stays', async () => {
    await keys.create(aKey('k2'), 'hash-k2');
    await keys.revoke('k2', instant('2026-02-01T00:00:00Z'));
    await keys.revoke('k2', instant('2026-03-01T00:00:00Z'));
    expect((await keys.byHash('hash-k2'))?.revokedAt).toBe('2026-02-01T00:00:00.000Z');
  });

  it('come in pages, by id', async () => {
    await keys.create(aKey('k3'), 'hash-k3');
    const first = await keys.list({ limit: 2 });
    expect(first.items.map(({ keyId }) => keyId)).toEqual(['k1', 'k2']);
    const second = await keys.list({ limit: 2, cursor: first.nextCursor });
    expect(second.items.map(({ keyId }) => keyId)).toEqual(['k3']);
    expect(second.nextCursor).toBeUndefined();
  });

  it('cannot be ended before they exist', async () => {
    await keys.revoke('k9', instant('2026-02-01T00:00:00Z'));
    expect(await keys.byId('k9')).toBeUndefined();
  });
});
