import * as z from 'zod';
import {
  agreementExpiringSchema,
  certificationEarnedSchema,
  conversionHeldSchema,
  conversionRecordedSchema,
  disputeDecidedSchema,
  payeeChangedSchema,
  payoutApprovedSchema,
  payoutFailedSchema,
  payoutPaidSchema,
  payoutReturnedSchema,
  runAwaitingDecisionSchema,
  runExpiringSchema,
  statementReadySchema,
  tierChangedSchema,
  tierDemotedSchema,
  tierDemotionLiftedSchema,
  tierDemotionWarnedSchema,
  tierPromotedSchema,
} from '#shared/contracts/events';

const ENVELOPE = { type: true, eventId: true, occurredAt: true } as const;

/**
 * What receivers are told, by the name it has outside: the facts of the event without its envelope. Nothing personal; a person's
 * own words and who decided stay inside.
 */
export const WEBHOOK_DATA = {
  'tier.promoted': tierPromotedSchema.omit(ENVELOPE),
  'tier.demoted': tierDemotedSchema.omit(ENVELOPE),
  'tier.changed': tierChangedSchema.omit({ ...ENVELOPE, reason: true }),
  'tier.demotion_warned': tierDemotionWarnedSchema.omit(ENVELOPE),
  'tier.demotion_lifted': tierDemotionLiftedSchema.omit(ENVELOPE),
  'certification.earned': certificationEarnedSchema.omit(ENVELOPE),
  'conversion.recorded': conversionRecordedSchema.omit(ENVELOPE),
  'conversion.held': conversionHeldSchema.omit(ENVELOPE),
  'statement.ready': statementReadySchema.omit(ENVELOPE),
  'payout.approved': payoutApprovedSchema.omit(ENVELOPE),
  'payout.paid': payoutPaidSchema.omit(ENVELOPE),
  'payout.failed': payoutFailedSchema.omit(ENVELOPE),
  'payout.returned': payoutReturnedSchema.omit(ENVELOPE),
  'payee.changed': payeeChangedSchema.omit(ENVELOPE),
  'dispute.answered': disputeDecidedSchema.omit({ ...ENVELOPE, authority: true }),
  'agreement.expiring': agreementExpiringSchema.omit(ENVELOPE),
  'run.awaiting_decision': runAwaitingDecisionSchema.omit(ENVELOPE),
  'run.expiring': runExpiringSchema.omit(ENVELOPE),
} as const;

export type WebhookType = keyof typeof WEBHOOK_DATA;
export const WEBHOOK_TYPES = Object.keys(WEBHOOK_DATA) as readonly WebhookType[];
export const webhookTypeSchema = z.enum(WEBHOOK_TYPES as readonly [WebhookType, ...WebhookType[]]);

/** Of what an administrator asks for to try an endpoint; no filter applies to it. */
export const WEBHOOK_TEST = 'webhook.test';
export type SentType = WebhookType | typeof WEBHOOK_TEST;

/** Where the name outside is another than on the bus. */
const NAMED_ELSE = { 'dispute.decided': 'dispute.answered' } as const;
type Renamed = typeof NAMED_ELSE;

/** Types on the bus of which somebody may want to hear. */
export const DELIVERED_TYPES = WEBHOOK_TYPES.map((type) =>
  type === 'dispute.answered' ? 'dispute.decided' : type,
) as readonly (Exclude<WebhookType, Renamed[keyof Renamed]> | keyof Renamed)[];

const envelopeSchema = z.object({
  type: z.enum(DELIVERED_TYPES as readonly [(typeof DELIVERED_TYPES)[number], ...(typeof DELIVERED_TYPES)[number][]]),
  eventId: z.string(),
  programId: z.string(),
  occurredAt: z.iso.datetime({ offset: true }),
});

/** An event of the bus as receivers may know it. */
export type WebhookEvent = {
  readonly eventId: string;
  readonly programId: string;
  readonly occurredAt: string;
  readonly type: WebhookType;
  readonly data: Readonly<Record<string, unknown>>;
};

/** Reads an event of the bus; what its type's schema does not name is left out. @throws ZodError */
export function webhookEventOf(detail: unknown): WebhookEvent {
  const { type: inside, ...envelope } = envelopeSchema.parse(detail);
  const type: WebhookType = inside === 'dispute.decided' ? NAMED_ELSE[inside] : inside;
  return { ...envelope, type, data: WEBHOOK_DATA[type].parse(detail) };
}
