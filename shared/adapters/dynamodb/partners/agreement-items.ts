import * as z from 'zod';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { applicationPuts } from '#shared/adapters/dynamodb/partners/applications/application-items';
import type { ConditionalPut } from '#shared/adapters/dynamodb/partners/conditional-put';
import {
  agreementRecordKey,
  agreementTextKey,
  certificationRecordedKey,
  componentsKey,
  exclusivitiesKey,
  tierAssignedKey,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import { tierStepItem } from '#shared/adapters/dynamodb/partners/tiers/tier-step-items';
import { trainingPuts } from '#shared/adapters/dynamodb/partners/training-items';
import type {
  AgreementRecord,
  AgreementWrites,
  ExclusivityRegister,
  PartnerAgreementRecord,
} from '#shared/application/partners/agreement-ports';
import { componentsFromText, componentsToText } from '#shared/application/payouts/plans/plan-text';
import type { Component } from '#shared/domain/plan/plan';

/** What belongs to agreements in the Partners table; parsed whenever it is read. */
type Item = Record<string, unknown>;

const exclusivityField = z.object({
  kind: z.enum(['category', 'geography']),
  values: z.array(z.string()),
  until: instantField.optional(),
});

/** A version inside a partner's terms. */
export const agreementField = z.object({
  recordedAt: instantField,
  recordedBy: z.string(),
  agreementId: z.string(),
  from: instantField,
  endsAt: instantField.optional(),
  planVersion: z.int(),
  sequence: z.int(),
  afterEnd: z.enum(['stop', 'honour_until_window_ends']).optional(),
  termMonths: z.int().optional(),
  renewal: z.enum(['automatic', 'by_agreement', 'none']).optional(),
  renewedMonths: z.int().optional(),
  noticeDays: z.int().optional(),
  exclusivity: exclusivityField.optional(),
  textHash: z.string().optional(),
  termsHash: z.string().optional(),
  askedFrom: instantField.optional(),
  acceptedAt: instantField.optional(),
  terminatedAt: instantField.optional(),
});
export const proposalField = agreementField.extend({ withdrawnAt: instantField.optional() });

const componentsSchema = z.object({ components: z.string() });

/** One text, so that what was agreed is what is read, byte for byte. */
export function componentsOfItem(item: Item): readonly Component[] {
  return componentsFromText(componentsSchema.parse(item).components);
}

const textSchema = z.object({ text: z.string() });

export function textOfItem(item: Item): string {
  return textSchema.parse(item).text;
}

const act = { agreementId: z.string(), at: instantField, by: z.string(), onBehalfOf: z.string().optional() };

const versionField = z.object({
  from: instantField,
  endsAt: instantField.optional(),
  planVersion: z.int(),
  sequence: z.int(),
  termMonths: z.int().optional(),
  renewal: z.enum(['automatic', 'by_agreement', 'none']).optional(),
  noticeDays: z.int().optional(),
  afterEnd: z.enum(['stop', 'honour_until_window_ends']).optional(),
  exclusivity: exclusivityField.optional(),
  textHash: z.string().optional(),
  componentsHash: z.string().optional(),
});

const recordSchema = z.discriminatedUnion('kind', [
  z.object({ ...act, kind: z.literal('recorded'), termsHash: z.string(), version: versionField }),
  z.object({
    ...act,
    kind: z.literal('accepted'),
    textHash: z.string(),
    termsHash: z.string().optional(),
    version: versionField.optional(),
    method: z.enum(['partner', 'paper']),
    paperReference: z.string().optional(),
    effectiveFrom: instantField,
  }),
  z.object({ ...act, kind: z.literal('withdrawn'), reason: z.string().optional() }),
  z.object({ ...act, kind: z.literal('renewed'), actId: z.string(), months: z.int(), endsAt: instantField }),
  z.object({
    ...act,
    kind: z.literal('terminated'),
    actId: z.string(),
    cause: z.enum(['notice', 'breach', 'mutual']),
    effect: z.enum(['stop', 'honour_until_window_ends']),
    endsAt: instantField,
    reason: z.string(),
    cancelled: z.array(z.string()),
  }),
]);

const placeSchema = z.object({ programId: z.string(), partnerId: z.string() });

/** A record with whose it is, as the table's stream brings it. @throws ZodError */
export function partnerRecordOfItem(item: Item): PartnerAgreementRecord {
  return { ...placeSchema.parse(item), record: recordSchema.parse(item) };
}

export function agreementRecordOfItem(item: Item): AgreementRecord {
  return recordSchema.parse(item);
}

const holdingField = z.object({
  partnerId: z.string(),
  agreementId: z.string(),
  kind: z.enum(['category', 'geography']),
  values: z.array(z.string()),
  from: instantField,
  until: instantField.optional(),
});
const registerSchema = z.object({ version: z.int(), holdings: z.array(holdingField) });

export function registerOfItem(item: Item | undefined): ExclusivityRegister {
  return item ? registerSchema.parse(item) : { version: 0, holdings: [] };
}

/** What is put together with a partner's terms. Programme and partner are on each record for whoever reads the stream. */
export function agreementPuts(
  { programId, partnerId }: { readonly programId: string; readonly partnerId: string },
  writes: AgreementWrites,
): readonly ConditionalPut[] {
  const { components, text, record, tier, tiers = [], certification, steps = [], register, training } = writes;
  const puts: ConditionalPut[] = [];
  if (components) {
    const key = componentsKey(programId, partnerId, components.planVersion);
    puts.push({ item: { ...key, components: componentsToText(components.components) } });
  }
  if (text) puts.push({ item: { ...agreementTextKey(programId, partnerId, text.agreementId), text: text.text } });
  if (record) {
    const { agreementId, kind } = record;
    const act = 'actId' in record ? record.actId : '';
    const key = agreementRecordKey(programId, partnerId, { agreementId, kind, act });
    puts.push({ item: { ...key, programId, partnerId, ...record } });
  }
  for (const added of tier ? [tier] : tiers) {
    const key = tierAssignedKey(programId, partnerId, added.tierTermId);
    puts.push({ item: { ...key, programId, partnerId, ...added } });
  }
  if (certification) {
    const key = certificationRecordedKey(programId, partnerId, certification.certificationId);
    puts.push({ item: { ...key, programId, partnerId, ...certification } });
  }
  for (const step of steps) puts.push({ item: tierStepItem(step) });
  if (register) {
    const { version, holdings } = register;
    const item = { ...exclusivitiesKey(programId), version: version + 1, holdings };
    puts.push({ item, ...(version > 0 ? { expectedVersion: version } : {}) });
  }
  if (training) puts.push(...trainingPuts({ programId, partnerId }, training));
  if (writes.application) puts.push(...applicationPuts(writes.application));
  return puts;
}
