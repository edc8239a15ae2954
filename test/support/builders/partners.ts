import { digest } from '#shared/adapters/digest';
import type { PayeeNotice, SetPayee } from '#shared/application/partners/payee-ports';
import type { PartnerProfile, PlanReader, Standing } from '#shared/application/partners/ports';
import type { PayeeOwner } from '#shared/application/payee-vault';
import { type Payee, summarisePayee } from '#shared/application/payees';
import type { Program } from '#shared/application/programs';
import type { Instant, Period } from '#shared/domain/time/instant';
import { fakeSealer } from '#test/support/fakes/payee-vault';
import { aProgram } from '#test/support/fakes/programs';

export const instant = (text: string): Instant => new Date(text).toISOString() as Instant;

/** Acme Partners in London: a hold of 30 days, books open from January 2026. */
export function acme(overrides: Partial<Program> = {}): Program {
  return aProgram({
    programId: 'acme',
    name: 'Acme Partners',
    holdDays: 30,
    closedThrough: '2025-12' as Period,
    ...overrides,
  });
}

/** Versions 1 to `count`, each paying 10 % to referral and 12.5 % to certified partners. */
export function plansUpTo(count: number): PlanReader {
  return {
    get: async (_programId, version) =>
      version > count
        ? undefined
        : {
            version,
            components: [{ kind: 'revenue_share', id: 'share', ratesByTier: { referral: 1000, certified: 1250 } }],
          },
  };
}

export function aStanding(overrides: Partial<Standing> = {}): Standing {
  const from = instant('2026-01-01T00:00:00Z');
  const recorded = { from, sequence: 1, recordedAt: from, recordedBy: 'person:manager' };
  return {
    programId: 'acme',
    partnerId: 'p1',
    createdAt: from,
    version: 1,
    agreements: [{ ...recorded, agreementId: 'enrolment', planVersion: 1 }],
    tiers: [{ ...recorded, tierTermId: 'enrolment', tier: 'referral', source: 'enrolment', reason: 'Enrolment' }],
    certifications: [],
    announcedTier: 'referral',
    tierChanges: 0,
    ...overrides,
  };
}

export function aProfile(overrides: Partial<PartnerProfile> = {}): PartnerProfile {
  const email = overrides.email ?? 'ada@partners.example';
  return {
    programId: 'acme',
    partnerId: 'p1',
    name: 'Ada & Co',
    email,
    emailHash: digest(email),
    contentHash: 'content-1',
    ...overrides,
  };
}

export const A_PAYEE: Payee = { rail: 'bank_file', name: 'Ada & Co', iban: 'GB33BUKB20201555555555' };

/** As enrolling sets it, sealed for its partner. */
export async function recordedPayee(
  overrides: Partial<Omit<SetPayee, 'details' | 'shown'>> & { readonly payee?: Payee } = {},
  owner: PayeeOwner = { programId: 'acme', partnerId: 'p1' },
): Promise<SetPayee> {
  const { payee = A_PAYEE, ...rest } = overrides;
  return {
    payeeId: `${owner.partnerId}.enrolment`,
    shown: summarisePayee(payee),
    changedAt: instant('2026-01-05T09:00:00Z'),
    changedBy: 'person:manager',
    ...rest,
    details: await fakeSealer.seal(owner, payee),
  };
}

/** What the partner is to be told of a payee that was set. */
export function aPayeeNotice(
  { payeeId, shown, changedAt, usableFrom }: SetPayee,
  owner: PayeeOwner = { programId: 'acme', partnerId: 'p1' },
): PayeeNotice {
  const { name, email } = aProfile(owner);
  return { ...owner, payeeId, name, email, shown, changedAt, ...(usableFrom === undefined ? {} : { usableFrom }) };
}
