import { beforeEach, describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeAmendAgreement } from '#shared/application/partners/amend-agreement';
import { makeAssignTier } from '#shared/application/partners/assign-tier';
import { makeGetPartner } from '#shared/application/partners/get-partner';
import { makeRecordCertification } from '#shared/application/partners/record-certification';
import type { Period } from '#shared/domain/time/instant';
import { acme, aProfile, aStanding, instant, plansUpTo } from '#test/support/builders/partners';
import { type MemoryPartners, makeMemoryPartners } from '#test/support/fakes/partner-store';
import { makeFakePrograms } from '#test/support/fakes/programs';
import { makeFakeTierSchemes } from '#test/support/fakes/tier-schemes';

const NOW = '2026-03-10T08:00:00.000Z';
const who = { programId: 'acme', partnerId: 'p1', by: 'person:manager' };

let partners: MemoryPartners;
let closedThrough: Period;
const deps = () => ({
  partners: partners.store,
  programs: makeFakePrograms(acme({ closedThrough })),
  plans: plansUpTo(3),
  schemes: makeFakeTierSchemes(),
  clock: () => Date.parse(NOW),
  digest,
});
const assign = (tierTermId: string, tier: string, from: string) =>
  makeAssignTier(deps())({ ...who, tierTermId, tier, from: instant(from), reason: 'Agreed in person' });
const tierNow = async () => (await makeGetPartner(deps())(who)).tier;

beforeEach(async () => {
  partners = makeMemoryPartners();
  closedThrough = '2025-12' as Period;
  await partners.store.enrol(aStanding(), aProfile(), undefined);
});

describe('assign tier', () => {
  it('records one change when the tier in force becomes another one', async () => {
    await assign('t1', 'certified', '2026-03-01T00:00:00Z');
    expect(partners.changes).toMatchObject([
      { sequence: 1, from: 'referral', to: 'certified', effectiveFrom: '2026-03-01T00:00:00.000Z', source: 'person' },
    ]);
    expect(await tierNow()).toBe('certified');
  });

  it('records nothing twice for a repeat with the same id', async () => {
    const first = await assign('t1', 'certified', '2026-03-01T00:00:00Z');
    expect(await assign('t1', 'certified', '2026-03-01T00:00:00Z')).toEqual(first);
    expect(partners.changes).toHaveLength(1);
    expect((await partners.store.standing('acme', 'p1'))?.tiers).toHaveLength(2);
  });

  it('tells of no change when the same tier is assigned again, in the future or behind a later term', async () => {
    await assign('t1', 'referral', '2026-02-01T00:00:00Z');
    await assign('t2', 'premium', '2026-04-01T00:00:00Z');
    await assign('t3', 'certified', '2026-01-15T00:00:00Z');
    expect(await tierNow()).toBe('referral');
    expect(partners.changes).toEqual([]);
  });

  it('lets the last recorded of two with the same start count', async () => {
    await assign('t1', 'certified', '2026-03-01T00:00:00Z');
    await assign('t2', 'gold', '2026-03-01T00:00:00Z');
    expect(await tierNow()).toBe('gold');
    expect(partners.changes.map(({ sequence, from, to }) => [sequence, from, to])).toEqual([
      [1, 'referral', 'certified'],
      [2, 'certified', 'gold'],
    ]);
  });

  it('moves a start in a closed month to the first instant of the first open one', async () => {
    closedThrough = '2026-02' as Period;
    expect((await assign('t1', 'certified', '2026-01-15T00:00:00Z')).from).toBe('2026-03-01T00:00:00.000Z');
  });

  it('keeps every one of many concurrent assignments', async () => {
    await Promise.all(
      Array.from({ length: 4 }, (_, index) => assign(`t${index}`, `tier-${index}`, '2026-03-01T00:00:00Z')),
    );
    const standing = await partners.store.standing('acme', 'p1');
    expect(standing?.tiers.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
    expect(partners.saves.stale).toBeGreaterThan(0);
    expect(partners.changes.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  });

  it('gives up with a passing fault when others are always faster', async () => {
    const racing = { ...partners.store, save: async () => 'stale' as const };
    const run = makeAssignTier({ ...deps(), partners: racing });
    await expect(run({ ...who, tierTermId: 't', tier: 'gold', from: instant(NOW), reason: 'x' })).rejects.toMatchObject(
      { code: 'temporarily_unavailable' },
    );
  });

  it('answers 404 for an unknown partner', async () => {
    const run = makeAssignTier(deps());
    await expect(
      run({ ...who, partnerId: 'nobody', tierTermId: 't', tier: 'gold', from: instant(NOW), reason: 'x' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('refuses a term beyond the limit of a record', async () => {
    const full = aStanding({ partnerId: 'p2' });
    const tiers = Array.from({ length: 500 }, () => full.tiers[0]!);
    await partners.store.enrol({ ...full, tiers }, aProfile({ partnerId: 'p2' }), undefined);
    await expect(
      makeAssignTier(deps())({ ...who, partnerId: 'p2', tierTermId: 't', tier: 'g', from: instant(NOW), reason: 'x' }),
    ).rejects.toMatchObject({ code: 'invalid_request' });
  });
});

describe('amend agreement', () => {
  const amend = (over: Partial<Parameters<ReturnType<typeof makeAmendAgreement>>[0]> = {}) =>
    makeAmendAgreement(deps())({
      ...who,
      agreementId: 'a2',
      startsAt: instant('2026-04-01T00:00:00Z'),
      planVersion: 2,
      ...over,
    });

  it('adds a version and keeps the one before', async () => {
    await amend();
    const agreements = (await partners.store.standing('acme', 'p1'))?.agreements;
    expect(agreements?.map(({ planVersion, sequence }) => [planVersion, sequence])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it('moves both ends out of closed months', async () => {
    closedThrough = '2026-02' as Period;
    const agreement = await amend({
      startsAt: instant('2026-01-10T00:00:00Z'),
      endsAt: instant('2026-02-10T00:00:00Z'),
    });
    expect(agreement).toMatchObject({ from: '2026-03-01T00:00:00.000Z', endsAt: '2026-03-01T00:00:00.000Z' });
  });

  it('answers the first one to a repeat', async () => {
    const first = await amend();
    expect(await amend({ planVersion: 3 })).toEqual(first);
  });

  it('refuses a plan version that was never published', async () => {
    await expect(amend({ planVersion: 4 })).rejects.toMatchObject({ code: 'unknown_plan_version' });
  });

  it('shows no plan after the end of the last agreement', async () => {
    await amend({ startsAt: instant('2026-02-01T00:00:00Z'), endsAt: instant('2026-03-01T00:00:00Z') });
    expect((await makeGetPartner(deps())(who)).planVersion).toBeUndefined();
  });
});

describe('record certification', () => {
  it('keeps what the partner holds, once a request', async () => {
    const certify = makeRecordCertification(deps());
    const input = { ...who, certificationId: 'c1', certification: 'basics', certifiedAt: instant(NOW) };
    const first = await certify(input);
    expect(await certify(input)).toEqual(first);
    expect((await partners.store.standing('acme', 'p1'))?.certifications).toEqual([first]);
  });
});
