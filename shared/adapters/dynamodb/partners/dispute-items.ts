import * as z from 'zod';
import { instantField, minorField, periodField } from '#shared/adapters/dynamodb/money/money-fields';
import {
  disputeContractKey,
  disputeDecisionKey,
  disputeKey,
  disputeMessageKey,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import type { DecisionRecord, Dispute, DisputeMessage } from '#shared/application/partners/dispute-ports';
import { DECISION_AUTHORITIES, DISPUTE_STATUSES, type DisputeDecision } from '#shared/domain/partner/dispute';

/** Items of disputes as they are stored; parsed whenever they are read. */
type Item = Record<string, unknown>;

const evidenceSchema = z.array(z.object({ kind: z.enum(['note', 'url', 'reference']), value: z.string() }));

const decisionFields = {
  number: z.int(),
  outcome: z.enum(['accepted', 'partly_accepted', 'declined']),
  remedy: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('adjustment'), amountMinor: minorField, currency: z.string() }),
      z.object({ kind: z.literal('reattribution'), despiteAdjustment: z.literal(true).optional() }),
    ])
    .optional(),
  decidedBy: z.string(),
  authority: z.enum(DECISION_AUTHORITIES),
  decidedAt: instantField,
};

const effectSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('adjustment'),
    state: z.enum(['proposed', 'recorded', 'declined']),
    adjustmentId: z.string(),
    period: periodField,
  }),
  z.object({ kind: z.literal('reattribution'), reattributionId: z.string(), period: periodField }),
  z.object({ kind: z.literal('failed'), reason: z.string() }),
]);

const disputeSchema = z.object({
  programId: z.string(),
  disputeId: z.string(),
  partnerId: z.string(),
  orderId: z.string(),
  kind: z.enum(['missing', 'incorrect', 'declined']),
  statement: z.string(),
  expected: z.object({ amountMinor: minorField, currency: z.string() }).optional(),
  evidence: evidenceSchema,
  order: z.enum(['recorded', 'not_recorded']),
  orderPartnerId: z.string().optional(),
  status: z.enum(DISPUTE_STATUSES),
  filedAt: instantField,
  filedBy: z.string(),
  answerBy: instantField,
  escalatedAt: instantField.optional(),
  withdrawnAt: instantField.optional(),
  decisions: z.array(z.object({ ...decisionFields, explanation: z.string() })),
  effect: effectSchema.optional(),
  messages: z.int(),
  messageBytes: z.int(),
  version: z.int(),
});

export function disputeItem(dispute: Dispute): Item {
  const { programId, disputeId } = dispute;
  return { ...disputeKey(programId, disputeId), ...disputeContractKey(programId, dispute), ...dispute };
}
export function disputeOfItem(item: unknown): Dispute {
  return disputeSchema.parse(item);
}

const messageSchema = z.object({
  messageId: z.string(),
  at: instantField,
  by: z.string(),
  from: z.enum(['partner', 'staff']),
  internal: z.boolean(),
  text: z.string(),
  evidence: evidenceSchema,
});

export function messageItem({ programId, disputeId, messages }: Dispute, message: DisputeMessage): Item {
  return { ...disputeMessageKey(programId, disputeId, messages), ...message };
}
export function messageOfItem(item: unknown): DisputeMessage {
  return messageSchema.parse(item);
}

const decisionRecordSchema = z.object({
  ...decisionFields,
  programId: z.string(),
  disputeId: z.string(),
  partnerId: z.string(),
  orderId: z.string(),
});

/** Append-only: who decided what and when, with which authority, without a word of the dispute. */
export function decisionItem(dispute: Dispute, decision: DisputeDecision): Item {
  const { programId, disputeId, partnerId, orderId } = dispute;
  const { number, outcome, remedy, decidedBy, authority, decidedAt } = decision;
  const record: DecisionRecord = {
    programId,
    disputeId,
    partnerId,
    orderId,
    number,
    outcome,
    remedy,
    decidedBy,
    authority,
    decidedAt,
  };
  return { ...disputeDecisionKey(programId, disputeId, number), ...record };
}
export function decisionOfItem(item: unknown): DecisionRecord {
  return decisionRecordSchema.parse(item);
}
