import * as z from 'zod';
import { instantField, minorField, periodField } from '#shared/adapters/dynamodb/money/money-fields';
import type { NoticeFacts, NoticeKind, NoticeMessage, NoticeTo } from '#shared/application/notifications/messages';
import type { CollectedNotice, DigestMail, NoticeMail } from '#shared/application/notifications/outbox';
import { BLOCKED_REASONS } from '#shared/domain/ledger/payout';

/** What notices tell, as it is stored while their e-mails wait. The compiler holds each schema against the facts of its kind. */
type Fields<T> = z.ZodType<T, unknown>;

const amount = z.object({ minor: minorField, currency: z.string() });
const count = z.union([z.int(), z.bigint()]).transform(Number);
const condition = z.discriminatedUnion('fact', [
  z.object({ fact: z.literal('terms_accepted') }),
  z.object({ fact: z.literal('qualified_referrals'), atLeast: count, withinMonths: count }),
  z.object({ fact: z.literal('partner_revenue'), atLeastMinor: minorField, withinMonths: count }),
  z.object({
    fact: z.literal('retention'),
    atLeastBps: count,
    withinMonths: count,
    minimumCustomers: count,
  }),
  z.object({ fact: z.literal('certification'), certification: z.string().optional() }),
  z.object({ fact: z.literal('confirmation'), confirmation: z.string() }),
]);
const distances = z.array(
  z.object({
    condition,
    found: minorField,
    wanted: minorField,
    missing: minorField,
    by: instantField.optional(),
  }),
);
const next = z.object({ tier: z.string(), distances }).optional();
const tierMove = z.object({
  from: z.string(),
  to: z.string(),
  effectiveFrom: instantField,
  by: z.enum(['review', 'person', 'enrolment']),
  reason: z.string().optional(),
  until: instantField.optional(),
  ratesBps: z.array(count),
  losesShare: z.boolean().optional(),
  next,
  nextByInvitation: z.string().optional(),
});
const sale = z.object({ orderId: z.string(), occurredAt: instantField, amount });
const payout = z.object({ payoutId: z.string(), period: periodField, amount });
const failedPayout = payout.extend({ partnerId: z.string().optional(), reason: z.string().optional() });
const run = z.object({
  runId: z.string(),
  period: periodField,
  approvals: count,
  approvalsRequired: count,
  decisionBy: instantField.optional(),
});
const certificate = z.object({ certification: z.string(), title: z.string() });
const dispute = z.object({ disputeId: z.string(), orderId: z.string() });
const reattribution = z.object({ kind: z.literal('reattribution') });
const adjustment = z.object({ kind: z.literal('adjustment'), amount });

const FACTS: { readonly [K in NoticeKind]: Fields<NoticeFacts[K]> } = {
  'tier.promoted': tierMove,
  'tier.demoted': tierMove.extend({ unmet: distances }),
  'tier.changed': tierMove,
  'tier.demotion_warned': z.object({
    tier: z.string(),
    to: z.string(),
    endsAt: instantField,
    isLast: z.boolean(),
    unmet: distances,
  }),
  'tier.demotion_lifted': z.object({ tier: z.string() }),
  'tier.within_reach': z.object({ tier: z.string(), next: z.string(), distances }),
  'certification.earned': certificate.extend({ expiresAt: instantField.optional() }),
  'certification.expiring': certificate.extend({ expiresAt: instantField }),
  'conversion.recorded': sale,
  'conversion.held': sale,
  'statement.ready': z.object({
    statementId: z.string(),
    period: periodField,
    opening: amount,
    earned: amount,
    clawback: amount,
    adjustment: amount,
    payable: amount,
    carried: amount,
    tier: z.string().optional(),
    next,
  }),
  'payout.approved': payout.extend({
    blocked: z.enum(BLOCKED_REASONS).optional(),
    usableFrom: instantField.optional(),
  }),
  'payout.paid': payout,
  'payout.failed': failedPayout,
  'payout.returned': failedPayout,
  'payee.changed': z.object({
    rail: z.string(),
    account: z.string(),
    changedAt: instantField,
    usableFrom: instantField.optional(),
  }),
  'dispute.answered': dispute.extend({
    outcome: z.enum(['accepted', 'partly_accepted', 'declined']),
    explanation: z.string(),
    remedy: z.discriminatedUnion('kind', [reattribution, adjustment.extend({ waits: z.boolean() })]).optional(),
  }),
  'dispute.corrected': dispute.extend({ remedy: z.discriminatedUnion('kind', [reattribution, adjustment]) }),
  'agreement.expiring': z.object({
    agreementId: z.string(),
    partnerId: z.string(),
    endsAt: instantField,
    renewal: z.enum(['automatic', 'by_agreement', 'none']).optional(),
    noticeBy: instantField.optional(),
  }),
  'run.awaiting_decision': run,
  'run.reminded': run.extend({ afterHours: count }),
  'run.expiring': run,
  'run.expired': run,
  'dispute.overdue': dispute.extend({ partnerId: z.string(), answerBy: instantField }),
  'holds.overdue': z.object({ orderIds: z.array(z.string()) }),
  'webhook.paused': z.object({
    endpointId: z.string(),
    host: z.string(),
    failingSince: instantField,
    why: z.enum(['failing', 'gone']).optional(),
  }),
};

const kindSchema = z.string().refine((kind): kind is NoticeKind => Object.hasOwn(FACTS, kind));

/** @throws ZodError for a kind or facts that this version does not know */
export function messageOfItem({ kind, facts }: { readonly kind: string; readonly facts: unknown }): NoticeMessage {
  const known = kindSchema.parse(kind);
  return { kind: known, facts: FACTS[known].parse(facts) } as NoticeMessage;
}

const storedMessage = z.object({ kind: z.string(), facts: z.unknown() });
const storedTo = z.discriminatedUnion('audience', [
  z.object({ audience: z.literal('partner'), partnerId: z.string(), email: z.string().optional() }),
  z.object({
    audience: z.literal('staff'),
    roles: z.array(z.enum(['admin', 'finance', 'approver', 'partner_manager'])),
  }),
]) satisfies Fields<NoticeTo>;

const noticeMailSchema = z
  .object({
    type: z.literal('notice'),
    to: storedTo,
    mark: z.string(),
    message: storedMessage,
    occurredAt: instantField,
  })
  .transform(({ message, ...mail }): NoticeMail => ({ ...mail, message: messageOfItem(message) }));

const digestMailSchema: Fields<DigestMail> = z.object({
  type: z.literal('digest'),
  recipientId: z.string(),
  rhythm: z.enum(['daily', 'monthly']),
  from: instantField,
  to: instantField,
  sales: z.object({ recorded: count, held: count, amounts: z.array(amount) }).optional(),
});

export const waitingMailField: Fields<NoticeMail | DigestMail> = z.union([digestMailSchema, noticeMailSchema]);

export function collectedOfItem(item: unknown): CollectedNotice {
  const { occurredAt, ...message } = storedMessage.extend({ occurredAt: instantField }).parse(item);
  return { ...messageOfItem(message), occurredAt };
}
