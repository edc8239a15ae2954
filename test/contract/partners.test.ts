import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partners/partner-terms-reader';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import { makePayeeChangesReader } from '#shared/adapters/dynamodb/partners/payee-changes';
import { makePeopleReader } from '#shared/adapters/dynamodb/partners/people';
import type { Standing, TierChange } from '#shared/application/partners/ports';
import { A_PAYEE, aPayeeNotice, aProfile, aStanding, instant, recordedPayee } from '#test/support/builders/partners';
import { type MemoryPartners, makeMemoryPartners } from '#test/support/fakes/partner-store';
import { fakeOpener } from '#test/support/fakes/payee-vault';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';

type Partners = Pick<MemoryPartners, 'store' | 'terms' | 'people' | 'payeeChanges'>;

let table: PartnersTable;
beforeAll(async () => {
  table = await aPartnersTable();
});
afterAll(() => table?.stop());

const onEngine = (): Partners => ({
  store: makePartnerStore(table),
  terms: makePartnerTermsReader({ ...table, opener: fakeOpener }),
  people: makePeopleReader(table),
  payeeChanges: makePayeeChangesReader(table),
});

const implementations: readonly [string, () => Partners][] = [
  ['on the engine', onEngine],
  ['in memory', makeMemoryPartners],
];

describe.each(implementations)('partners %s', (_name, make) => {
  let partners: Partners;
  let programId = 'program-0';
  let programs = 0;
  beforeEach(() => {
    partners = make();
    programs += 1;
    programId = `program-${programs}`;
  });

  const enrol = async (partnerId: string, payee = true): Promise<Standing> => {
    const standing = aStanding({ programId, partnerId });
    const profile = aProfile({ programId, partnerId });
    const set = payee ? await recordedPayee({}, { programId, partnerId }) : undefined;
    expect(await partners.store.enrol(standing, profile, set)).toBe('created');
    return standing;
  };
  const change = async (
    partnerId: string,
    over: Parameters<typeof recordedPayee>[0],
    before: string | null = `${partnerId}.enrolment`,
  ) => {
    const owner = { programId, partnerId };
    const set = await recordedPayee({ payeeId: 'change-1', ...over }, owner);
    return partners.store.changePayee(set, aPayeeNotice(set, owner), before ?? undefined);
  };
  const aChange = (partnerId: string): TierChange => ({
    programId,
    partnerId,
    sequence: 1,
    from: 'referral',
    to: 'certified',
    effectiveFrom: instant('2026-03-01T00:00:00Z'),
    source: 'person',
    reason: 'Trained',
    recordedAt: instant('2026-03-02T00:00:00Z'),
  });

  it('gives back what was enrolled', async () => {
    const standing = await enrol('p1');
    expect(await partners.store.standing(programId, 'p1')).toEqual(standing);
    expect(await partners.store.profile(programId, 'p1')).toEqual(aProfile({ programId, partnerId: 'p1' }));
    const { details, ...set } = await recordedPayee({}, { programId, partnerId: 'p1' });
    const { accountHash: _, ...kept } = details;
    expect(await partners.store.payee(programId, 'p1')).toEqual({ ...set, details: kept });
  });

  it('enrols a partner once and keeps the first', async () => {
    await enrol('p1');
    const other = aProfile({ programId, partnerId: 'p1', name: 'Somebody else' });
    expect(await partners.store.enrol(aStanding({ programId, partnerId: 'p1' }), other, undefined)).toBe('exists');
    expect((await partners.store.profile(programId, 'p1'))?.name).toBe('Ada & Co');
  });

  it('keeps the same partner id of two programmes apart', async () => {
    await enrol('p1');
    expect(await partners.store.standing(`${programId}-other`, 'p1')).toBeUndefined();
    expect(await partners.terms.terms(`${programId}-other`, 'p1')).toBeUndefined();
  });

  it('saves the newest version only', async () => {
    const standing = await enrol('p1');
    expect(await partners.store.save({ ...standing, announcedTier: 'certified' }, aChange('p1'))).toBe('saved');
    expect(await partners.store.save({ ...standing, announcedTier: 'premium' }, undefined)).toBe('stale');
    expect(await partners.store.standing(programId, 'p1')).toMatchObject({ version: 2, announcedTier: 'certified' });
  });

  it('writes a tier change only together with the save that made it', async () => {
    const standing = await enrol('p1');
    expect(await partners.store.save({ ...standing, version: 7 }, aChange('p1'))).toBe('stale');
    expect(await partners.store.tierChange(programId, 'p1', 1)).toBeUndefined();
    await partners.store.save(standing, aChange('p1'));
    expect(await partners.store.tierChange(programId, 'p1', 1)).toEqual(aChange('p1'));
  });

  it('lets one of many concurrent saves through', async () => {
    const standing = await enrol('p1');
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        partners.store.save({ ...standing, announcedTier: `tier-${index}` }, undefined),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
    expect((await partners.store.standing(programId, 'p1'))?.version).toBe(2);
  });

  it('walks a shard of partners by id, without its lower and with its upper end', async () => {
    for (const partnerId of ['a', 'B', 'c', 'd']) await enrol(partnerId);
    const ids = async (range: { after?: string; through?: string }): Promise<string[]> => {
      const found: string[] = [];
      for await (const { partnerId } of partners.store.standings(programId, range)) found.push(partnerId);
      return found;
    };
    expect(await ids({})).toEqual(['B', 'a', 'c', 'd']);
    expect(await ids({ after: 'B', through: 'c' })).toEqual(['a', 'c']);
    expect(await ids({ after: 'c' })).toEqual(['d']);
  });

  it('pages through partners with their names', async () => {
    for (const partnerId of ['a', 'b', 'c']) await enrol(partnerId, false);
    const first = await partners.store.list(programId, { limit: 2 });
    expect(first.items.map(({ profile }) => profile.partnerId)).toEqual(['a', 'b']);
    expect((await partners.store.list(programId, { limit: 3 })).nextCursor).toBeUndefined();
    const second = await partners.store.list(programId, { limit: 2, cursor: first.nextCursor });
    expect(second.items.map(({ standing }) => standing.partnerId)).toEqual(['c']);
    expect(second.nextCursor).toBeUndefined();
  });

  it('lists ids for other services from a given one on', async () => {
    for (const partnerId of ['a', 'b', 'c']) await enrol(partnerId, false);
    expect(await partners.terms.listIds(programId, { limit: 2 })).toEqual(['a', 'b']);
    expect(await partners.terms.listIds(programId, { after: 'b', limit: 2 })).toEqual(['c']);
  });

  it('shows other services terms without anything personal', async () => {
    const standing = await enrol('p1');
    const ends = instant('2026-06-01T00:00:00Z');
    const recorded = { sequence: 2, recordedAt: ends, recordedBy: 'person:manager' };
    const amended = {
      ...recorded,
      agreementId: 'a2',
      from: instant('2026-02-01T00:00:00Z'),
      endsAt: ends,
      planVersion: 2,
    };
    await partners.store.save({ ...standing, agreements: [...standing.agreements, amended] }, undefined);
    const [enrolment] = standing.agreements;
    const [tier] = standing.tiers;
    const first = { from: standing.createdAt, sequence: 1 };
    expect(await partners.terms.terms(programId, 'p1')).toEqual({
      partnerId: 'p1',
      agreements: [
        { ...first, agreementId: 'enrolment', planVersion: 1, recordedAt: enrolment?.recordedAt },
        { agreementId: 'a2', from: amended.from, endsAt: ends, planVersion: 2, sequence: 2, recordedAt: ends },
      ],
      tiers: [{ ...first, tier: 'referral', recordedAt: tier?.recordedAt }],
    });
    expect(await partners.terms.emailHash(programId, 'p1')).toBe(aProfile().emailHash);
    const { payeeId, changedAt } = await recordedPayee();
    expect(await partners.terms.payee(programId, 'p1')).toEqual({ ...A_PAYEE, payeeId, changedAt });
    expect(await partners.terms.payeeOnRecord(programId, 'p1')).toEqual({ rail: A_PAYEE.rail, payeeId, changedAt });
  });

  it('knows no payee until somebody said where to pay', async () => {
    await enrol('p1', false);
    expect(await partners.terms.payee(programId, 'p1')).toBeUndefined();
    expect(await partners.payeeChanges.since(programId, instant('2000-01-01T00:00:00Z'))).toEqual([]);
  });

  it('remembers who changed bank details, the enrolment too, but not the details', async () => {
    await enrol('p1');
    const [at, usableFrom] = [instant('2026-02-03T00:00:00Z'), instant('2026-02-05T00:00:00Z')];
    expect(await change('p1', { changedAt: at, usableFrom, changedBy: 'person:eve' })).toBe('changed');
    expect(await partners.payeeChanges.since(programId, instant('2026-01-05T09:00:00Z'))).toEqual([
      { partnerId: 'p1', by: 'person:manager', at: instant('2026-01-05T09:00:00Z') },
      { partnerId: 'p1', by: 'person:eve', at, usableFrom },
    ]);
    expect(await partners.payeeChanges.since(programId, instant('2026-02-04T00:00:00Z'))).toEqual([]);
  });

  it('remembers the person behind an API key that changed bank details', async () => {
    await enrol('p1', false);
    const at = instant('2026-02-03T00:00:00Z');
    const key = { changedAt: at, changedBy: 'key:k1', onBehalfOf: 'person:admin' };
    expect(await change('p1', key, null)).toBe('changed');
    expect(await partners.payeeChanges.since(programId, at)).toEqual([
      { partnerId: 'p1', by: 'key:k1', onBehalfOf: 'person:admin', at },
    ]);
    expect(await partners.terms.payee(programId, 'p1')).toEqual({ ...A_PAYEE, payeeId: 'change-1', changedAt: at });
  });

  it('changes the payee that was read, and no other one', async () => {
    await enrol('p1');
    const usableFrom = instant('2026-02-05T00:00:00Z');
    const first = { payeeId: 'change-1', usableFrom };
    expect(await change('p1', first, null)).toBe('stale');
    expect(await change('p1', first)).toBe('changed');
    expect(await change('p1', { payeeId: 'change-2' })).toBe('stale');
    expect(await partners.terms.payeeOnRecord(programId, 'p1')).toMatchObject({ payeeId: 'change-1', usableFrom });
    expect(await change('p1', { payeeId: 'change-2' }, 'change-1')).toBe('changed');
  });

  it('keeps with a change what the partner is to be told, and where it was reached', async () => {
    await enrol('p1');
    const usableFrom = instant('2026-02-05T00:00:00Z');
    await change('p1', { payeeId: 'change-1', usableFrom });
    const { shown, changedAt } = await recordedPayee();
    const { name, email } = aProfile();
    const told = { programId, partnerId: 'p1', payeeId: 'change-1', name, email, shown, changedAt, usableFrom };
    expect(await partners.store.payeeNotice(programId, 'p1', 'change-1')).toEqual(told);
    expect(await partners.store.payeeNotice(programId, 'p1', 'p1.enrolment')).toBeUndefined();
  });

  it('finds the partners of a person by the hash of the address', async () => {
    const emailHash = `hash-of-${programId}`;
    for (const partnerId of ['b', 'a']) {
      const profile = aProfile({ programId, partnerId, emailHash });
      await partners.store.enrol(aStanding({ programId, partnerId }), profile, undefined);
    }
    expect(await partners.people.partnersByEmailHash(emailHash)).toEqual([
      { programId, partnerId: 'a' },
      { programId, partnerId: 'b' },
    ]);
    expect(await partners.people.partnersByEmailHash('hash-of-nobody')).toEqual([]);
  });
});
