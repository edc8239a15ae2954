import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idempotencyKey } from '#shared/adapters/dynamodb/idempotency-keys';
import { makeIdempotencyStore } from '#shared/adapters/dynamodb/idempotency-store';
import type { IdempotencyStore } from '#shared/application/idempotency';
import { makeFakeIdempotencyStore } from '#test/support/fakes/idempotency-store';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

let table: TestTable;
let now = Date.parse('2026-01-15T12:00:00Z');
beforeAll(async () => {
  table = await aReferralsTable();
});
afterAll(() => table?.stop());

const implementations: readonly [string, () => IdempotencyStore][] = [
  ['on the engine', () => makeIdempotencyStore({ ...table, clock: () => now })],
  ['in memory', () => makeFakeIdempotencyStore(() => now)],
];

describe.each(implementations)('idempotency keys %s', (name, make) => {
  let store: IdempotencyStore;
  let keys = 0;
  const aKey = (): string => `${name} ${++keys}`;
  beforeAll(() => {
    store = make();
  });

  it('answers a repeat with the first reply, whatever its size', async () => {
    const key = aKey();
    const body = JSON.stringify({ items: Array.from({ length: 4_000 }, (_, index) => ({ index, text: 'ünïcödé' })) });
    expect(await store.claim('scope', key, 'hash')).toEqual({ state: 'claimed' });
    await store.complete('scope', key, { status: 201, body });
    await store.complete('scope', key, { status: 200, body: 'a later one' });
    expect(await store.claim('scope', key, 'hash')).toEqual({ state: 'done', reply: { status: 201, body } });
  });

  it('refuses another body, also while the first runs', async () => {
    const key = aKey();
    await store.claim('scope', key, 'hash');
    expect(await store.claim('scope', key, 'other')).toEqual({ state: 'other_body' });
    await store.complete('scope', key, { status: 201, body: '{}' });
    expect(await store.claim('scope', key, 'other')).toEqual({ state: 'other_body' });
  });

  it('lets one of many at once through', async () => {
    const key = aKey();
    const claims = await Promise.all(Array.from({ length: 20 }, () => store.claim('scope', key, 'hash')));
    expect(claims.filter((claim) => claim.state === 'claimed')).toHaveLength(1);
    expect(claims.filter((claim) => claim.state === 'in_flight')).toHaveLength(19);
  });

  it('lets a repeat through when the first was cut off and its lease has passed', async () => {
    const key = aKey();
    await store.claim('scope', key, 'hash');
    now += 11_000;
    expect(await store.claim('scope', key, 'other')).toEqual({ state: 'other_body' });
    expect(await store.claim('scope', key, 'hash')).toEqual({ state: 'claimed' });
    expect(await store.claim('scope', key, 'hash')).toEqual({ state: 'in_flight' });
  });

  it('frees the key after a refusal, for a corrected body too', async () => {
    const key = aKey();
    await store.claim('scope', key, 'hash');
    await store.release('scope', key);
    expect(await store.claim('scope', key, 'corrected')).toEqual({ state: 'claimed' });
  });

  it('keeps the keys of two scopes apart', async () => {
    const key = aKey();
    await store.claim('scope', key, 'hash');
    expect(await store.claim('other scope', key, 'other')).toEqual({ state: 'claimed' });
  });
});

describe('idempotency records at rest', () => {
  it('lapse by TTL, except in a table that loses nothing', async () => {
    const { GetCommand } = await import('@aws-sdk/lib-dynamodb');
    const read = async (sk: string) => {
      const Key = { pk: 'acme#IDEMPOTENCY#record-refund/key:1', sk };
      return (await table.documents.send(new GetCommand({ TableName: table.tableName, Key }))).Item;
    };
    const SCOPE = 'acme/record-refund/key:1';
    const forAWhile = makeIdempotencyStore({ ...table, clock: () => now });
    const forEver = makeIdempotencyStore({ ...table, clock: () => now, keep: 'for_ever' });
    await forAWhile.claim(SCOPE, 'a while', 'hash');
    await forEver.claim(SCOPE, 'for ever', 'hash');
    await forEver.complete(SCOPE, 'for ever', { status: 201, body: '{}' });
    expect((await read('a while'))?.expiresAt).toBe(Math.floor(now / 1_000) + 2 * 86_400);
    expect(await read('for ever')).not.toHaveProperty('expiresAt');
  });

  it('begin with their programme, or with their kind where there is none', () => {
    expect(idempotencyKey('acme/record-refund/key:1', 'k')).toEqual({
      pk: 'acme#IDEMPOTENCY#record-refund/key:1',
      sk: 'k',
    });
    expect(idempotencyKey('*/create-program/person:a/b', 'k').pk).toBe('IDEMPOTENCY#create-program/person:a/b');
  });
});
