import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeMailRecords } from '#shared/adapters/dynamodb/partners/mail-records';
import { mailRecordKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import type { MailRecord, MailRecords } from '#shared/application/notifications/mail/mail-records';
import type { Instant } from '#shared/domain/time/instant';
import { makeMemoryMailRecords } from '#test/support/fakes/mail-records';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';

let table: PartnersTable;
beforeAll(async () => {
  table = await aPartnersTable();
});
afterAll(() => table?.stop());

const at = (day: number): Instant => `2026-03-0${day}T00:00:00.000Z` as Instant;

function aRecord(addressHash: string, more: Partial<MailRecord> = {}): MailRecord {
  return { programId: 'acme', addressHash, maskedAddress: 'j***@shop.example', version: 0, failures: [], ...more };
}
const stopped = (addressHash: string, day: number): MailRecord =>
  aRecord(addressHash, { stop: { reason: 'bounced', since: at(day), detail: 'General 5.1.1' } });

describe.each<[string, () => MailRecords]>([
  ['on the engine', () => makeMailRecords(table)],
  ['in memory', () => makeMemoryMailRecords()],
])('what is known of addresses, %s', (_where, make) => {
  let records: MailRecords;
  beforeAll(() => {
    records = make();
  });

  it('is saved once a version', async () => {
    const first = aRecord('h1', { failures: [{ messageId: 'm1', at: at(1) }] });
    expect(await records.find('acme', 'h1')).toBeUndefined();
    expect(await records.save(first)).toBe('saved');
    expect(await records.save(first)).toBe('stale');
    const read = (await records.find('acme', 'h1'))!;
    expect(read).toEqual({ ...first, version: 1 });
    const both = await Promise.all([records.save(read), records.save(read)]);
    expect(both.toSorted()).toEqual(['saved', 'stale']);
    expect(await records.find('other', 'h1')).toBeUndefined();
  });

  it('lists those that are stopped, newest first by page, until they are lifted', async () => {
    for (const [hash, day] of [
      ['h2', 2],
      ['h4', 4],
      ['h3', 3],
    ] as const)
      await records.save(stopped(hash, day));
    const first = await records.stopped('acme', { limit: 2 });
    expect(first.items.map(({ addressHash }) => addressHash)).toEqual(['h4', 'h3']);
    const second = await records.stopped('acme', { limit: 2, cursor: first.nextCursor });
    expect(second.items).toEqual([{ ...stopped('h2', 2), version: 1 }]);
    expect(second.nextCursor).toBeUndefined();
    const { stop: _stop, ...rest } = first.items[0]!;
    const lift = { at: at(5), by: 'person:a', why: 'mended' };
    expect(await records.save({ ...rest, lift })).toBe('saved');
    expect(await records.find('acme', 'h4')).toEqual({ ...rest, lift, version: 2 });
    expect((await records.stopped('acme', { limit: 9 })).items.map((one) => one.addressHash)).toEqual(['h3', 'h2']);
    expect((await records.stopped('other', { limit: 9 })).items).toEqual([]);
  });
});

describe('an item of an address', () => {
  it('lapses when nothing is stopped, and stays while it is', async () => {
    const { documents, tableName } = table;
    const records = makeMailRecords(table);
    const raw = async (hash: string) => {
      return (await documents.send(new GetCommand({ TableName: tableName, Key: mailRecordKey('acme', hash) }))).Item;
    };
    await records.save(aRecord('k1', { failures: [{ messageId: 'm1', at: at(1) }] }));
    await records.save(stopped('k2', 1));
    expect(await raw('k1')).toMatchObject({ expiresAt: Date.parse('2026-04-30T00:00:00Z') / 1000 });
    expect(await raw('k2')).not.toHaveProperty('expiresAt');
  });
});
