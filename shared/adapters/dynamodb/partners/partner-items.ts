import * as z from 'zod';
import { agreementField, proposalField } from '#shared/adapters/dynamodb/partners/agreement-items';
import {
  emailHashKey,
  payeeChangeContractKey,
  payeeChangeKey,
  payeeKey,
  personKey,
  profileKey,
  termsContractKey,
  termsKey,
  tierChangeKey,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import type {
  PartnerProfile,
  RecordedPayee,
  RecordedTier,
  Standing,
  TierChange,
} from '#shared/application/partners/ports';
import type { Instant } from '#shared/domain/time/instant';

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
});

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

const payeeSchema = z.object({
  payee: z.discriminatedUnion('rail', [
    z.object({ rail: z.literal('bank_file'), name: z.string(), iban: z.string(), bic: z.string().optional() }),
    z.object({
      rail: z.literal('nacha'),
      name: z.string(),
      routingNumber: z.string(),
      accountNumber: z.string(),
      accountType: z.enum(['checking', 'savings']),
    }),
    z.object({ rail: z.literal('stripe'), name: z.string(), stripeAccountId: z.string() }),
    z.object({ rail: z.literal('paypal'), name: z.string(), paypalEmail: z.string() }),
    z.object({ rail: z.literal('sandbox'), name: z.string(), behaviour: z.enum(['settle', 'fail', 'return']) }),
  ]),
  payeeId: z.string().optional(),
  changedAt: instant,
  usableFrom: instant.optional(),
  changedBy: z.string(),
  onBehalfOf: z.string().optional(),
});

export function payeeItem(programId: string, partnerId: string, payee: RecordedPayee): Item {
  return { ...payeeKey(programId, partnerId), ...payee };
}
export function payeeOfItem(item: Item): RecordedPayee {
  const { payeeId, ...payee } = payeeSchema.parse(item);
  // Stored before payees had ids: until its next change it is known by when it was set.
  return { payeeId: payeeId ?? `set-at-${payee.changedAt}`, ...payee };
}

export function payeeChangeItem(programId: string, partnerId: string, payee: RecordedPayee, changeId: string): Item {
  const { changedAt, changedBy, onBehalfOf } = payee;
  return {
    ...payeeChangeKey(programId, partnerId, changeId),
    ...payeeChangeContractKey(programId, changedAt, changeId),
    partnerId,
    changedAt,
    changedBy,
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
  };
}

const tierChangeSchema = z.object({
  programId: z.string(),
  partnerId: z.string(),
  sequence: z.int(),
  from: z.string(),
  to: z.string(),
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
