import * as z from 'zod';
import { effectRecordedSchema } from '#shared/contracts/effect-recorded';

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
export const payoutRailEventSchema = z.object({
  ...envelope,
  type: z.literal('payout.rail_event'),
  payoutId: z.string(),
  outcome: z.enum(['settled', 'failed', 'returned']),
  reason: z.string().optional(),
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

export const domainEventSchema = z.discriminatedUnion('type', [
  effectRecordedSchema,
  runOpenedSchema,
  runDecidedSchema,
  payoutRailEventSchema,
  tierChangedSchema,
  agreementAcceptedSchema,
  agreementTerminatedSchema,
]);
export type DomainEvent = z.output<typeof domainEventSchema>;
