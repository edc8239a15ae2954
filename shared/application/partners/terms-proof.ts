import type { Digest } from '#shared/application/ports';
import { canonicalJson, type Plain } from '#shared/domain/audit/canonical-json';
import type { Component } from '#shared/domain/plan/plan';
import { compareText } from '#shared/domain/time/instant';
import type { AgreementRecord, RecordedAgreement, VersionTerms } from './agreement-ports.ts';
import { componentsHashOf } from './agreement-record.ts';
import type { Certification, RecordedTier, Standing } from './ports.ts';
import type { EarnedCertificate, Revocation } from './training/training-ports.ts';

/** A value of a partner's terms that its records do not lead to. */
export type TermsFault = { readonly field: string; readonly stored: unknown; readonly expected: unknown };

/** What was recorded of a partner's terms, each once; the audit chain holds the digest of each. */
export type TermsRecords = {
  readonly agreements: readonly AgreementRecord[];
  readonly tiers: readonly RecordedTier[];
  /** What people recorded, what courses certified, and what was revoked. */
  readonly certifications: readonly Certification[];
  readonly earned: readonly EarnedCertificate[];
  readonly revocations: readonly Revocation[];
  /** Of versions with components of their own, by plan version. */
  readonly components: ReadonlyMap<number, readonly Component[] | undefined>;
};

const MISSING = 'missing';
const UNRECORDED = 'nothing';

const VERSION_FIELDS = [
  'from',
  'endsAt',
  'planVersion',
  'sequence',
  'termMonths',
  'renewal',
  'renewedMonths',
  'noticeDays',
  'afterEnd',
  'exclusivity',
  'textHash',
  'componentsHash',
  'terminatedAt',
] as const;
/** What people recorded before then may have no record: a review of that time tells whether it was there. */
const CERTIFICATIONS_RECORDED_SINCE = '2026-11-22T00:00:00.000Z';
const CERTIFICATION_FIELDS = [
  'certification',
  'courseId',
  'certifiedAt',
  'expiresAt',
  'recordedAt',
  'revokedAt',
] as const;
const TIER_FIELDS = ['tier', 'from', 'sequence', 'source', 'recordedAt', 'recordedBy'] as const;

/**
 * Holds what closes pay by against the records of how it came to be: each version as it was recorded or accepted and then renewed
 * or terminated, its components as they were then, each tier as it was assigned, each certification as it was recorded or earned
 * and then revoked; and nothing beside them.
 */
export function termsFaults(
  { agreements, tiers, certifications }: Pick<Standing, 'agreements' | 'tiers' | 'certifications'>,
  records: TermsRecords,
  digest: Digest,
): readonly TermsFault[] {
  const made = madeVersions(records.agreements);
  const cancelled = cancelledIn(records.agreements);
  const faults: TermsFault[] = [];
  for (const agreement of agreements) {
    const { agreementId, planVersion } = agreement;
    const name = `agreement ${agreementId}`;
    const expected = made.get(agreementId);
    const own = records.components.get(planVersion);
    const isCustom = records.components.has(planVersion);
    const componentsHash = isCustom ? (own ? componentsHashOf(own, digest) : MISSING) : undefined;
    if (!expected) faults.push({ field: name, stored: textOf(versionOf(agreement)), expected: UNRECORDED });
    else if (cancelled.has(agreementId)) faults.push({ field: name, stored: 'counts', expected: 'cancelled' });
    else faults.push(...unequal(`${name}, `, VERSION_FIELDS, { ...agreement, componentsHash }, expected));
  }
  for (const [agreementId, version] of made) {
    if (cancelled.has(agreementId) || agreements.some((agreement) => agreement.agreementId === agreementId)) continue;
    // One that was terminated before it started counts no more.
    if (version.endsAt !== undefined && version.endsAt <= version.from) continue;
    faults.push({ field: `agreement ${agreementId}`, stored: MISSING, expected: textOf(version) });
  }
  return [...faults, ...tierFaults(tiers, records.tiers), ...certificationFaults(certifications, records)];
}

type Made = VersionTerms & { readonly renewedMonths?: number; readonly terminatedAt?: string };

/** Versions by their records: as they came to count, then as each act moved them. */
function madeVersions(records: readonly AgreementRecord[]): ReadonlyMap<string, Made> {
  const made = new Map<string, Made>();
  for (const record of records) {
    const version = record.kind === 'recorded' || record.kind === 'accepted' ? record.version : undefined;
    if (version) made.set(record.agreementId, version);
  }
  for (const record of records.toSorted((a, b) => compareText(a.at, b.at))) {
    const version = made.get(record.agreementId);
    if (!version) continue;
    const { endsAt } = 'endsAt' in record ? record : version;
    if (record.kind === 'renewed') {
      made.set(record.agreementId, { ...version, endsAt, renewedMonths: (version.renewedMonths ?? 0) + record.months });
    } else if (record.kind === 'terminated') {
      made.set(record.agreementId, { ...version, endsAt, afterEnd: record.effect, terminatedAt: record.at });
    }
  }
  return made;
}

function cancelledIn(records: readonly AgreementRecord[]): ReadonlySet<string> {
  return new Set(records.flatMap((record) => (record.kind === 'terminated' ? record.cancelled : [])));
}

function tierFaults(stored: readonly RecordedTier[], recorded: readonly RecordedTier[]): readonly TermsFault[] {
  const left = new Map(recorded.map((tier) => [tier.tierTermId, tier]));
  const faults: TermsFault[] = [];
  for (const tier of stored) {
    const name = `tier ${tier.tierTermId}`;
    const expected = left.get(tier.tierTermId);
    left.delete(tier.tierTermId);
    if (expected) faults.push(...unequal(`${name}, `, TIER_FIELDS, tier, expected));
    else faults.push({ field: name, stored: `${tier.tier} from ${tier.from}`, expected: UNRECORDED });
  }
  for (const { tierTermId, tier, from } of left.values()) {
    faults.push({ field: `tier ${tierTermId}`, stored: MISSING, expected: `${tier} from ${from}` });
  }
  return faults;
}

function certificationFaults(
  stored: readonly Certification[],
  { certifications, earned, revocations }: TermsRecords,
): readonly TermsFault[] {
  const revoked = new Map(revocations.map(({ certificationId, at }) => [certificationId, at]));
  const made = new Map<string, Omit<Certification, 'recordedBy'>>([
    ...certifications.map((one) => [one.certificationId, one] as const),
    ...earned.map(
      ({ earnedAt, ...one }) => [one.certificationId, { ...one, certifiedAt: earnedAt, recordedAt: earnedAt }] as const,
    ),
  ]);
  const faults: TermsFault[] = [];
  for (const one of stored) {
    const { certificationId, certification, recordedAt } = one;
    const name = `certification ${certificationId}`;
    const old = one.courseId === undefined && recordedAt < CERTIFICATIONS_RECORDED_SINCE ? one : undefined;
    const expected = made.get(certificationId) ?? old;
    made.delete(certificationId);
    const revokedAt = revoked.get(certificationId);
    if (expected) faults.push(...unequal(`${name}, `, CERTIFICATION_FIELDS, one, { ...expected, revokedAt }));
    else faults.push({ field: name, stored: certification, expected: UNRECORDED });
  }
  for (const { certificationId, certification } of made.values()) {
    faults.push({ field: `certification ${certificationId}`, stored: MISSING, expected: certification });
  }
  return faults;
}

function versionOf({ from, endsAt, planVersion }: RecordedAgreement): Plain {
  return { from, endsAt, planVersion };
}

function unequal(prefix: string, fields: readonly string[], stored: object, expected: object): readonly TermsFault[] {
  const read = (of: object, field: string): unknown => textOf((of as Record<string, unknown>)[field]);
  return fields
    .map((field) => ({
      field: `${prefix}${field}`,
      stored: read(stored, field),
      expected: read(expected, field),
    }))
    .filter((fault) => fault.stored !== fault.expected);
}

function textOf(value: unknown): unknown {
  return typeof value === 'object' ? canonicalJson(value as Plain) : value;
}
