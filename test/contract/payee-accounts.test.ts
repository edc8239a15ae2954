import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partners/partner-terms-reader';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import { payeeHashKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import { makePayeeAccounts } from '#shared/adapters/dynamodb/partners/payee-accounts';
import { makePartnerSignals } from '#shared/adapters/dynamodb/referrals/holds/partner-signals';
import { keyedHash } from '#shared/adapters/payee-hashes';
import type { Payee } from '#shared/application/payees';
import { makePartnerDirectory } from '#shared/application/referrals/partner-directory';
import { aPayeeNotice, aProfile, aStanding, instant, recordedPayee } from '#test/support/builders/partners';
import { A_HASH_KEY } from '#test/support/fakes/payee-vault';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';
import { aReferralsTable, type TestTable } from '#test/support/referrals-table';

const GB = 'GB29NWBK60161331926819';
const DE = 'DE89370400440532013000';
/** As it is stored: all IBANs could be tried against a digest that takes no key. */
const hashOf = (iban: string): string => keyedHash(A_HASH_KEY, 'account', digest(iban));
const bank = (iban: string): Payee => ({ rail: 'bank_file', name: 'Somebody', iban });

let partners: PartnersTable;
let referrals: TestTable;
beforeAll(async () => {
  [partners, referrals] = await Promise.all([aPartnersTable(), aReferralsTable()]);
});
afterAll(() => Promise.all([partners?.stop(), referrals?.stop()]));

let programs = 0;
async function aShop(payees: Readonly<Record<string, Payee | undefined>>) {
  const programId = `accounts-${++programs}`;
  const store = makePartnerStore(partners);
  for (const [partnerId, payee] of Object.entries(payees)) {
    const recorded = payee && (await recordedPayee({ payee }, { programId, partnerId }));
    await store.enrol(aStanding({ programId, partnerId }), aProfile({ programId, partnerId }), recorded);
  }
  let changes = 0;
  const change = async (partnerId: string, payee: Payee) => {
    const owner = { programId, partnerId };
    const before = (await store.payee(programId, partnerId))?.payeeId;
    const set = await recordedPayee({ payee, payeeId: `change-${++changes}` }, owner);
    expect(await store.changePayee(set, aPayeeNotice(set, owner), before)).toBe('changed');
  };
  const accounts = makePayeeAccounts({ ...partners, hashKey: async () => A_HASH_KEY });
  return { programId, change, accounts, of: (partnerId: string) => accounts.of(programId, partnerId) };
}

describe('accounts of partners, by their hash', () => {
  it('are the same for two partners that are paid into one, however its number is written', async () => {
    const { of } = await aShop({ p1: bank(GB), p2: bank('gb29 nwbk 6016 1331 9268 19'), p3: bank(DE) });
    expect(await of('p1')).toEqual({ accountHash: hashOf(GB), samePayeeAs: ['p2'] });
    expect(await of('p2')).toEqual({ accountHash: hashOf(GB), samePayeeAs: ['p1'] });
    expect(await of('p3')).toEqual({ accountHash: hashOf(DE), samePayeeAs: [] });
  });

  it('follow a change, both ways', async () => {
    const { of, change } = await aShop({ p1: bank(GB), p2: bank(GB) });
    await change('p2', bank(DE));
    expect((await of('p1'))?.samePayeeAs).toEqual([]);
    expect(await of('p2')).toEqual({ accountHash: hashOf(DE), samePayeeAs: [] });
    await change('p2', bank(GB));
    expect((await of('p1'))?.samePayeeAs).toEqual(['p2']);
  });

  it('are unknown without a bank, and for partners enrolled without one', async () => {
    const { of, change } = await aShop({ p1: undefined, p2: bank(GB), p3: bank(GB) });
    expect([await of('p1'), await of('nobody')]).toEqual([undefined, undefined]);
    await change('p2', { rail: 'sandbox', name: 'p2', behaviour: 'settle' });
    expect(await of('p2')).toBeUndefined();
    expect((await of('p3'))?.samePayeeAs).toEqual([]);
  });

  it('are what a merchant sends as the hash of a payment, with the key', async () => {
    const { accounts, of } = await aShop({ p1: bank(GB) });
    const { accountHash = '' } = (await of('p1')) ?? {};
    expect([
      await accounts.isAccount(accountHash, digest(GB)),
      await accounts.isAccount(accountHash, digest(DE)),
    ]).toEqual([true, false]);
    const keyless = makePayeeAccounts({ ...partners, hashKey: async () => undefined });
    expect(await keyless.isAccount(accountHash, digest(GB))).toBe(false);
  });

  it('that were stored before there was a key are known as they are, and find those that have one', async () => {
    const { programId, accounts, of } = await aShop({ old: undefined, p1: bank(GB) });
    const item = { ...payeeHashKey(programId, 'old'), accountHash: digest(GB) };
    await partners.documents.send(new PutCommand({ TableName: partners.tableName, Item: item }));
    expect(await of('old')).toEqual({ accountHash: digest(GB), samePayeeAs: ['p1'] });
    expect(await accounts.isAccount(digest(GB), digest(GB))).toBe(true);
  });

  it('stay within their programme', async () => {
    const one = await aShop({ p1: bank(GB) });
    const other = await aShop({ p2: bank(GB) });
    expect((await one.of('p1'))?.samePayeeAs).toEqual([]);
    expect((await other.of('p2'))?.samePayeeAs).toEqual([]);
  });

  it('are asked for once a minute by the directory', async () => {
    const { programId, change, accounts } = await aShop({ p1: bank(GB) });
    let now = 0;
    const directory = makePartnerDirectory({ terms: makePartnerTermsReader(partners), accounts, clock: () => now });
    const account = async () => (await directory.find(programId, 'p1'))?.accountHash;
    expect(await account()).toBe(hashOf(GB));
    await change('p1', bank(DE));
    expect(await account()).toBe(hashOf(GB));
    now = 60_001;
    expect(await account()).toBe(hashOf(DE));
    expect(await directory.find(programId, 'nobody')).toBeUndefined();
  });
});

describe('what reviews found of partners', () => {
  it('keeps the last finding of each code, and the day of the review', async () => {
    const found = makePartnerSignals(referrals);
    const signal = { partnerId: 'p1', code: 'refund_rate', action: 'flag', evidence: '12 of 20' } as const;
    expect([await found.list('shop'), await found.reviewedOn('shop')]).toEqual([[], undefined]);
    await found.keep('shop', { ...signal, foundAt: instant('2026-01-01T00:00:00Z') });
    const later = { ...signal, evidence: '15 of 20', foundAt: instant('2026-01-02T00:00:00Z') };
    await found.keep('shop', later);
    await found.markReviewed('shop', '2026-01-02');
    expect([await found.list('shop'), await found.reviewedOn('shop')]).toEqual([[later], '2026-01-02']);
    expect(await found.list('other-shop')).toEqual([]);
  });
});
