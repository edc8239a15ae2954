import { Failure } from '#shared/application/failure';
import type { AttemptResult } from '#shared/application/notifications/webhooks/attempt-webhook';
import { requireEndpoint } from '#shared/application/notifications/webhooks/webhook-endpoints';
import { deliveryOf } from '#shared/application/notifications/webhooks/webhook-message';
import type {
  AttemptOf,
  DeliveryOf,
  DeliveryState,
  WebhookDeliveries,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEndpoints,
} from '#shared/application/notifications/webhooks/webhook-ports';
import type { Clock, Digest, Page } from '#shared/application/ports';
import { WEBHOOK_TEST } from '#shared/contracts/notifications/webhooks/webhook-event';
import { toInstant } from '#shared/domain/time/instant';

/** Each may add ten attempts to the delivery's record. */
export const MAX_ROUNDS = 20;

type Stores = {
  readonly endpoints: Pick<WebhookEndpoints, 'find'>;
  readonly deliveries: Pick<WebhookDeliveries, 'find' | 'list' | 'open' | 'restart'>;
};
type EndpointOf = { readonly programId: string; readonly endpointId: string };

/** The log of an endpoint, by the time of the events, newest first. @throws Failure not_found, invalid_request (cursor) */
export function makeListWebhookDeliveries({ endpoints, deliveries }: Stores) {
  return async (
    input: EndpointOf & {
      readonly cursor?: string | undefined;
      readonly limit: number;
      readonly state?: DeliveryState | undefined;
    },
  ): Promise<Page<WebhookDelivery>> => {
    await requireEndpoint(endpoints, input);
    const { cursor, limit, state } = input;
    return deliveries.list(input, { cursor, limit, state });
  };
}

/** @throws Failure not_found */
export function makeGetWebhookDelivery({ endpoints, deliveries }: Stores) {
  return async (of: DeliveryOf): Promise<WebhookDelivery> => {
    await requireEndpoint(endpoints, of);
    return requireDelivery(deliveries, of);
  };
}

/**
 * Sends a delivery again under its own id, whatever became of it: an attempt at once, then the schedule anew.
 * @throws Failure not_found, webhook_endpoint_not_enabled, too_many_requests after {@link MAX_ROUNDS}
 */
export function makeRedeliverWebhook(
  deps: Stores & {
    readonly begin: (delivery: WebhookDelivery, endpoint: Pick<WebhookEndpoint, 'backOffUntil'>) => Promise<void>;
  },
) {
  const { endpoints, deliveries, begin } = deps;
  return async (of: DeliveryOf): Promise<WebhookDelivery> => {
    const endpoint = await requireEndpoint(endpoints, of);
    const known = await requireDelivery(deliveries, of);
    if (endpoint.status !== 'enabled' && known.type !== WEBHOOK_TEST) {
      throw new Failure('webhook_endpoint_not_enabled', 'Enable the endpoint, then send its deliveries again.');
    }
    if (known.round >= MAX_ROUNDS) {
      throw new Failure('too_many_requests', `A delivery is sent again at most ${MAX_ROUNDS - 1} times.`);
    }
    const restarted = await deliveries.restart(of, known.round);
    // Whoever asked for it waits for an answer; an overloaded receiver is asked once more.
    if (restarted) await begin(restarted, {});
    return requireDelivery(deliveries, of);
  };
}

/**
 * Sends a `webhook.test` once, without retries, also to an endpoint that is not enabled; it says nothing of the endpoint's health.
 * @throws Failure not_found
 */
export function makeTestWebhookEndpoint(
  deps: Stores & {
    readonly attempt: (of: AttemptOf) => Promise<AttemptResult>;
    readonly digest: Digest;
    readonly clock: Clock;
  },
) {
  const { endpoints, deliveries, attempt, digest, clock } = deps;
  return async ({ testId, ...of }: EndpointOf & { readonly testId: string }): Promise<WebhookDelivery> => {
    const endpoint = await requireEndpoint(endpoints, of);
    const nowMs = clock();
    const { programId, endpointId } = of;
    const event = {
      type: WEBHOOK_TEST as typeof WEBHOOK_TEST,
      eventId: `test/${testId}`,
      programId,
      occurredAt: toInstant(nowMs),
      data: { programId, endpointId },
    };
    const delivery = deliveryOf(event, endpoint, { digest, nowMs });
    await deliveries.open(delivery);
    await attempt(delivery);
    return requireDelivery(deliveries, delivery);
  };
}

async function requireDelivery(deliveries: Pick<WebhookDeliveries, 'find'>, of: DeliveryOf): Promise<WebhookDelivery> {
  const delivery = await deliveries.find(of);
  if (!delivery) {
    throw new Failure('not_found', 'There is no such delivery: they are kept for 90 days.');
  }
  return delivery;
}
