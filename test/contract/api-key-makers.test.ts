import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeApiKeyMakers } from '#shared/adapters/dynamodb/partners/api-key-makers';
import { makeApiKeyStore } from '#shared/adapters/dynamodb/partners/api-keys';
import { instant } from '#test/support/builders/partners';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';

let table: PartnersTable;
beforeAll(async () => {
  table = await aPartnersTable();
});
afterAll(() => table?.stop());

it('who made which API key is known without anything by which its secret could be found', async () => {
  const keys = makeApiKeyStore(table);
  const made = { createdBy: 'person:admin', createdAt: instant('2026-01-01T00:00:00Z') };
  const revokedAt = instant('2026-02-01T00:00:00Z');
  await keys.create(
    { ...made, keyId: 'k1', name: 'Shop', role: 'merchant', programId: 'acme', requestHash: 'r' },
    'h1',
  );
  await keys.create({ ...made, keyId: 'k2', name: 'All', role: 'admin', onBehalfOf: 'person:behind' }, 'h2');
  await keys.revoke('k2', revokedAt);
  expect(await makeApiKeyMakers(table).all()).toEqual([
    { ...made, keyId: 'k1', programId: 'acme' },
    { ...made, keyId: 'k2', onBehalfOf: 'person:behind', revokedAt },
  ]);
});
