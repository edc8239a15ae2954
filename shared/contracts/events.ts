import * as z from 'zod';
import { effectRecordedSchema } from '#shared/contracts/effect-recorded';
import { PAYOUT_RAILS } from '#shared/domain/ledger/payout';

/** What travels on the event bus: facts that happened, published from a table's stream. `detail-type` is the event's `type`. */
export const EVENT_SOURCE = 'tallystick';

const envelope = { eventId: z.string(), programId: z.string(), occurredAt: z.string() };

export const runOpenedSchema = z.object({
  ...envelope,
  type: z.literal('run.opened'),
  runId: z.string(),
  period: z.string(),
});
export const runDecidedSchema = z.object({
  ...envelope,
  type: z.literal('run.decided'),
  runId: z.string(),
  decision: z.enum(['approve', 'reject']),
});
const waitingRun = {
  ...envelope,
  runId: z.string(),
  period: z.string(),
  approvalsRequired: z.int(),
  /** Approvals that counted by then. */
  approvals: z.int(),
  /** Absent of a run from before policies said how long one waits. */
  decisionBy: z.string().optional(),
};
export const runAwaitingDecisionSchema = z.object({ ...waitingRun, type: z.literal('run.awaiting_decision') });
export const runRemindedSchema = z.object({ ...waitingRun, type: z.literal('run.reminded'), afterHours: z.int() });
/** A day before it expires, or half of what is left if that is less. */
export const runExpiringSchema = z.object({ ...waitingRun, type: z.literal('run.expiring') });
export const runExpiredSchema = z.object({ ...waitingRun, type: z.literal('run.expired') });
export const payoutRailEventSchema = z.object({
  ...envelope,
  type: z.literal('payout.rail_event'),
  payoutId: z.string(),
  outcome: z.enum(['settled', 'failed', 'returned']),
  reason: z.string().optional(),
});
/** A simulation that is too large for one answer and goes on by itself. */
export const simulationRequestedSchema = z.object({
  ...envelope,
  type: z.literal('simulation.requested'),
  simulationId: z.string(),
});
export const tierChangedSchema = z.object({
  ...envelope,
  type: z.literal('tier.changed'),
  partnerId: z.string(),
  from: z.string().nullable(),
  to: z.string(),
  effectiveFrom: z.string(),
  reason: z.string(),
});

const tierMove = {
  ...envelope,
  partnerId: z.string(),
  from: z.string().nullable(),
  to: z.string(),
  effectiveFrom: z.string(),
  /** Of the partner's changes of tier: with it the record is found. */
  sequence: z.int(),
};
/** Up or down by the programme's tiers; a move that is neither is a `tier.changed`. */
export const tierPromotedSchema = z.object({ ...tierMove, type: z.literal('tier.promoted') });
export const tierDemotedSchema = z.object({ ...tierMove, type: z.literal('tier.demoted') });
const tierWarning = { ...envelope, partnerId: z.string(), tier: z.string(), warningId: z.string() };
export const tierDemotionWarnedSchema = z.object({
  ...tierWarning,
  type: z.literal('tier.demotion_warned'),
  to: z.string(),
  endsAt: z.string(),
  /** The second and last warning. */
  isLast: z.boolean(),
});
export const tierDemotionLiftedSchema = z.object({ ...tierWarning, type: z.literal('tier.demotion_lifted') });
export const tierWithinReachSchema = z.object({
  ...envelope,
  type: z.literal('tier.within_reach'),
  partnerId: z.string(),
  tier: z.string(),
  next: z.string(),
  /** As of when the distance was measured. */
  asOf: z.string(),
});
const certificationOf = { ...envelope, partnerId: z.string(), certificationId: z.string(), certification: z.string() };
export const certificationEarnedSchema = z.object({
  ...certificationOf,
  type: z.literal('certification.earned'),
  expiresAt: z.string().optional(),
});
export const certificationExpiringSchema = z.object({
  ...certificationOf,
  type: z.literal('certification.expiring'),
  expiresAt: z.string(),
});

const amount = z.object({ minor: z.int(), currency: z.string() });
const sale = {
  ...envelope,
  partnerId: z.string(),
  orderId: z.string(),
  soldAt: z.string(),
  amount,
  isLate: z
    .literal(true)
    .optional()
    .meta({ description: 'Recorded more than a week after it took place, as imports are: no news to its partner.' }),
};
/** A sale that a partner has: of a split sale one event a partner, with its part. */
export const conversionRecordedSchema = z.object({ ...sale, type: z.literal('conversion.recorded') });
export const conversionHeldSchema = z.object({ ...sale, type: z.literal('conversion.held') });

/** A statement that was approved and posted. */
export const statementReadySchema = z.object({
  ...envelope,
  type: z.literal('statement.ready'),
  partnerId: z.string(),
  statementId: z.string(),
  period: z.string(),
  payable: amount,
});
const payoutOf = { ...envelope, partnerId: z.string(), payoutId: z.string(), period: z.string(), amount };
/** The run was approved and the payout exists; nothing has left yet. */
export const payoutApprovedSchema = z.object({ ...payoutOf, type: z.literal('payout.approved') });
export const payoutPaidSchema = z.object({ ...payoutOf, type: z.literal('payout.paid') });
export const payoutFailedSchema = z.object({ ...payoutOf, type: z.literal('payout.failed') });
export const payoutReturnedSchema = z.object({ ...payoutOf, type: z.literal('payout.returned') });

export const agreementExpiringSchema = z.object({
  ...envelope,
  type: z.literal('agreement.expiring'),
  partnerId: z.string(),
  agreementId: z.string(),
  endsAt: z.string(),
  /** What becomes of it then. */
  renewal: z.enum(['automatic', 'by_agreement', 'none']).optional(),
  /** Of one that rolls on: the last instant at which notice still ends it then. */
  noticeBy: z.string().optional(),
});

const applicationOf = { ...envelope, applicationId: z.string(), version: z.int() };
/** An application came in, and its address is to be confirmed. */
export const applicationReceivedSchema = z.object({ ...applicationOf, type: z.literal('application.received') });
export const applicationAcceptedSchema = z.object({ ...applicationOf, type: z.literal('application.accepted') });
export const applicationDeclinedSchema = z.object({ ...applicationOf, type: z.literal('application.declined') });

/** That it is another account now, never which. */
export const payeeChangedSchema = z.object({
  ...envelope,
  type: z.literal('payee.changed'),
  partnerId: z.string(),
  payeeId: z.string(),
  rail: z.enum(PAYOUT_RAILS),
  usableFrom: z.string().optional(),
});

const disputed = { partnerId: z.string(), disputeId: z.string() };
export const disputeDecidedSchema = z.object({
  ...envelope,
  ...disputed,
  type: z.literal('dispute.decided'),
  /** Of the dispute's decisions: with it the record is found. */
  number: z.int(),
  outcome: z.enum(['accepted', 'partly_accepted', 'declined']),
  remedy: z.enum(['adjustment', 'reattribution', 'none']),
  /** The strongest role it was decided with. An adjustment by a partner manager waits for a second person. */
  authority: z.enum(['admin', 'finance', 'partner_manager']),
});
export const disputeEscalatedSchema = z.object({
  ...envelope,
  ...disputed,
  type: z.literal('dispute.escalated'),
  answerBy: z.string(),
});
/** What became of a decision's remedy; several may follow on one decision. */
export const disputeRemediedSchema = z.object({
  ...envelope,
  disputeId: z.string(),
  type: z.literal('dispute.remedied'),
  number: z.int(),
  effect: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('adjustment'),
      state: z.enum(['proposed', 'recorded', 'declined']),
      adjustmentId: z.string(),
      period: z.string(),
    }),
    z.object({ kind: z.literal('reattribution'), reattributionId: z.string(), period: z.string() }),
    z.object({ kind: z.literal('failed'), reason: z.string() }),
  ]),
});

/** Held sales that nobody decided on in time. */
export const holdsEscalatedSchema = z.object({
  ...envelope,
  type: z.literal('holds.escalated'),
  orderIds: z.array(z.string()),
});

export const agreementAcceptedSchema = z.object({
  ...envelope,
  type: z.literal('agreement.accepted'),
  partnerId: z.string(),
  agreementId: z.string(),
  /** SHA-256 of the text that was accepted. */
  textHash: z.string(),
  method: z.enum(['partner', 'paper']),
  by: z.string(),
  effectiveFrom: z.string(),
});
export const agreementTerminatedSchema = z.object({
  ...envelope,
  type: z.literal('agreement.terminated'),
  partnerId: z.string(),
  agreementId: z.string(),
  cause: z.enum(['notice', 'breach', 'mutual']),
  effect: z.enum(['stop', 'honour_until_window_ends']),
  endsAt: z.string(),
  by: z.string(),
});

/** Where a programme's links may lead, or which UTM parameters they carry, was changed. */
export const trackingSettingsChangedSchema = z.object({
  ...envelope,
  type: z.literal('tracking_settings.changed'),
  settingsVersion: z.int(),
});

/** What managers see of a month is to be computed anew. */
export const overviewRefreshRequestedSchema = z.object({
  ...envelope,
  type: z.literal('overview.refresh_requested'),
  period: z.string(),
  requestId: z.string(),
});

/** A bank's file of which a call left work behind when its time was over. */
export const bankReportInterruptedSchema = z.object({
  ...envelope,
  type: z.literal('bank_report.interrupted'),
  reportId: z.string(),
});

/** An endpoint of webhooks is asked no more until somebody enables it: it failed for a week, or answered that it is gone. */
export const webhookPausedSchema = z.object({
  ...envelope,
  type: z.literal('webhook.paused'),
  endpointId: z.string(),
  /** Of its address, without what stands behind it. */
  host: z.string(),
  /** Of one that is gone: when it said so. */
  failingSince: z.string(),
  /** Absent in events from before the two were told apart. */
  why: z.enum(['failing', 'gone']).optional(),
});

export const domainEventSchema = z.discriminatedUnion('type', [
  simulationRequestedSchema,
  effectRecordedSchema,
  runOpenedSchema,
  runDecidedSchema,
  runAwaitingDecisionSchema,
  runRemindedSchema,
  runExpiringSchema,
  runExpiredSchema,
  statementReadySchema,
  payoutApprovedSchema,
  payoutPaidSchema,
  payoutFailedSchema,
  payoutReturnedSchema,
  payoutRailEventSchema,
  bankReportInterruptedSchema,
  tierChangedSchema,
  tierPromotedSchema,
  tierDemotedSchema,
  tierDemotionWarnedSchema,
  tierDemotionLiftedSchema,
  tierWithinReachSchema,
  certificationEarnedSchema,
  certificationExpiringSchema,
  conversionRecordedSchema,
  conversionHeldSchema,
  agreementExpiringSchema,
  payeeChangedSchema,
  applicationReceivedSchema,
  applicationAcceptedSchema,
  applicationDeclinedSchema,
  agreementAcceptedSchema,
  agreementTerminatedSchema,
  disputeDecidedSchema,
  disputeEscalatedSchema,
  disputeRemediedSchema,
  holdsEscalatedSchema,
  trackingSettingsChangedSchema,
  webhookPausedSchema,
  overviewRefreshRequestedSchema,
]);
export type DomainEvent = z.output<typeof domainEventSchema>;
