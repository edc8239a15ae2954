import { hashEmail } from '#shared/application/email-hash';
import { Failure } from '#shared/application/failure';
import { requirePlanVersion } from '#shared/application/partners/amend-agreement';
import type {
  PartnerProfile,
  PartnerStore,
  PlanReader,
  RecordedPayee,
  Standing,
} from '#shared/application/partners/ports';
import type { Payee } from '#shared/application/payees';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { type Instant, toInstant } from '#shared/domain/instant';
import { effectiveInstant } from '#shared/domain/terms';

export type EnrolPartner = {
  readonly programId: string;
  /** Chosen by the caller, or the request's own id. */
  readonly partnerId: string;
  readonly name: string;
  readonly email: string;
  readonly country?: string | undefined;
  readonly startsAt: Instant;
  readonly planVersion: number;
  readonly tier: string;
  readonly payee?: Payee | undefined;
  readonly by: string;
  /** The person who made the API key that calls. */
  readonly onBehalfOf?: string | undefined;
};

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
  clock: Clock;
  digest: Digest;
};

/**
 * Enrols a partner. Input: the partner, its first agreement and tier, where it is paid.
 * 1. The programme and the plan version exist.
 * 2. The start is shifted out of closed periods (design.md, Commission semantics 4).
 * 3. Terms, profile and payee are written together, once.
 * Output: the terms as they took effect; `repeated` when the same content was enrolled before.
 * @throws Failure unknown_program, unknown_plan_version, already_exists (the id belongs to a partner with other content),
 * temporarily_unavailable
 */
export function makeEnrolPartner({ partners, programs, plans, clock, digest }: Dependencies) {
  return async (input: EnrolPartner): Promise<{ partner: EnrolledPartner; repeated: boolean }> => {
    await programs.get(input.programId);
    await requirePlanVersion(plans, input.programId, input.planVersion);
    // Read again, just before the write, so that the stamped start is fresh.
    const program = await programs.get(input.programId);
    const now = toInstant(clock());
    const from = effectiveInstant(input.startsAt, program.closedThrough, programs.zone(program.timeZone));
    const standing = firstStanding(input, from, now);
    const profile: PartnerProfile = {
      programId: input.programId,
      partnerId: input.partnerId,
      name: input.name,
      email: input.email,
      emailHash: hashEmail(digest, input.email),
      country: input.country,
      contentHash: contentHash(digest, input),
    };
    const payee: RecordedPayee | undefined = input.payee && {
      payee: input.payee,
      changedAt: now,
      changedBy: input.by,
      ...(input.onBehalfOf === undefined ? {} : { onBehalfOf: input.onBehalfOf }),
    };
    const outcome = await partners.enrol(standing, profile, payee);
    if (outcome === 'created') return { partner: enrolled(standing, input), repeated: false };
    return { partner: enrolled(await firstEnrolment(partners, profile), input), repeated: true };
  };
}

function firstStanding(input: EnrolPartner, from: Instant, now: Instant): Standing {
  const recorded = { sequence: 1, from, recordedAt: now, recordedBy: input.by };
  return {
    programId: input.programId,
    partnerId: input.partnerId,
    createdAt: now,
    version: 1,
    agreements: [{ ...recorded, agreementId: 'enrolment', planVersion: input.planVersion }],
    tiers: [{ ...recorded, tierTermId: 'enrolment', tier: input.tier, source: 'enrolment', reason: 'Enrolment' }],
    certifications: [],
    announcedTier: input.tier,
    tierChanges: 0,
  };
}

async function firstEnrolment(partners: PartnerStore, profile: PartnerProfile): Promise<Standing> {
  const [before, standing] = await Promise.all([
    partners.profile(profile.programId, profile.partnerId),
    partners.standing(profile.programId, profile.partnerId),
  ]);
  if (!standing || !before) {
    throw new Failure(
      'temporarily_unavailable',
      'Another request is enrolling this partner. Repeat yours in a moment.',
    );
  }
  if (before.contentHash !== profile.contentHash) {
    throw new Failure('already_exists', 'This partner id is enrolled with other content. Choose another id.', {
      errors: [{ pointer: '/partnerId', rule: 'must not belong to another partner' }],
    });
  }
  return standing;
}

function enrolled(standing: Standing, input: EnrolPartner): EnrolledPartner {
  return {
    partnerId: standing.partnerId,
    name: input.name,
    startsAt: standing.agreements[0]?.from ?? input.startsAt,
    planVersion: input.planVersion,
    tier: input.tier,
    payeeComplete: input.payee !== undefined,
    createdAt: standing.createdAt,
  };
}

function contentHash(digest: Digest, { by: _by, onBehalfOf: _person, payee, ...content }: EnrolPartner): string {
  const sorted = (record: object): [string, unknown][] =>
    Object.entries(record)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
  return digest(JSON.stringify([sorted(content), payee ? sorted(payee) : null]));
}
