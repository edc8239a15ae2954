import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { profileItem } from '#shared/adapters/dynamodb/partners/partner-items';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partners/partner-terms-reader';
import { payeeAccountKey, payeeHashKey, payeeKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import { makePayeeAccounts } from '#shared/adapters/dynamodb/partners/payee-accounts';
import { makeOwnPayeeHashKey, makePayeeHashKey } from '#shared/adapters/dynamodb/partners/payee-hash-key';
import { payeeChangeItem } from '#shared/adapters/dynamodb/partners/payee-items';
import { makePayeeStore } from '#shared/adapters/dynamodb/partners/payee-store';
import { sealStoredPayees } from '#shared/adapters/dynamodb/partners/seal-stored-payees';
import { keyedHash } from '#shared/adapters/payee-hashes';
import { A_PAYEE, aPayeeNotice, aProfile, instant, recordedPayee } from '#test/support/builders/partners';
import { A_HASH_KEY, aFakeKmsKey, fakeOpener, fakeSealer } from '#test/support/fakes/payee-vault';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';

let table: PartnersTable;
beforeAll(async () => {
  table = await aPartnersTable();
});
afterAll(() => table?.stop());

const changedAt = instant('2026-01-05T09:00:00Z');
/** The id of a payee that was stored without one. */
const idOfOld = `@${changedAt}`;
const put = (Item: Record<string, unknown>) =>
  table.documents.send(new PutCommand({ TableName: table.tableName, Item }));

describe('a payee that an earlier version stored in plain', () => {
  const owner = { programId: 'old', partnerId: 'p1' };
  beforeAll(() => put({ ...payeeKey('old', 'p1'), payee: A_PAYEE, changedAt, changedBy: 'person:manager' }));

  it('is read as it was, with an id of when it was set, also without the right to open any', async () => {
    expect(await makePayeeStore(table).payee('old', 'p1')).toEqual({
      payeeId: idOfOld,
      shown: { rail: 'bank_file', name: 'Ada & Co', ibanEnding: '5555' },
      changedAt,
      changedBy: 'person:manager',
      details: { plain: A_PAYEE },
    });
    expect(await makePartnerTermsReader(table).payee('old', 'p1')).toEqual({
      ...A_PAYEE,
      payeeId: idOfOld,
      changedAt,
    });
  });

  it('is sealed by its next change, once', async () => {
    const store = makePayeeStore(table);
    const set = await recordedPayee({ payeeId: 'c1' }, owner);
    const change = () => store.changePayee(set, aPayeeNotice(set, owner), idOfOld);
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

describe('sealing what earlier versions stored', () => {
  const IBAN = 'GB33BUKB20201555555555';
  const sealer = fakeSealer;
  const hashKey = async () => A_HASH_KEY;
  const seal = () => sealStoredPayees({ ...table, sealer, hashKey });

  it('leaves nothing plain, keeps ids and what was enrolled, and can be repeated', async () => {
    const accountHash = digest(IBAN);
    const profile = aProfile({ programId: 'older', partnerId: 'p1' });
    const change = { payeeId: 'p1.enrolment', changedAt, changedBy: 'person:manager' };
    await put({ ...payeeKey('older', 'p1'), payee: A_PAYEE, changedAt, changedBy: 'person:manager' });
    await put({ ...payeeHashKey('older', 'p1'), accountHash });
    for (const partnerId of ['p1', 'left']) await put(payeeAccountKey('older', accountHash, partnerId));
    await put(payeeChangeItem('older', 'p1', change));
    await put(profileItem(profile));
    await put(profileItem(aProfile({ programId: 'older', partnerId: 'unpaid' })));

    expect(await seal()).toEqual({ payees: 1, accounts: 2, profiles: 1, changedMeanwhile: 0 });
    expect(await seal()).toEqual({ payees: 0, accounts: 0, profiles: 0, changedMeanwhile: 0 });

    const { Items } = await table.documents.send(new ScanCommand({ TableName: table.tableName }));
    const text = JSON.stringify(Items?.filter(({ pk }) => String(pk).startsWith('older#')));
    expect(text).not.toContain(IBAN);
    expect(text).not.toContain(accountHash);
    expect(text.split('content-1')).toHaveLength(2);
    const terms = makePartnerTermsReader({ ...table, opener: fakeOpener });
    expect(await terms.payee('older', 'p1')).toEqual({ ...A_PAYEE, payeeId: idOfOld, changedAt });
    const account = await makePayeeAccounts({ ...table, hashKey }).of('older', 'p1');
    expect(account).toEqual({ accountHash: keyedHash(A_HASH_KEY, 'account', accountHash), samePayeeAs: [] });
    const set = await recordedPayee({ payeeId: 'c9' }, { programId: 'older', partnerId: 'p1' });
    const notice = aPayeeNotice(set, { programId: 'older', partnerId: 'p1' });
    expect(await makePayeeStore(table).changePayee(set, notice, idOfOld)).toBe('changed');
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
