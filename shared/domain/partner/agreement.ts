import type { AgreementTerm } from '../plan/plan.ts';
import type { Instant } from '../time/instant.ts';
import { makeTermFinder, scheduleOf } from './terms.ts';

/** What happens at the end of a term: it rolls on, both agree to renew it, or it is over. */
export type Renewal = 'automatic' | 'by_agreement' | 'none';

/** How long a version lasts, where that was agreed. */
export type Duration = {
  /** Calendar months of one term, on the programme's wall clock from the version's start. */
  readonly termMonths?: number | undefined;
  /** Always there with `termMonths`. */
  readonly renewal?: Renewal | undefined;
  /** Months added by agreement so far. */
  readonly renewedMonths?: number | undefined;
  readonly noticeDays?: number | undefined;
};

/** Nobody else in the programme is promised the same category or country at the same time. */
export type Exclusivity = {
  readonly kind: 'category' | 'geography';
  /** Category names, or ISO 3166-1 alpha-2 country codes. */
  readonly values: readonly string[];
  /** The promise ends here, or with the agreement if that is earlier. */
  readonly until?: Instant | undefined;
};

/** One version of a partner's agreement, as far as its rules look at it. Its components, if it has its own, are apart. */
export type AgreementVersion = Omit<AgreementTerm, 'components' | 'agreementId'> &
  Duration & { readonly agreementId: string; readonly exclusivity?: Exclusivity | undefined };

/** A version that is not, or never came, in force: `from` and `endsAt` are what was asked for, not yet shifted. */
export type ProposedVersion = AgreementVersion & { readonly withdrawnAt?: Instant | undefined };

/** Published plan versions end here, so that the numbers of custom terms begin above and never meet them. */
export const LAST_PUBLISHED_VERSION = 1_000_000;

/** The plan version under which a partner's custom components appear on its statements: unique within the partner. */
export function customPlanVersion(sequence: number): number {
  return LAST_PUBLISHED_VERSION + sequence + 1;
}

export function isCustomPlanVersion(planVersion: number): boolean {
  return planVersion > LAST_PUBLISHED_VERSION;
}

/** `replaced`: a later version took over, also one with the same start that was recorded after it. */
export type AgreementStatus = 'proposed' | 'withdrawn' | 'scheduled' | 'in_force' | 'replaced' | 'ended';

/** What a proposal is: it counts for nothing until it is accepted. */
export function proposalStatus(proposal: ProposedVersion): AgreementStatus {
  return proposal.withdrawnAt === undefined ? 'proposed' : 'withdrawn';
}

/** What a version among all of a partner's versions is at an instant (design.md, Commission semantics 4). */
export function agreementStatus(
  version: AgreementVersion,
  versions: readonly AgreementVersion[],
  at: Instant,
): AgreementStatus {
  const schedule = scheduleOf(versions);
  const place = schedule.findIndex(({ agreementId }) => agreementId === version.agreementId);
  const next = schedule[place + 1];
  if (place < 0 || (next !== undefined && next.from <= at)) return 'replaced';
  if (version.endsAt !== undefined && version.endsAt <= at) return 'ended';
  return version.from <= at ? 'in_force' : 'scheduled';
}

/** The version in force at an instant, with everything that its rules look at. */
export function versionInForce<T extends AgreementVersion>(versions: readonly T[], at: Instant): T | undefined {
  return makeTermFinder(scheduleOf(versions))(at);
}
