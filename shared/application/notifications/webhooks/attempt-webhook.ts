import type {
  AttemptOf,
  SendOutcome,
  SendWebhook,
  WebhookDeliveries,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEndpoints,
  WebhookSecrets,
} from '#shared/application/notifications/webhooks/webhook-ports';
import type { Clock, Log } from '#shared/application/ports';
import { WEBHOOK_TEST } from '#shared/contracts/notifications/webhooks/webhook-event';
import { toEpochMs, toInstant } from '#shared/domain/time/instant';
import { isToPause } from '#shared/domain/webhook/pause';
import { backOffSeconds, nextDelaySeconds, verdictOf } from '#shared/domain/webhook/retries';
import { liveSecrets } from '#shared/domain/webhook/secrets';

/** Longer than an attempt takes, shorter than the platform waits before it repeats a call that broke off. */
const LEASE_MS = 45_000;
const MS_PER_SECOND = 1_000;

export type AttemptDeps = {
  readonly endpoints: Omit<WebhookEndpoints, 'create' | 'list'>;
  readonly deliveries: Pick<WebhookDeliveries, 'find' | 'claim' | 'record' | 'skip'>;
  readonly secrets: Pick<WebhookSecrets, 'open' | 'reseal'>;
  readonly send: SendWebhook;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly log: Log;
};

/** Whether a delivery has come to its end, or when its next attempt is due. */
export type AttemptResult =
  | { readonly done: true }
  | ({ readonly done: false; readonly waitSeconds: number } & AttemptOf);

/**
 * Makes one attempt of a delivery, unless it was made before, its round is over or its endpoint is not enabled; writes it down, and
 * the endpoint's health with it. A crash between sending and writing sends again: receivers know the repeat by its id.
 * @throws Error while another call makes this attempt, or the secret cannot be reached: repeat it a minute later
 */
export function makeAttemptWebhook(deps: AttemptDeps): (of: AttemptOf) => Promise<AttemptResult> {
  const { endpoints, deliveries, clock } = deps;
  return async (of) => {
    const delivery = await deliveries.find(of);
    if (delivery?.state !== 'pending' || delivery.round !== of.round) return { done: true };
    if (delivery.roundAttempts !== of.roundAttempts) return after(delivery, clock());
    const endpoint = await endpoints.find(of);
    if (!endpoint || !mayAsk(endpoint, delivery)) {
      await deliveries.skip(of);
      return { done: true };
    }
    const secrets = await openSecrets(deps, endpoint);
    const startMs = clock();
    if (!(await deliveries.claim(of, toInstant(startMs), toInstant(startMs + LEASE_MS)))) {
      throw new Error(`delivery ${of.deliveryId} is being sent by another call; repeat in a minute`);
    }
    const outcome = secrets.length > 0 ? await send(deps, endpoint, delivery, secrets) : LOST;
    const verdict = verdictOf(outcome);
    const nowMs = clock();
    const isTest = delivery.type === WEBHOOK_TEST;
    const delay =
      verdict === 'failed' && !isTest ? nextDelaySeconds(of.roundAttempts + 1, outcome, deps.random()) : undefined;
    const state = verdict === 'delivered' ? verdict : delay === undefined ? 'failed' : 'pending';
    const nextAttemptAt = delay === undefined ? undefined : toInstant(nowMs + delay * MS_PER_SECOND);
    const { isTimeOut: _, retryAfterSeconds: __, ...said } = outcome;
    const attempt = { at: toInstant(startMs), durationMs: Math.max(0, nowMs - startMs), ...said };
    await deliveries.record(of, { attempt, state, nextAttemptAt });
    if (!isTest) await noteHealth(deps, endpoint, outcome, nowMs);
    if (delay === undefined) return { done: true };
    return { ...keyOf(delivery), roundAttempts: of.roundAttempts + 1, done: false, waitSeconds: delay };
  };
}

/** No attempt was refused by the receiver: its administrator has to give it a new secret. */
const LOST: SendOutcome = {
  error: 'not sent: the signing secret lies under a key that was taken away. Rotate the secret, then send again',
};

/** A test reaches what is switched off, too: that is how one finds out whether it may be switched on. */
function mayAsk({ status }: WebhookEndpoint, { type }: WebhookDelivery): boolean {
  return status === 'enabled' || (type === WEBHOOK_TEST && status !== 'removed');
}

function keyOf({ programId, endpointId, deliveryId, round, roundAttempts }: WebhookDelivery): AttemptOf {
  return { programId, endpointId, deliveryId, round, roundAttempts };
}

/** Where a delivery stands that somebody else went on with. */
function after(delivery: WebhookDelivery, nowMs: number): AttemptResult {
  const dueMs = delivery.nextAttemptAt === undefined ? nowMs : toEpochMs(delivery.nextAttemptAt);
  const waitSeconds = Math.max(0, Math.ceil((dueMs - nowMs) / MS_PER_SECOND));
  return { ...keyOf(delivery), done: false, waitSeconds };
}

async function send(
  deps: AttemptDeps,
  { url }: WebhookEndpoint,
  { webhookId, body }: WebhookDelivery,
  secrets: readonly string[],
): Promise<SendOutcome> {
  return deps.send({ url, webhookId, body, secrets });
}

/** All that sign now. What lies under an older root key is sealed anew, so that a rotation of that key loses no endpoint. */
async function openSecrets(deps: AttemptDeps, endpoint: WebhookEndpoint): Promise<readonly string[]> {
  const live = liveSecrets(endpoint.secrets, deps.clock());
  const opened = await Promise.all(
    live.map(async (sealed) => {
      const secret = await deps.secrets.open(endpoint, sealed);
      return { sealed, secret, anew: secret && (await deps.secrets.reseal(endpoint, sealed, secret)) };
    }),
  );
  if (opened.some(({ secret }) => secret === undefined)) {
    deps.log.error('a webhook secret lies under a root key that is gone', { endpointId: endpoint.endpointId });
  }
  if (opened.some(({ anew }) => anew)) {
    const secrets = opened.map(({ sealed, anew }) => anew || sealed);
    // Another change that came first seals anew with its next delivery.
    await deps.endpoints.change({ ...endpoint, secrets, version: endpoint.version + 1 }, endpoint.version);
  }
  return opened.flatMap(({ secret }) => (secret === undefined ? [] : [secret]));
}

async function noteHealth(
  deps: AttemptDeps,
  endpoint: WebhookEndpoint,
  outcome: SendOutcome,
  nowMs: number,
): Promise<void> {
  const { endpoints, log } = deps;
  const { endpointId } = endpoint;
  const now = toInstant(nowMs);
  const verdict = verdictOf(outcome);
  if (verdict === 'delivered') {
    // Nothing is written about an endpoint that is well.
    if (endpoint.failingSince !== undefined) await endpoints.noteSuccess(endpoint);
    return;
  }
  if (verdict === 'gone') {
    if (await endpoints.disableGone(endpoint, { at: now, host: hostOf(endpoint.url) })) {
      log.warn('a webhook endpoint answered that it is gone, and is disabled', { endpointId });
    }
    return;
  }
  const backOff = backOffSeconds(outcome);
  const backOffUntil = backOff === undefined ? undefined : toInstant(nowMs + backOff * MS_PER_SECOND);
  const { status, failures = 0, failingSince } = await endpoints.noteFailure(endpoint, now, backOffUntil);
  if (status !== 'enabled' || failingSince === undefined) return;
  if (!isToPause({ failingSinceMs: toEpochMs(failingSince), failures }, nowMs)) return;
  if (await endpoints.pause(endpoint, { at: now, failingSince, host: hostOf(endpoint.url) })) {
    log.warn('a webhook endpoint failed for a week, and is paused', { endpointId, failingSince });
  }
}

export function hostOf(url: string): string {
  return new URL(url).host;
}
