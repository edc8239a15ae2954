import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partners/partner-terms-reader';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import type { AgreementRecord, AgreementWrites } from '#shared/application/partners/agreement-ports';
import { MAX_STANDING_BYTES } from '#shared/application/partners/draft-agreement';
import type { Standing } from '#shared/application/partners/ports';
import type { Component } from '#shared/domain/plan/plan';
import { anAgreementHouse } from '#test/support/builders/agreements';
import { aProfile, aStanding, instant } from '#test/support/builders/partners';
import { type MemoryPartners, makeMemoryPartners } from '#test/support/fakes/partner-store';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';

type Partners = Pick<MemoryPartners, 'store' | 'terms'>;

let table: PartnersTable;
beforeAll(async () => {
  table = await aPartnersTable();
});
afterAll(() => table?.stop());

const implementations: readonly [string, () => Partners][] = [
  ['on the engine', () => ({ store: makePartnerStore(table), terms: makePartnerTermsReader(table) })],
  ['in memory', makeMemoryPartners],
];

const OWN: readonly Component[] = [
  {
    kind: 'revenue_share',
    id: 'own',
    mode: 'graduated',
    metric: 'revenue',
    brackets: [
      { upTo: 9_007_199_254_740_991n, rateBps: 100 },
      { upTo: null, rateBps: 200 },
    ],
  },
  { kind: 'fixed_fee', id: 'fee', amountMinor: 5_000n },
];
const from = instant('2026-04-01T00:00:00Z');
const recorded = { recordedAt: instant('2026-03-10T00:00:00Z'), recordedBy: 'person:manager' };
const holding = (partnerId: string) =>
  ({
    partnerId,
    agreementId: 'a2',
    kind: 'category',
    values: ['books'],
    from,
    until: instant('2027-01-01T00:00:00Z'),
  }) as const;

describe.each(implementations)('agreements %s', (_name, make) => {
  let partners: Partners;
  let programId = 'agreements-0';
  let programs = 0;
  beforeEach(async () => {
    partners = make();
    programs += 1;
    programId = `agreements-${programs}`;
  });

  const enrol = async (partnerId: string, writes?: AgreementWrites): Promise<Standing> => {
    const standing = aStanding({ programId, partnerId });
    const profile = aProfile({ programId, partnerId, email: `${partnerId}@partners.example` });
    expect(await partners.store.enrol(standing, profile, undefined, writes)).toBe('created');
    return standing;
  };
  const withVersion = (standing: Standing, planVersion: number): Standing => ({
    ...standing,
    agreements: [...standing.agreements, { ...recorded, agreementId: 'a2', from, planVersion, sequence: 2 }],
  });

  it('keep components, text and terms of one save, and pay by the components', async () => {
    const standing = await enrol('p1');
    const writes: AgreementWrites = {
      components: { planVersion: 1_000_003, components: OWN },
      text: { agreementId: 'a2', text: 'Ein Vertrag über Bücher ✓' },
    };
    expect(await partners.store.save(withVersion(standing, 1_000_003), undefined, writes)).toBe('saved');
    expect(await partners.store.components(programId, 'p1', 1_000_003)).toEqual(OWN);
    expect(await partners.store.agreementText(programId, 'p1', 'a2')).toBe('Ein Vertrag über Bücher ✓');
    const terms = await partners.terms.terms(programId, 'p1');
    expect(terms?.agreements.map(({ agreementId, components }) => [agreementId, components])).toEqual([
      ['enrolment', undefined],
      ['a2', OWN],
    ]);
  });

  it('write nothing of a save that is refused', async () => {
    const standing = await enrol('p1');
    const writes: AgreementWrites = {
      components: { planVersion: 1_000_003, components: OWN },
      text: { agreementId: 'a2', text: 'text' },
      record: { kind: 'withdrawn', agreementId: 'a2', at: from, by: 'person:m' },
      register: { version: 0, holdings: [holding('p1')] },
    };
    expect(await partners.store.save({ ...standing, version: 9 }, undefined, writes)).toBe('stale');
    expect(await partners.store.components(programId, 'p1', 1_000_003)).toBeUndefined();
    expect(await partners.store.agreementText(programId, 'p1', 'a2')).toBeUndefined();
    expect(await partners.store.agreementRecords(programId, 'p1', 'a2')).toEqual([]);
    expect(await partners.store.exclusivities(programId)).toEqual({ version: 0, holdings: [] });
  });

  it('give back every field of a version, a proposal and their end', async () => {
    const standing = await enrol('p1');
    const version = {
      ...recorded,
      ...{ agreementId: 'a2', from, endsAt: instant('2027-04-01T00:00:00Z'), planVersion: 2, sequence: 3 },
      ...({ afterEnd: 'honour_until_window_ends', termMonths: 6, renewal: 'by_agreement', renewedMonths: 6 } as const),
      ...{ noticeDays: 30, textHash: 'f'.repeat(64), askedFrom: from, acceptedAt: from, terminatedAt: from },
      exclusivity: { kind: 'geography', values: ['DE'], until: instant('2027-01-01T00:00:00Z') } as const,
    };
    const changed = {
      ...standing,
      agreements: [...standing.agreements, version],
      proposals: [{ ...version, agreementId: 'a3', withdrawnAt: from }],
    };
    await partners.store.save(changed, undefined);
    expect(await partners.store.standing(programId, 'p1')).toEqual({ ...changed, version: 2 });
    expect((await partners.terms.terms(programId, 'p1'))?.agreements[1]).toMatchObject({
      ...{ agreementId: 'a2', from, endsAt: version.endsAt, planVersion: 2, sequence: 3 },
      afterEnd: 'honour_until_window_ends',
    });
  });

  it('keep what happened to a version, apart from other versions, and each act once', async () => {
    let standing = await enrol('p1');
    const act = { at: from, by: 'person:m' };
    const records: AgreementRecord[] = [
      {
        ...act,
        agreementId: 'a2',
        kind: 'accepted',
        textHash: 'f',
        method: 'paper',
        paperReference: '7',
        effectiveFrom: from,
      },
      { ...act, agreementId: 'a2', kind: 'renewed', actId: 'r1', months: 6, endsAt: from },
      {
        ...{ ...act, agreementId: 'a2', kind: 'terminated', actId: 't1', cause: 'notice', effect: 'stop' },
        ...{ endsAt: from, reason: 'Over', cancelled: ['a3'] },
      },
      { ...act, agreementId: 'a2x', kind: 'withdrawn', reason: 'No' },
    ];
    for (const record of records) {
      expect(await partners.store.save(standing, undefined, { record })).toBe('saved');
      standing = { ...standing, version: standing.version + 1 };
    }
    expect(await partners.store.agreementRecords(programId, 'p1', 'a2')).toEqual(records.slice(0, 3));
    expect(await partners.store.agreementRecords(programId, 'p1', 'a2x')).toEqual(records.slice(3));
    expect(await partners.store.agreementRecords(programId, 'p2', 'a2')).toEqual([]);
  });

  it('let one of two promise the same exclusivity, by enrolment or by a later version', async () => {
    const standing = await enrol('p1');
    const writes: AgreementWrites = { register: { version: 0, holdings: [holding('p1')] } };
    const other = aStanding({ programId, partnerId: 'p2' });
    const profile = aProfile({ programId, partnerId: 'p2', email: 'p2@partners.example' });
    const outcomes = await Promise.all([
      partners.store.save(standing, undefined, writes),
      partners.store.enrol(other, profile, undefined, { register: { version: 0, holdings: [holding('p2')] } }),
    ]);
    expect(outcomes.filter((outcome) => outcome === 'saved' || outcome === 'created')).toHaveLength(1);
    const { version, holdings } = await partners.store.exclusivities(programId);
    expect([version, holdings]).toEqual([1, [holding(outcomes[0] === 'saved' ? 'p1' : 'p2')]]);
  });

  it('grow the register by one version a write', async () => {
    const standing = await enrol('p1', { register: { version: 0, holdings: [] } });
    const next: AgreementWrites = { register: { version: 1, holdings: [holding('p1')] } };
    expect(await partners.store.save(standing, undefined, next)).toBe('saved');
    expect(await partners.store.save({ ...standing, version: 2 }, undefined, next)).toBe('stale');
    expect((await partners.store.exclusivities(programId)).version).toBe(2);
  });
});

describe('agreements on the engine', () => {
  it('fit into one item at the limit of a partner, with every version accepted and terminated afterwards', async () => {
    const store = makePartnerStore(table);
    const version = {
      ...recorded,
      ...{ recordedBy: `person:${'0'.repeat(36)}`, from, endsAt: from, planVersion: 1, sequence: 100 },
      ...({ afterEnd: 'honour_until_window_ends', termMonths: 12, renewal: 'by_agreement', noticeDays: 30 } as const),
      textHash: 'f'.repeat(64),
    };
    const standing = aStanding({ programId: 'full', partnerId: 'p1' });
    const count = Math.floor(MAX_STANDING_BYTES / (JSON.stringify(version).length + 50));
    const agreements = Array.from({ length: count }, (_, index) => ({
      ...version,
      agreementId: `${index}`.padStart(26, '0'),
      ...{ acceptedAt: from, terminatedAt: from, renewedMonths: 12 },
    }));
    await store.enrol({ ...standing, agreements }, aProfile({ programId: 'full' }), undefined);
    expect((await store.standing('full', 'p1'))?.agreements).toHaveLength(count);
  });

  it('are promised to one of eight partners who ask at once', async () => {
    const store = makePartnerStore(table);
    const house = await anAgreementHouse({ ...makeMemoryPartners(), store, terms: makePartnerTermsReader(table) });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) =>
        house.enrol({
          ...{ partnerId: `x${index}`, email: `x${index}@partners.example` },
          exclusivity: { kind: 'geography', values: ['DE', index % 2 === 0 ? 'FR' : 'PL'] },
        }),
      ),
    );
    const won = outcomes.filter(({ status }) => status === 'fulfilled');
    const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
    expect(won).toHaveLength(1);
    expect(new Set(reasons)).toEqual(new Set(['exclusivity_conflict']));
    expect((await store.exclusivities('acme')).holdings).toHaveLength(1);
  });
});
