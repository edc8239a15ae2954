import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partners/partner-terms-reader';
import { payeeKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import { makeOwnPayeeHashKey, makePayeeHashKey } from '#shared/adapters/dynamodb/partners/payee-hash-key';
import { makePayeeStore } from '#shared/adapters/dynamodb/partners/payee-store';
import { A_PAYEE, aPayeeNotice, instant, recordedPayee } from '#test/support/builders/partners';
import { aFakeKmsKey, fakeOpener } from '#test/support/fakes/payee-vault';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';

let table: PartnersTable;
beforeAll(async () => {
  table = await aPartnersTable();
});
afterAll(() => table?.stop());

const changedAt = instant('2026-01-05T09:00:00Z');
const put = (Item: Record<string, unknown>) =>
  table.documents.send(new PutCommand({ TableName: table.tableName, Item }));

describe('a payee that an earlier version stored in plain', () => {
  const owner = { programId: 'old', partnerId: 'p1' };
  const before = `@${changedAt}`;
  beforeAll(() => put({ ...payeeKey('old', 'p1'), payee: A_PAYEE, changedAt, changedBy: 'person:manager' }));

  it('is read as it was, with an id of when it was set, also without the right to open any', async () => {
    expect(await makePayeeStore(table).payee('old', 'p1')).toEqual({
      payeeId: before,
      shown: { rail: 'bank_file', name: 'Ada & Co', ibanEnding: '5555' },
      changedAt,
      changedBy: 'person:manager',
      details: { plain: A_PAYEE },
    });
    expect(await makePartnerTermsReader(table).payee('old', 'p1')).toEqual({ ...A_PAYEE, payeeId: before, changedAt });
  });

  it('is sealed by its next change, once', async () => {
    const store = makePayeeStore(table);
    const set = await recordedPayee({ payeeId: 'c1' }, owner);
    const change = () => store.changePayee(set, aPayeeNotice(set, owner), before);
    expect([await change(), await change()]).toEqual(['changed', 'stale']);
    const { Items } = await table.documents.send(new ScanCommand({ TableName: table.tableName }));
    expect(JSON.stringify(Items)).not.toContain('GB33BUKB');
    const terms = makePartnerTermsReader({ ...table, opener: fakeOpener });
    expect(await terms.payee('old', 'p1')).toMatchObject({ ...A_PAYEE, payeeId: 'c1' });
  });

  it('is not read by who has no right to open it', async () => {
    await expect(makePartnerTermsReader(table).payee('old', 'p1')).rejects.toThrow('no right');
    expect(await makePartnerTermsReader(table).payeeOnRecord('old', 'p1')).toMatchObject({ payeeId: 'c1' });
  });
});

describe('the key of the hashes of payees', () => {
  it('is none until one is made, then the same for everybody, and stored sealed', async () => {
    const kms = aFakeKmsKey();
    const find = makePayeeHashKey({ ...table, opener: kms });
    expect(await find()).toBeUndefined();
    const make = () => makeOwnPayeeHashKey({ ...table, opener: kms, sealer: kms })();
    const made = await Promise.all([make(), make(), make()]);
    expect(new Set(made.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1);
    expect(made[0]).toHaveLength(32);
    expect(await find()).toEqual(made[0]);
    const calls = kms.calls.decrypt;
    await find();
    expect(kms.calls.decrypt).toBe(calls);
  });

  it('is asked for again when it could not be opened', async () => {
    const kms = aFakeKmsKey();
    let isDown = true;
    const find = makePayeeHashKey({
      ...table,
      opener: { decrypt: (...given) => (isDown ? Promise.reject(new Error('down')) : kms.decrypt(...given)) },
    });
    await expect(find()).rejects.toThrow('down');
    isDown = false;
    expect(await find()).toHaveLength(32);
  });
});
