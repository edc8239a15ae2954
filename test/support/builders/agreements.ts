import { digest } from '#shared/adapters/digest';
import { makeAcceptAgreement } from '#shared/application/partners/accept-agreement';
import { makeAmendAgreement } from '#shared/application/partners/amend-agreement';
import { makeEnrolPartner } from '#shared/application/partners/enrol-partner';
import { makeGetAgreement } from '#shared/application/partners/get-agreement';
import { makeRenewAgreement } from '#shared/application/partners/renew-agreement';
import { makeTerminateAgreement } from '#shared/application/partners/terminate-agreement';
import { makeWithdrawAgreement } from '#shared/application/partners/withdraw-agreement';
import type { ProposedComponent } from '#shared/domain/plan/plan-rules';
import type { Instant, Period } from '#shared/domain/time/instant';
import { acme, aProfile, aStanding, instant, plansUpTo } from '#test/support/builders/partners';
import { makeMemoryPartners } from '#test/support/fakes/partner-store';
import { fakeSealer } from '#test/support/fakes/payee-vault';
import { makeFakePrograms } from '#test/support/fakes/programs';

type Input<M extends (deps: never) => (input: never) => unknown> = Parameters<ReturnType<M>>[0];

export const A_TEXT = 'Terms of partnership: 20 % for a year.\n';
export const TEXT_HASH = digest(A_TEXT);
export const OWN_COMPONENTS: readonly ProposedComponent[] = [
  { kind: 'revenue_share', id: 'own', ratesByTier: { referral: 2000 } },
];

/** Acme's partners p1 and p2 from January 2026 on by plan 1, on 10 March, with the books closed through December. */
export async function anAgreementHouse(partners = makeMemoryPartners()) {
  const house = { now: instant('2026-03-10T08:00:00Z'), closedThrough: '2025-12' as Period };
  for (const partnerId of ['p1', 'p2']) {
    const email = `${partnerId}@partners.example`;
    await partners.store.enrol(aStanding({ partnerId }), aProfile({ partnerId, email }), undefined);
  }
  const deps = () => ({
    partners: partners.store,
    programs: makeFakePrograms(acme({ closedThrough: house.closedThrough })),
    plans: plansUpTo(3),
    sealer: fakeSealer,
    clock: () => Date.parse(house.now),
    digest,
  });
  const who = { programId: 'acme', partnerId: 'p1', by: 'person:manager' };
  let ids = 0;
  const actId = () => {
    ids += 1;
    return `act-${ids}`;
  };
  return {
    partners,
    deps,
    at: (now: Instant) => {
      house.now = now;
    },
    closeThrough: (period: string) => {
      house.closedThrough = period as Period;
    },
    amend: (over: Partial<Input<typeof makeAmendAgreement>> = {}) =>
      makeAmendAgreement(deps())({
        ...who,
        agreementId: 'a2',
        startsAt: instant('2026-04-01T00:00:00Z'),
        ...(over.components ? {} : { planVersion: 2 }),
        ...over,
      }),
    enrol: (over: Partial<Input<typeof makeEnrolPartner>> = {}) =>
      makeEnrolPartner(deps())({
        ...{ ...who, partnerId: 'p3', name: 'Three', email: 'p3@partners.example', tier: 'referral' },
        startsAt: instant('2026-03-01T00:00:00Z'),
        ...(over.components ? {} : { planVersion: 1 }),
        ...over,
      }),
    accept: (over: Partial<Input<typeof makeAcceptAgreement>> = {}) =>
      makeAcceptAgreement(deps())({
        ...{ ...who, by: 'person:ada', agreementId: 'a2', textHash: TEXT_HASH, isPartner: true, isManager: false },
        ...over,
      }),
    withdraw: (over: Partial<Input<typeof makeWithdrawAgreement>> = {}) =>
      makeWithdrawAgreement(deps())({ ...who, agreementId: 'a2', ...over }),
    renew: (over: Partial<Input<typeof makeRenewAgreement>> = {}) =>
      makeRenewAgreement(deps())({ ...who, agreementId: 'a2', actId: actId(), ...over }),
    terminate: (over: Partial<Input<typeof makeTerminateAgreement>> = {}) =>
      makeTerminateAgreement(deps())({
        ...{ ...who, agreementId: 'enrolment', actId: actId(), cause: 'breach', effect: 'stop', reason: 'Spam' },
        ...{ isPartner: false, isManager: true },
        ...over,
      }),
    get: (agreementId: string, partnerId = 'p1') => makeGetAgreement(deps())({ ...who, partnerId, agreementId }),
    terms: async (partnerId = 'p1') => (await partners.terms.terms('acme', partnerId))?.agreements,
  };
}
