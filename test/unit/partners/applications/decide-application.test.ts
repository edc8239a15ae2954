import { beforeEach, describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import {
  type DecideApplication,
  makeDecideApplication,
} from '#shared/application/partners/applications/decide-application';
import { makeEnrolPartner } from '#shared/application/partners/enrol-partner';
import { anApplication, aWaitingApplication } from '#test/support/builders/applications';
import { acme, instant, plansUpTo } from '#test/support/builders/partners';
import { type FakeApplications, makeFakeApplications } from '#test/support/fakes/applications';
import { type MemoryPartners, makeMemoryPartners } from '#test/support/fakes/partner-store';
import { fakeSealer } from '#test/support/fakes/payee-vault';
import { makeFakePrograms } from '#test/support/fakes/programs';

const START = instant('2026-03-11T00:00:00Z');
const ACCEPT = { decision: 'accept', tier: 'referral', planVersion: 1, startsAt: START } as const;
const DECLINE = { decision: 'decline', reason: 'No audience here', message: 'Not now.' } as const;
const MANAGER = 'person:manager';

let applications: FakeApplications;
let partners: MemoryPartners;
let now = Date.parse(START);
const clock = () => now;
const enrolOf = (store: MemoryPartners['store']) =>
  makeEnrolPartner({
    ...{ partners: store, clock, digest, sealer: fakeSealer, plans: plansUpTo(1) },
    programs: makeFakePrograms(acme()),
  });
const decide = (wish: DecideApplication['wish'], by = MANAGER, store = partners.store) =>
  makeDecideApplication({ applications, enrol: enrolOf(store), clock, digest })({
    ...{ programId: 'acme', applicationId: 'a1', wish, by },
  });
beforeEach(() => {
  now = Date.parse(START);
  applications = makeFakeApplications();
  partners = makeMemoryPartners(applications);
  applications.put(aWaitingApplication());
});

describe('accepting an application', () => {
  it('enrols the applicant under the id of the application, and says who decided when', async () => {
    const { application, repeated } = await decide(ACCEPT);
    expect([application.status, repeated, application.version]).toEqual(['accepted', false, 2]);
    expect(application.decision).toMatchObject({ decision: 'accept', partnerId: 'a1', by: MANAGER, at: START });
    expect(await applications.find('acme', 'a1')).toEqual(application);
    expect(await partners.store.profile('acme', 'a1')).toMatchObject({
      name: 'Noor Reads',
      email: 'noor@reads.example',
      country: 'NL',
    });
    expect(await partners.terms.terms('acme', 'a1')).toMatchObject({ agreements: [{ planVersion: 1, from: START }] });
  });

  it('takes the id and the name that the manager chose', async () => {
    await decide({ ...ACCEPT, partnerId: 'noor', name: 'Noor BV' });
    expect((await partners.store.profile('acme', 'noor'))?.name).toBe('Noor BV');
  });

  it('answers the same person the same, and anybody else that it is decided', async () => {
    const first = await decide(ACCEPT);
    now += 60_000;
    expect(await decide(ACCEPT)).toEqual({ ...first, repeated: true });
    await expect(decide(ACCEPT, 'person:other')).rejects.toMatchObject({
      code: 'application_not_waiting',
      extra: { decidedBy: MANAGER, applicationStatus: 'accepted' },
    });
    await expect(decide(DECLINE)).rejects.toMatchObject({ code: 'application_not_waiting' });
  });

  it('is decided when the answer of the write was lost', async () => {
    const lost = {
      ...partners.store,
      enrol: async (...write: Parameters<typeof partners.store.enrol>) => {
        await partners.store.enrol(...write);
        throw new Error('the answer was lost');
      },
    };
    expect(await decide(ACCEPT, MANAGER, lost)).toMatchObject({ repeated: true, application: { status: 'accepted' } });
  });

  it('leaves it waiting when the terms are refused', async () => {
    await expect(decide({ ...ACCEPT, planVersion: 7 })).rejects.toMatchObject({ code: 'unknown_plan_version' });
    expect((await applications.find('acme', 'a1'))?.status).toBe('waiting');
  });

  it('refuses an id of another partner, and writes nothing', async () => {
    await enrolOf(partners.store)({
      ...ACCEPT,
      programId: 'acme',
      partnerId: 'ada',
      name: 'Ada',
      email: 'a@b.example',
      by: 'x',
    });
    await expect(decide({ ...ACCEPT, partnerId: 'ada' })).rejects.toMatchObject({ code: 'already_exists' });
    expect((await applications.find('acme', 'a1'))?.status).toBe('waiting');
  });

  it('notes the decision also when the very same partner was enrolled before', async () => {
    const { name, email, country } = aWaitingApplication();
    const { decision: _, ...terms } = ACCEPT;
    await enrolOf(partners.store)({ ...terms, programId: 'acme', partnerId: 'noor', name, email, country, by: 'x' });
    expect((await decide({ ...ACCEPT, partnerId: 'noor' })).application.status).toBe('accepted');
    expect((await applications.find('acme', 'a1'))?.status).toBe('accepted');
  });
});

describe('declining an application', () => {
  it('keeps why for staff, and removes it after 90 days', async () => {
    const { application } = await decide(DECLINE);
    expect(application).toMatchObject({ status: 'declined', lapsesAt: '2026-06-09T00:00:00.000Z', decision: DECLINE });
    expect(await partners.store.profile('acme', 'a1')).toBeUndefined();
    expect(await decide(DECLINE)).toMatchObject({ repeated: true });
    now += 91 * 86_400_000;
    await expect(decide(DECLINE)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is refused before the address is confirmed', async () => {
    applications = makeFakeApplications();
    applications.put(anApplication());
    await expect(decide(DECLINE)).rejects.toMatchObject({
      code: 'application_not_waiting',
      extra: { applicationStatus: 'unconfirmed' },
    });
  });
});
