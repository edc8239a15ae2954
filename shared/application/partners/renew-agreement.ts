import { Failure } from '#shared/application/failure';
import type { RecordedAgreement } from '#shared/application/partners/agreement-ports';
import { type AgreementView, findVersion, viewAgreement } from '#shared/application/partners/agreement-view';
import { type Books, changeAgreements, readBooks } from '#shared/application/partners/change-agreements';
import type { PartnerStore } from '#shared/application/partners/ports';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { agreementStatus } from '#shared/domain/partner/agreement';
import { fixedEnd } from '#shared/domain/partner/agreement-term';
import { nextPeriod, startOfPeriod } from '#shared/domain/time/calendar';
import { type Instant, toInstant } from '#shared/domain/time/instant';

/** Each is an item that is read with the agreement; a term that rolls on by itself needs none. */
const MAX_RENEWALS = 100;
/** As for every instant of the API. */
const LATEST = '2100-01-01T00:00:00.000Z';

export type RenewAgreement = {
  readonly programId: string;
  readonly partnerId: string;
  readonly agreementId: string;
  /** The same for a repeat of the same request. */
  readonly actId: string;
  /** Absent: another term of the same length. */
  readonly termMonths?: number | undefined;
  readonly by: string;
  /** The person who made the API key that calls. */
  readonly onBehalfOf?: string | undefined;
};

type Dependencies = { partners: PartnerStore; programs: ProgramReader; clock: Clock };

/**
 * Renews a version that ends with its term unless both agree to go on: its end moves by whole months counted from its
 * start. Possible until the month of its end is closed, so that no closed month changes. A repeat with the same id
 * answers the first one.
 * @throws Failure unknown_program, not_found, agreement_not_open, invalid_request, temporarily_unavailable
 */
export function makeRenewAgreement({ partners, programs, clock }: Dependencies) {
  return async (input: RenewAgreement): Promise<AgreementView> => {
    const { programId, partnerId, agreementId, actId, by, onBehalfOf } = input;
    const shownBy = await readBooks(programs, programId);
    const now = toInstant(clock());
    const standing = await changeAgreements({ partners, programs }, { ...input, now }, async (before, books) => {
      const { agreement } = findVersion(before, agreementId);
      const records = await partners.agreementRecords(programId, partnerId, agreementId);
      if (records.some((record) => record.kind === 'renewed' && record.actId === actId)) return undefined;
      if (records.filter(({ kind }) => kind === 'renewed').length >= MAX_RENEWALS)
        throw notRenewable(`it was renewed ${MAX_RENEWALS} times`);
      if (agreement && agreementStatus(agreement, before.agreements, now) === 'replaced') {
        throw notRenewable('a later version has taken its place');
      }
      const { renewed, months, endsAt } = renewal(agreement, input.termMonths, books);
      return {
        standing: { ...before, agreements: before.agreements.map((other) => (other === agreement ? renewed : other)) },
        writes: { record: { kind: 'renewed', agreementId, actId, at: now, by, onBehalfOf, months, endsAt } },
      };
    });
    return viewAgreement(standing, agreementId, now, shownBy);
  };
}

function renewal(
  agreement: RecordedAgreement | undefined,
  asked: number | undefined,
  { closedThrough, zone }: Books,
): { readonly renewed: RecordedAgreement; readonly months: number; readonly endsAt: Instant } {
  if (!agreement) throw notRenewable('it was not accepted');
  const { termMonths, renewal: kind, renewedMonths = 0, terminatedAt } = agreement;
  if (termMonths === undefined || kind !== 'by_agreement') throw notRenewable('it is not renewed by agreement');
  if (terminatedAt !== undefined) throw notRenewable('it was terminated');
  const firstOpen = toInstant(startOfPeriod(nextPeriod(closedThrough), zone));
  if (agreement.endsAt !== undefined && agreement.endsAt < firstOpen) {
    throw notRenewable(`it ended at ${agreement.endsAt}, in a closed period`);
  }
  const months = asked ?? termMonths;
  const duration = { ...agreement, renewedMonths: renewedMonths + months };
  const endsAt = fixedEnd(agreement.from, duration, zone);
  if (endsAt === undefined) throw new Error('a version that is renewed by agreement has an end');
  if (endsAt >= LATEST) {
    throw new Failure('invalid_request', 'Renew for fewer months.', {
      errors: [{ pointer: '/termMonths', rule: 'must end before 2100' }],
    });
  }
  return { renewed: { ...duration, endsAt }, months, endsAt };
}

function notRenewable(why: string): Failure {
  return new Failure('agreement_not_open', `It cannot be renewed, because ${why}. Add a new version instead.`);
}
