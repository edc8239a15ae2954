import type { RequestContext } from '#functions/runtime/http';
import { actorOf, requirePrincipal } from '#functions/runtime/principal';
import type { StripeEventRecord, StripeSource } from '#shared/application/referrals/stripe/ports';

/** An event as the API shows it: what became of it, and nothing of what Stripe said of persons, which is not kept. */
export function stripeEventAnswer(record: StripeEventRecord): Record<string, unknown> {
  const { eventId, type, objectId, createdAt, receivedAt, status, reason, detail, plan, dueAt } = record;
  const did = plan === undefined || plan.kind === 'nothing' ? {} : plan;
  const { orderId, amountMinor } = did as { orderId?: string; amountMinor?: bigint };
  const refundId = plan?.kind === 'record_refund' ? plan.refundId : undefined;
  return {
    eventId,
    type,
    objectId,
    createdAt,
    receivedAt,
    status,
    reason,
    detail,
    orderId,
    refundId,
    amountMinor,
    dueAt,
  };
}

export function stripeSourceAnswer(source: StripeSource): Record<string, unknown> {
  const { programId, enabled, mode, secretEnd, previousValidUntil, promotionCodes, changedAt, changedBy } = source;
  return {
    enabled,
    mode,
    signingSecret: `whsec_…${secretEnd}`,
    previousValidUntil,
    promotionCodes,
    webhookPath: `/webhooks/stripe/${programId}`,
    changedAt,
    changedBy,
  };
}

/** Who changes a source. */
export function actor({ principal }: Pick<RequestContext, 'principal'>): ReturnType<typeof actorOf> {
  requirePrincipal(principal);
  return actorOf(principal);
}
