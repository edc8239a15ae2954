import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';
import { attributesOf } from '#shared/adapters/dynamodb/money/audit/audit-effects';
import { programIdOfPk } from '#shared/adapters/dynamodb/money/money-keys';
import type { AuditedEffect } from '#shared/application/partners/audited-effect';

type Item = Readonly<Record<string, unknown>>;
type Read = (item: Item, ids: string) => Pick<AuditedEffect, 'subjectId' | 'occurredAt' | 'recordedBy'>;

const itemSchema = z.looseObject({ pk: z.string(), sk: z.string() });
const partnerSchema = z.looseObject({ partnerId: z.string() });
/** What is the programme's alone. */
const OF_PROGRAM: ReadonlySet<AuditedEffect['kind']> = new Set(['tier_scheme.changed', 'roles.changed']);
const payeeChangeSchema = z.looseObject({ partnerId: z.string(), changedAt: z.string(), changedBy: z.string() });
const actSchema = z.looseObject({ partnerId: z.string(), at: z.string(), by: z.string() });
const changedSchema = z.looseObject({ recordedAt: z.string(), recordedBy: z.string() });
const recordedSchema = z.looseObject({ partnerId: z.string(), recordedAt: z.string(), recordedBy: z.string() });
const disputeSchema = z.looseObject({ disputeId: z.string(), decidedAt: z.string(), decidedBy: z.string() });

const actOfPerson: Read = (item, ids) => {
  const { partnerId, at, by } = actSchema.parse(item);
  return { subjectId: `${partnerId}~${ids}`, occurredAt: at, recordedBy: by };
};

const recordedOnce: Read = (item, id) => {
  const { partnerId, recordedAt, recordedBy } = recordedSchema.parse(item);
  return { subjectId: `${partnerId}~${id}`, occurredAt: recordedAt, recordedBy };
};

/**
 * Which items of the Partners table have their record in the audit chain, by their sort keys (partners-keys.ts), and how each says
 * who did what and when. All of them are written once.
 */
const AUDITED: readonly (readonly [RegExp, AuditedEffect['kind'], Read])[] = [
  [
    /^PAYEE_CHANGE#(.+)$/,
    'payee.changed',
    (item, changeId) => {
      const { partnerId, changedAt, changedBy } = payeeChangeSchema.parse(item);
      return { subjectId: `${partnerId}~${changeId}`, occurredAt: changedAt, recordedBy: changedBy };
    },
  ],
  [/^AGREEMENT#(.+)#RECORDED#$/, 'agreement.recorded', actOfPerson],
  [/^AGREEMENT#(.+)#ACCEPTED#$/, 'agreement.accepted', actOfPerson],
  [/^AGREEMENT#(.+)#RENEWED#(.*)$/, 'agreement.renewed', actOfPerson],
  [/^AGREEMENT#(.+)#TERMINATED#(.*)$/, 'agreement.terminated', actOfPerson],
  [/^TIER_ASSIGNED#(.+)$/, 'tier.assigned', recordedOnce],
  [/^CERTIFICATION_RECORDED#(.+)$/, 'certification.recorded', recordedOnce],
  [/^REVOCATION#(.+)$/, 'certification.revoked', actOfPerson],
  [
    /^TIER_SCHEME#(.+)$/,
    'tier_scheme.changed',
    (item, version) => {
      const { recordedAt, recordedBy } = changedSchema.parse(item);
      return { subjectId: String(Number(version)), occurredAt: recordedAt, recordedBy };
    },
  ],
  [
    /^ROLE_CHANGE#(.+)$/,
    'roles.changed',
    (item, number) => {
      const { recordedAt, recordedBy } = changedSchema.parse(item);
      return { subjectId: String(Number(number)), occurredAt: recordedAt, recordedBy };
    },
  ],
  [
    /^DISPUTE_DECISION#(.+)$/,
    'dispute.decided',
    (item, number) => {
      const { disputeId, decidedAt, decidedBy } = disputeSchema.parse(item);
      return { subjectId: `${disputeId}~${Number(number)}`, occurredAt: decidedAt, recordedBy: decidedBy };
    },
  ],
];

/** What an item of the Partners table, as it is stored, must have in the audit chain; `undefined` for all others. @throws ZodError */
export function auditedEffectOfItem(item: Item): AuditedEffect | undefined {
  const { pk, sk } = itemSchema.parse(item);
  for (const [pattern, kind, read] of AUDITED) {
    const match = pattern.exec(sk);
    if (!match) continue;
    const ids = match.slice(1).join('~');
    const partner = OF_PROGRAM.has(kind) ? {} : { partnerId: partnerSchema.parse(item).partnerId };
    return { kind, programId: programIdOfPk(pk), ...partner, ...read(item, ids), content: attributesOf(item) };
  }
  return undefined;
}

/** The same of a record of the table's stream. */
export function auditedEffectOfRecord({ eventName, dynamodb }: DynamoDBRecord): AuditedEffect | undefined {
  if (eventName !== 'INSERT' || !dynamodb?.NewImage) return undefined;
  const image = { ...dynamodb.Keys, ...dynamodb.NewImage } as Record<string, AttributeValue>;
  return auditedEffectOfItem(unmarshall(image));
}
