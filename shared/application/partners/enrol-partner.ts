import { hashEmail } from '#shared/application/email-hash';
import { Failure } from '#shared/application/failure';
import type { AgreementWrites } from '#shared/application/partners/agreement-ports';
import { readBooks, registerAfter } from '#shared/application/partners/change-agreements';
import { type AgreementTerms, addVersion, requireTerms } from '#shared/application/partners/draft-agreement';
import { payeeIdOfEnrolment, type SetPayee } from '#shared/application/partners/payee-ports';
import type { PartnerProfile, PartnerStore, PlanReader, Standing } from '#shared/application/partners/ports';
import type { PayeeSealer, SealedPayee } from '#shared/application/payee-vault';
import { type Payee, summarisePayee } from '#shared/application/payees';
import { componentsToText } from '#shared/application/payouts/plans/plan-text';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { effectiveInstant } from '#shared/domain/partner/terms';
import type { Component } from '#shared/domain/plan/plan';
import { type Instant, toInstant } from '#shared/domain/time/instant';

/** Somebody else's exclusivity may get in between; more tries than this mean a fault. */
const MAX_ATTEMPTS = 5;
/** The agreement that an enrolment makes. */
const ENROLMENT = 'enrolment';

/** The first agreement's terms stand beside the partner's own fields. */
export type EnrolPartner = AgreementTerms & {
  readonly programId: string;
  /** Chosen by the caller, or the request's own id. */
  readonly partnerId: string;
  readonly name: string;
  readonly email: string;
  readonly country?: string | undefined;
  readonly tier: string;
  readonly payee?: Payee | undefined;
  readonly by: string;
  /** The person who made the API key that calls. */
  readonly onBehalfOf?: string | undefined;
};

/** What is written together with an enrolment. */
export type WithEnrolment = Pick<AgreementWrites, 'application'>;

export type EnrolWith = (
  input: EnrolPartner,
  also?: WithEnrolment,
) => Promise<{ readonly partner: EnrolledPartner; readonly repeated: boolean }>;

export type EnrolledPartner = {
  readonly partnerId: string;
  readonly name: string;
  readonly startsAt: Instant;
  readonly planVersion: number;
  readonly tier: string;
  readonly payeeComplete: boolean;
  readonly createdAt: Instant;
};

type Dependencies = {
  partners: PartnerStore;
  programs: ProgramReader;
  plans: PlanReader;
  sealer: PayeeSealer;
  clock: Clock;
  digest: Digest;
};

/**
 * Enrols a partner. Input: the partner, its first agreement and tier, where it is paid.
 * 1. The programme and the plan version exist, or the agreement's own components keep the rules of plans.
 * 2. The start is shifted out of closed periods (design.md, Commission semantics 4). An agreement that requires acceptance
 * waits for it: until then the partner earns nothing.
 * 3. Terms, profile and payee are written together, once.
 * Output: the terms as they took effect; `repeated` when the same content was enrolled before.
 * @throws Failure unknown_program, unknown_plan_version, plan_invalid, already_exists (the id belongs to a partner with other
 * content), exclusivity_conflict, temporarily_unavailable
 */
export function makeEnrolPartner({ partners, programs, plans, sealer, clock, digest }: Dependencies): EnrolWith {
  return async (input, also = {}) => {
    await requireTerms(plans, await programs.get(input.programId), input);
    const plainHash = contentHash(digest, input);
    const profile: PartnerProfile = {
      programId: input.programId,
      partnerId: input.partnerId,
      name: input.name,
      email: input.email,
      emailHash: hashEmail(digest, input.email),
      country: input.country,
      contentHash: input.payee ? await sealer.hash(plainHash) : plainHash,
    };
    // Before the books are read: nothing that may take long comes between that and the write.
    const details = input.payee && (await sealer.seal(input, input.payee));
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      // Its own exclusivity may be somebody else's by the time of a repeat.
      const known = input.exclusivity && (await firstEnrolment(partners, profile, plainHash));
      if (known) return { partner: enrolled(known, input), repeated: true };
      const now = toInstant(clock());
      const { standing, writes } = await firstStanding({ partners, programs, digest }, input, now);
      const outcome = await partners.enrol(standing, profile, firstPayee(input, details, now), {
        ...writes,
        ...also,
      });
      if (outcome === 'created') return { partner: enrolled(standing, input), repeated: false };
      const before = await firstEnrolment(partners, profile, plainHash);
      if (before) return { partner: enrolled(before, input), repeated: true };
    }
    throw new Failure(
      'temporarily_unavailable',
      'Another request is enrolling this partner. Repeat yours in a moment.',
    );
  };
}

/** Whoever enrols says who is meant: usable at once. */
function firstPayee(
  { partnerId, payee, by, onBehalfOf }: EnrolPartner,
  details: SealedPayee | undefined,
  now: Instant,
): SetPayee | undefined {
  if (!payee || !details) return undefined;
  return {
    payeeId: payeeIdOfEnrolment(partnerId),
    shown: summarisePayee(payee),
    changedAt: now,
    changedBy: by,
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    details,
  };
}

async function firstStanding(
  { partners, programs, digest }: Pick<Dependencies, 'partners' | 'programs' | 'digest'>,
  input: EnrolPartner,
  now: Instant,
): Promise<{ readonly standing: Standing; readonly writes: AgreementWrites }> {
  const { programId, partnerId, by, tier } = input;
  // Read again in each attempt, just before the write, so that the stamped start is fresh.
  const books = await readBooks(programs, programId);
  const from = effectiveInstant(input.startsAt, books.closedThrough, books.zone);
  const recorded = { sequence: 1, from, recordedAt: now, recordedBy: by };
  const withoutAgreement: Standing = {
    programId,
    partnerId,
    createdAt: now,
    version: 1,
    agreements: [],
    tiers: [{ ...recorded, tierTermId: ENROLMENT, tier, source: 'enrolment', reason: 'Enrolment' }],
    certifications: [],
    announcedTier: tier,
    tierChanges: 0,
  };
  const at = { agreementId: ENROLMENT, by, now, books };
  const { standing, writes } = addVersion(withoutAgreement, input, at, digest);
  const [first] = standing.tiers;
  return {
    standing,
    writes: { ...writes, tier: first, register: await registerAfter(partners, undefined, standing, books) },
  };
}

/**
 * The enrolment that was there before; `undefined` when there is none, since something else got in between.
 * @throws Failure already_exists
 */
async function firstEnrolment(
  partners: PartnerStore,
  profile: PartnerProfile,
  plainHash: string,
): Promise<Standing | undefined> {
  const [before, standing] = await Promise.all([
    partners.profile(profile.programId, profile.partnerId),
    partners.standing(profile.programId, profile.partnerId),
  ]);
  if (!standing || !before) return undefined;
  if (before.contentHash !== profile.contentHash && before.contentHash !== plainHash) {
    throw new Failure('already_exists', 'This partner id is enrolled with other content. Choose another id.', {
      errors: [{ pointer: '/partnerId', rule: 'must not belong to another partner' }],
    });
  }
  return standing;
}

function enrolled(standing: Standing, input: EnrolPartner): EnrolledPartner {
  const versions = [...standing.agreements, ...(standing.proposals ?? [])];
  const first = versions.find(({ agreementId }) => agreementId === ENROLMENT);
  if (!first) throw new Error(`partner ${standing.partnerId} was enrolled without an agreement`);
  return {
    partnerId: standing.partnerId,
    name: input.name,
    startsAt: first.from,
    planVersion: first.planVersion,
    tier: input.tier,
    payeeComplete: input.payee !== undefined,
    createdAt: standing.createdAt,
  };
}

/**
 * Of all that was sent. Stored as it is only without a payee, and by earlier versions: everything else of it lies beside it, so
 * that account numbers could be tried.
 */
function contentHash(digest: Digest, input: EnrolPartner): string {
  const { by: _by, onBehalfOf: _person, payee, components, ...content } = input;
  const sorted = (record: object): [string, unknown][] =>
    Object.entries(record)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
  const own = components ? [componentsToText(components as readonly Component[])] : [];
  return digest(JSON.stringify([sorted(content), payee ? sorted(payee) : null, ...own]));
}
