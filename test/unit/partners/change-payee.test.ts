import { beforeEach, describe, expect, it } from 'vitest';
import { type ChangePayee, makeChangePayee } from '#shared/application/partners/change-payee';
import { makeGetPartner } from '#shared/application/partners/get-partner';
import type { Payee } from '#shared/application/payees';
import { DEFAULT_PAYOUT_RULES, type PayoutRules } from '#shared/application/programs';
import { A_PAYEE, acme, aProfile, aStanding, instant, recordedPayee } from '#test/support/builders/partners';
import { type MemoryPartners, makeMemoryPartners } from '#test/support/fakes/partner-store';
import { fakeOpener, fakeSealer } from '#test/support/fakes/payee-vault';
import { makeFakePrograms } from '#test/support/fakes/programs';

const NOW = Date.parse('2026-03-10T08:00:00.000Z');
const MINUTE = 60_000;
const who = { programId: 'acme', partnerId: 'p1' };
const OTHER: Payee = { rail: 'bank_file', name: 'Ada & Co', iban: 'DE89370400440532013000' };
const eve = { by: 'person:eve', isPerson: true, isPartnerOnly: false, signedInAt: NOW - 5 * MINUTE };
const key = { by: 'key:k1', onBehalfOf: 'person:admin', isPerson: false, isPartnerOnly: false };

let partners: MemoryPartners;
let rules: Partial<PayoutRules>;
const deps = () => ({
  partners: partners.store,
  programs: makeFakePrograms(acme({ payouts: { ...DEFAULT_PAYOUT_RULES, ...rules } })),
  sealer: fakeSealer,
  clock: () => NOW,
});
const change = (over: Partial<ChangePayee> = {}) =>
  makeChangePayee(deps())({ ...who, payee: OTHER, changeId: 'change-1', editor: eve, ...over });
const changers = async () =>
  (await partners.payeeChanges.since('acme', instant('2026-03-01T00:00:00Z'))).map(({ by }) => by);

beforeEach(async () => {
  partners = makeMemoryPartners();
  rules = {};
  await partners.store.enrol(aStanding(), aProfile(), await recordedPayee());
  await partners.store.enrol(aStanding({ partnerId: 'p2' }), aProfile({ partnerId: 'p2' }), undefined);
});

describe('a change of payee', () => {
  it('names who changed where money goes, never shows the whole account, and rests before it is used', async () => {
    expect(await change()).toEqual({
      rail: 'bank_file',
      name: 'Ada & Co',
      ibanEnding: '3000',
      payeeId: 'change-1',
      changedAt: '2026-03-10T08:00:00.000Z',
      usableFrom: '2026-03-12T08:00:00.000Z',
    });
    expect(await changers()).toEqual(['person:eve']);
    const details = (await partners.store.payee('acme', 'p1'))?.details;
    expect(JSON.stringify(details)).not.toContain('DE89');
    expect(details && 'sealed' in details && (await fakeOpener.open(who, details.sealed))).toEqual(OTHER);
  });

  it('is kept as it is for the same details, in whatever order they come', async () => {
    const { rail, name, iban } = A_PAYEE as Extract<Payee, { rail: 'bank_file' }>;
    expect(await change({ payee: { iban, name, rail } })).toMatchObject({ payeeId: 'p1.enrolment' });
    expect(await changers()).toEqual([]);
  });

  it('is kept as it is for the same details that were stored before they were sealed', async () => {
    const stored = await recordedPayee();
    const plain = { ...partners.store, payee: async () => ({ ...stored, details: { plain: A_PAYEE } }) };
    const run = makeChangePayee({ ...deps(), partners: plain });
    await run({ ...who, payee: A_PAYEE, changeId: 'c', editor: eve });
    expect(await changers()).toEqual([]);
    expect(await run({ ...who, payee: OTHER, changeId: 'c', editor: eve })).toMatchObject({ payeeId: 'c' });
  });

  it('counts at once where the programme asks for no cool-down', async () => {
    rules = { payeeCooldownHours: 0 };
    expect(await change()).not.toHaveProperty('usableFrom');
  });

  it('that somebody else makes at the same moment is not written over', async () => {
    const reads = [await recordedPayee({ payeeId: 'older' })];
    const store = {
      ...partners.store,
      payee: async (...id: [string, string]) => reads.shift() ?? partners.store.payee(...id),
    };
    await makeChangePayee({ ...deps(), partners: store })({ ...who, payee: OTHER, changeId: 'c', editor: eve });
    expect((await partners.store.payee('acme', 'p1'))?.payeeId).toBe('c');
    const always = { ...partners.store, payee: async () => recordedPayee({ payeeId: 'older' }) };
    const lost = makeChangePayee({ ...deps(), partners: always })({ ...who, payee: OTHER, changeId: 'd', editor: eve });
    await expect(lost).rejects.toMatchObject({ code: 'temporarily_unavailable' });
  });

  it('tells the address that the partner had', async () => {
    await change();
    expect(await partners.store.payeeNotice('acme', 'p1', 'change-1')).toMatchObject({
      email: 'ada@partners.example',
      shown: { ibanEnding: '3000' },
      usableFrom: '2026-03-12T08:00:00.000Z',
    });
  });

  it('answers 404 for an unknown partner', async () => {
    await expect(change({ partnerId: 'nobody' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('who may change a payee', () => {
  it('is a person who signed in a short time ago: to the minute', async () => {
    await change({ editor: { ...eve, signedInAt: NOW - 15 * MINUTE } });
    const late = change({ payee: A_PAYEE, editor: { ...eve, signedInAt: NOW - 15 * MINUTE - 1 } });
    await expect(late).rejects.toMatchObject({
      code: 'login_not_fresh',
      errors: [{ pointer: 'header:Authorization' }],
      message: expect.stringContaining('Sign in again'),
    });
  });

  it('is nobody whose token does not say when they signed in, not even with the same details', async () => {
    const { signedInAt: _, ...unsaid } = eve;
    await expect(change({ editor: unsaid })).rejects.toMatchObject({ code: 'login_not_fresh' });
    await expect(change({ payee: A_PAYEE, editor: unsaid })).rejects.toMatchObject({ code: 'login_not_fresh' });
  });

  it('is nobody whose sign-in is yet to come, as of a provider that counts in milliseconds; clocks may differ a little', async () => {
    for (const signedInAt of [NOW + MINUTE + 1, NOW * 1000]) {
      const tried = change({ editor: { ...eve, signedInAt } });
      await expect(tried).rejects.toMatchObject({ code: 'login_not_fresh' });
    }
    await change({ editor: { ...eve, signedInAt: NOW + MINUTE } });
  });

  it('is no API key, which may say where a partner without a payee is paid', async () => {
    await expect(change({ editor: key })).rejects.toMatchObject({ code: 'person_required' });
    await change({ partnerId: 'p2', editor: key });
    expect(await changers()).toEqual(['key:k1']);
    await expect(change({ partnerId: 'p2', payee: A_PAYEE, editor: key })).rejects.toMatchObject({
      code: 'person_required',
    });
  });

  it('is a partner within the rails that the programme offers; staff may set any', async () => {
    const sandbox: Payee = { rail: 'sandbox', name: 'Ada', behaviour: 'settle' };
    await expect(change({ payee: sandbox, editor: { ...eve, isPartnerOnly: true } })).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '/rail', rule: 'must be one of bank_file, nacha, stripe, paypal' }],
    });
    await change({ payee: sandbox });
    rules = { partnerRails: ['sandbox'] };
    await change({ payee: { ...sandbox, behaviour: 'fail' }, editor: { ...eve, isPartnerOnly: true }, changeId: 'c2' });
    expect((await partners.store.payee('acme', 'p1'))?.payeeId).toBe('c2');
  });
});

describe('get partner', () => {
  const get = (partnerId: string) => makeGetPartner(deps())({ programId: 'acme', partnerId });

  it('shows the last characters of the account only, and no reason while nothing is in the way', async () => {
    const view = await get('p1');
    expect(view.payee).toMatchObject({
      rail: 'bank_file',
      name: 'Ada & Co',
      ibanEnding: '5555',
      payeeId: 'p1.enrolment',
    });
    expect(view.blocked).toBeUndefined();
  });

  it('says why nothing is paid and what to do', async () => {
    expect((await get('p2')).blocked).toEqual({
      reason: 'payee_incomplete',
      whatToDo: expect.stringContaining('enter bank details'),
    });
    await change();
    expect((await get('p1')).blocked).toEqual({
      reason: 'payee_cooling_down',
      whatToDo: expect.stringContaining('2026-03-12T08:00:00.000Z'),
    });
  });
});
