import { beforeEach, describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeEnrolPartner } from '#shared/application/partners/enrol-partner';
import type { Period } from '#shared/domain/time/instant';
import { A_PAYEE, acme, instant, plansUpTo } from '#test/support/builders/partners';
import { type MemoryPartners, makeMemoryPartners } from '#test/support/fakes/partner-store';
import { fakeSealer } from '#test/support/fakes/payee-vault';
import { makeFakePrograms } from '#test/support/fakes/programs';

const NOW = instant('2026-03-10T08:00:00Z');
const request = {
  programId: 'acme',
  partnerId: 'ada',
  name: 'Ada & Co',
  email: ' Ada@Partners.example ',
  startsAt: instant('2026-02-01T00:00:00Z'),
  planVersion: 1,
  tier: 'referral',
  payee: A_PAYEE,
  by: 'person:manager',
};

describe('enrol partner', () => {
  let partners: MemoryPartners;
  let closedThrough = '2025-12' as Period;
  let now = NOW;
  const enrol = (input = request) =>
    makeEnrolPartner({
      partners: partners.store,
      programs: makeFakePrograms(acme({ closedThrough })),
      plans: plansUpTo(1),
      sealer: fakeSealer,
      clock: () => Date.parse(now),
      digest,
    })(input);
  beforeEach(() => {
    partners = makeMemoryPartners();
    closedThrough = '2025-12' as Period;
    now = NOW;
  });

  it('writes the first agreement and tier from the start on', async () => {
    expect(await enrol()).toEqual({
      partner: {
        partnerId: 'ada',
        name: 'Ada & Co',
        startsAt: request.startsAt,
        planVersion: 1,
        tier: 'referral',
        payeeComplete: true,
        createdAt: NOW,
      },
      repeated: false,
    });
    expect(await partners.terms.terms('acme', 'ada')).toMatchObject({
      agreements: [{ from: request.startsAt, planVersion: 1, sequence: 1 }],
      tiers: [{ from: request.startsAt, tier: 'referral', sequence: 1 }],
    });
  });

  it('shifts a start in a closed month to the first instant of the first open one, in the zone of the programme', async () => {
    closedThrough = '2026-03' as Period;
    const { partner } = await enrol();
    expect(partner.startsAt).toBe('2026-03-31T23:00:00.000Z');
  });

  it('answers the first result to the same content, also after the next close', async () => {
    const first = await enrol();
    closedThrough = '2026-03' as Period;
    now = instant('2026-04-02T00:00:00Z');
    expect(await enrol()).toEqual({ partner: first.partner, repeated: true });
  });

  it.each([
    ['name', { name: 'Other' }],
    ['payee', { payee: { ...A_PAYEE, name: 'Other' } }],
    ['plan', { startsAt: instant('2026-02-02T00:00:00Z') }],
  ])('refuses another %s under the same id', async (_what, change) => {
    await enrol();
    await expect(enrol({ ...request, ...change } as typeof request)).rejects.toMatchObject({
      code: 'already_exists',
      errors: [{ pointer: '/partnerId' }],
    });
  });

  it('refuses a plan version that was never published and stores nothing', async () => {
    await expect(enrol({ ...request, planVersion: 2 })).rejects.toMatchObject({
      code: 'unknown_plan_version',
      errors: [{ pointer: '/planVersion' }],
    });
    expect(await partners.store.standing('acme', 'ada')).toBeUndefined();
  });

  it('refuses an unknown programme', async () => {
    await expect(enrol({ ...request, programId: 'nobody' })).rejects.toMatchObject({ code: 'unknown_program' });
  });

  it('recognises the person by the address in any case', async () => {
    await enrol();
    expect(await partners.people.partnersByEmailHash(digest('ada@partners.example'))).toEqual([
      { programId: 'acme', partnerId: 'ada' },
    ]);
  });

  it('tells of no tier change', async () => {
    await enrol();
    expect(partners.changes).toEqual([]);
  });

  it('asks to repeat when a concurrent enrolment has not come through yet', async () => {
    const blind = { ...partners.store, enrol: async () => 'exists' as const };
    partners = { ...partners, store: blind };
    await expect(enrol()).rejects.toMatchObject({ code: 'temporarily_unavailable' });
  });
});
