import * as z from 'zod';
import { agreementField, proposalField } from '#shared/adapters/dynamodb/partners/agreement-items';
import {
  emailHashKey,
  personKey,
  profileKey,
  termsContractKey,
  termsKey,
  tierChangeKey,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import { warningField } from '#shared/adapters/dynamodb/partners/tiers/tier-step-items';
import type {
  Certification,
  PartnerProfile,
  RecordedTier,
  Standing,
  TierChange,
} from '#shared/application/partners/ports';
import type { Instant, Period } from '#shared/domain/time/instant';

/** Items of the Partners table as they are stored; parsed whenever they are read. */
type Item = Record<string, unknown>;

const instant = z.string().transform((text) => text as Instant);
const recorded = { recordedAt: instant, recordedBy: z.string() };

const source = z.enum(['enrolment', 'person', 'review']);

const tier = z.object({
  ...recorded,
  tierTermId: z.string(),
  from: instant,
  tier: z.string(),
  sequence: z.int(),
  reason: z.string(),
  source,
  until: instant.optional(),
});

export function tierOfItem(item: Item): RecordedTier {
  return tier.parse(item);
}

const certification = z.object({
  ...recorded,
  certificationId: z.string(),
  certification: z.string(),
  certifiedAt: instant,
  expiresAt: instant.optional(),
  courseId: z.string().optional(),
  revokedAt: instant.optional(),
});

export function certificationOfItem(item: Item): Certification {
  return certification.parse(item);
}

const standingSchema = z.object({
  programId: z.string(),
  partnerId: z.string(),
  createdAt: instant,
  version: z.int(),
  agreements: z.array(agreementField),
  proposals: z.array(proposalField).optional(),
  tiers: z.array(tier),
  certifications: z.array(certification),
  announcedTier: z.string(),
  tierChanges: z.int(),
  tierWarning: warningField.optional(),
  tierSteps: z.int().optional(),
  nudgedPeriod: z
    .string()
    .transform((text) => text as Period)
    .optional(),
});

export function standingItem(standing: Standing): Item {
  const { programId, partnerId } = standing;
  return { ...termsKey(programId, partnerId), ...termsContractKey(programId, partnerId), ...standing };
}
export function standingOfItem(item: Item): Standing {
  return standingSchema.parse(item);
}

const profileSchema = z.object({
  programId: z.string(),
  partnerId: z.string(),
  name: z.string(),
  email: z.string(),
  emailHash: z.string(),
  country: z.string().optional(),
  contentHash: z.string(),
});

export function profileItem(profile: PartnerProfile): Item {
  return { ...profileKey(profile.programId, profile.partnerId), ...profile };
}
export function profileOfItem(item: Item): PartnerProfile {
  return profileSchema.parse(item);
}

const emailHashSchema = z.object({ emailHash: z.string() });

export function emailHashItem({ programId, partnerId, emailHash }: PartnerProfile): Item {
  return { ...emailHashKey(programId, partnerId), emailHash };
}
export function emailHashOfItem(item: Item): string {
  return emailHashSchema.parse(item).emailHash;
}

export function personItem({ emailHash, programId, partnerId }: PartnerProfile): Item {
  return { ...personKey(emailHash, programId, partnerId), programId, partnerId };
}
export const personSchema = z.object({ programId: z.string(), partnerId: z.string() });

const tierChangeSchema = z.object({
  programId: z.string(),
  partnerId: z.string(),
  sequence: z.int(),
  from: z.string(),
  to: z.string(),
  direction: z.enum(['up', 'down']).optional(),
  effectiveFrom: instant,
  source,
  reason: z.string(),
  recordedAt: instant,
});

export function tierChangeItem(change: TierChange): Item {
  return { ...tierChangeKey(change.programId, change.partnerId, change.sequence), ...change };
}
export function tierChangeOfItem(item: Item): TierChange {
  return tierChangeSchema.parse(item);
}
