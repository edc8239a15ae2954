import { digest } from '#shared/adapters/digest';
import { type AttemptDeps, makeAttemptWebhook } from '#shared/application/notifications/webhooks/attempt-webhook';
import { makeBeginDelivery, makeDeliverWebhooks } from '#shared/application/notifications/webhooks/deliver-webhooks';
import {
  makeGetWebhookDelivery,
  makeListWebhookDeliveries,
  makeRedeliverWebhook,
  makeTestWebhookEndpoint,
} from '#shared/application/notifications/webhooks/webhook-deliveries';
import type {
  AttemptOf,
  SendOutcome,
  SentMessage,
  WebhookEndpoint,
} from '#shared/application/notifications/webhooks/webhook-ports';
import type { WebhookEvent } from '#shared/contracts/notifications/webhooks/webhook-event';
import { silentLog } from '#test/support/builders/payouts';
import { anEndpoint, WEBHOOK_START_MS } from '#test/support/builders/webhooks';
import { makeMemoryWebhookDeliveries, makeMemoryWebhookEndpoints } from '#test/support/fakes/webhooks';

export const AN_EVENT: WebhookEvent = {
  eventId: 'payout.paid~acme~po1',
  programId: 'acme',
  occurredAt: '2026-11-22T09:59:00.000Z',
  type: 'payout.paid',
  data: { programId: 'acme', payoutId: 'po1' },
};

/** Webhooks with a receiver that answers as told, a clock that stands, and secrets in the clear. */
export async function aWebhookHouse(...endpoints: readonly Partial<WebhookEndpoint>[]) {
  const time = { now: WEBHOOK_START_MS };
  const stores = { endpoints: makeMemoryWebhookEndpoints(), deliveries: makeMemoryWebhookDeliveries() };
  for (const endpoint of endpoints.length > 0 ? endpoints : [{}]) await stores.endpoints.create(anEndpoint(endpoint));
  const sent: SentMessage[] = [];
  const receiver: { answers: (message: SentMessage) => SendOutcome | Promise<SendOutcome> } = {
    answers: () => ({ statusCode: 200 }),
  };
  const continued: (AttemptOf & { readonly waitSeconds: number })[] = [];
  const deps: AttemptDeps = {
    ...stores,
    secrets: {
      open: async (_of, { box }) => (box === 'lost' ? undefined : `whsec_${box}`),
      reseal: async () => undefined,
    },
    send: async (message) => {
      sent.push(message);
      return receiver.answers(message);
    },
    clock: () => time.now,
    random: () => 0,
    log: silentLog,
  };
  const attempt = makeAttemptWebhook(deps);
  const clock = deps.clock;
  const beginning = {
    attempt,
    clock,
    goOn: async (of: (typeof continued)[number]) => {
      // Once by its name, as Step Functions does.
      if (!continued.some((one) => one.deliveryId === of.deliveryId && one.round === of.round)) continued.push(of);
    },
  };
  return {
    time,
    ...stores,
    sent,
    receiver,
    continued,
    deps,
    attempt,
    deliver: makeDeliverWebhooks({ ...beginning, ...stores, digest }),
    redeliver: makeRedeliverWebhook({ ...stores, begin: makeBeginDelivery(beginning) }),
    test: makeTestWebhookEndpoint({ ...stores, attempt, digest, clock }),
    list: makeListWebhookDeliveries(stores),
    get: makeGetWebhookDelivery(stores),
    /** What an endpoint was told, newest first. */
    log: async (endpointId = 'e1') =>
      (await stores.deliveries.list({ programId: 'acme', endpointId }, { limit: 50 })).items,
    endpoint: async (endpointId = 'e1') => (await stores.endpoints.find({ programId: 'acme', endpointId }))!,
    /** Goes on with what was handed to the workflow, as the workflow does, to its end. */
    async runOn(step: () => void = () => undefined) {
      for (let next = continued.shift(); next; ) {
        time.now += next.waitSeconds * 1_000;
        step();
        const result = await attempt(next);
        next = result.done ? continued.shift() : result;
      }
    },
  };
}
