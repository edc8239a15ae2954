import type { AttemptResult } from '#shared/application/notifications/webhooks/attempt-webhook';
import { deliveryOf } from '#shared/application/notifications/webhooks/webhook-message';
import type {
  AttemptOf,
  ContinueDelivery,
  WebhookDeliveries,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEndpoints,
} from '#shared/application/notifications/webhooks/webhook-ports';
import type { Clock, Digest } from '#shared/application/ports';
import type { WebhookEvent } from '#shared/contracts/notifications/webhooks/webhook-event';
import { toEpochMs } from '#shared/domain/time/instant';

const MS_PER_SECOND = 1_000;

export type DeliverDeps = {
  readonly endpoints: Pick<WebhookEndpoints, 'list'>;
  readonly deliveries: Pick<WebhookDeliveries, 'open' | 'find'>;
  readonly attempt: (of: AttemptOf) => Promise<AttemptResult>;
  readonly goOn: ContinueDelivery;
  readonly digest: Digest;
  readonly clock: Clock;
};

/**
 * Tells every endpoint of a programme that wants to hear of an event: the first attempt at once, the others by a workflow. One
 * delivery an event and endpoint, however often the event comes; what is paused keeps it, to be sent again later.
 * @throws Error when an endpoint's delivery was neither made nor handed on: deliver the event again
 */
export function makeDeliverWebhooks(deps: DeliverDeps): (event: WebhookEvent) => Promise<{ readonly wanted: number }> {
  const { endpoints, deliveries, digest, clock } = deps;
  const begin = makeBeginDelivery(deps);
  return async (event) => {
    const wanting = (await endpoints.list(event.programId)).filter((endpoint) => wants(endpoint, event));
    const settled = await Promise.allSettled(
      wanting.map(async (endpoint) => {
        const made = deliveryOf(event, endpoint, { digest, nowMs: clock() });
        const isNew = await deliveries.open(made);
        const delivery = isNew ? made : await deliveries.find(made);
        if (delivery) await begin(delivery, endpoint);
      }),
    );
    const failed = settled.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    return { wanted: wanting.length };
  };
}

/** What is disabled wants nothing, and what is paused has it kept. */
function wants({ status, events }: WebhookEndpoint, { type }: WebhookEvent): boolean {
  return (status === 'enabled' || status === 'paused') && (events === undefined || events.includes(type));
}

/**
 * Makes the first attempt of a round and hands on what follows. To a receiver that is overloaded nothing goes at once: the
 * workflow begins when it had time to recover. @throws Error when neither was done
 */
export function makeBeginDelivery(
  deps: Pick<DeliverDeps, 'attempt' | 'goOn' | 'clock'>,
): (delivery: WebhookDelivery, endpoint: Pick<WebhookEndpoint, 'backOffUntil'>) => Promise<void> {
  return async (delivery, { backOffUntil }) => {
    if (delivery.state !== 'pending') return;
    const { programId, endpointId, deliveryId, round, roundAttempts } = delivery;
    const of = { programId, endpointId, deliveryId, round, roundAttempts };
    const leftMs = backOffUntil === undefined ? 0 : toEpochMs(backOffUntil) - deps.clock();
    if (roundAttempts === 0 && leftMs > 0) {
      await deps.goOn({ ...of, waitSeconds: Math.ceil(leftMs / MS_PER_SECOND) });
      return;
    }
    // Of an attempt that was made by an earlier delivery of this event it says what follows, and makes none.
    const result = await deps.attempt({ ...of, roundAttempts: 0 });
    if (!result.done) {
      const { done: _, ...next } = result;
      await deps.goOn(next);
    }
  };
}
