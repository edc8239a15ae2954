import type { Page } from '#shared/application/ports';
import type { SentType, WebhookType } from '#shared/contracts/notifications/webhooks/webhook-event';
import type { Instant } from '#shared/domain/time/instant';

/** A signing secret as it is kept: nobody reads it without the installation's root key of that id. */
export type SealedSecret = {
  readonly keyId: string;
  readonly salt: string;
  readonly box: string;
  readonly createdAt: Instant;
  /** Of one that was rotated: until then it signs too. */
  readonly expiresAt?: Instant | undefined;
};

/** `paused`: by itself, after a week of failures. `removed` is for ever. */
export type EndpointStatus = 'enabled' | 'paused' | 'disabled' | 'removed';

export type WebhookEndpoint = {
  readonly programId: string;
  readonly endpointId: string;
  /** In the form that is called. */
  readonly url: string;
  /** Absent: all, also those that are to come. */
  readonly events?: readonly WebhookType[] | undefined;
  readonly description?: string | undefined;
  readonly status: EndpointStatus;
  /** Why it is not enabled, where no person said so: the receiver answered that it is gone. */
  readonly statusReason?: 'gone' | undefined;
  /** Newest first. */
  readonly secrets: readonly SealedSecret[];
  /** Changes with each change by a person, and no other. */
  readonly version: number;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
  readonly changedBy: string;
  readonly onBehalfOf?: string | undefined;
  /** First failure since the last success, and how many attempts failed since. Absent: all is well. */
  readonly failingSince?: Instant | undefined;
  readonly failures?: number | undefined;
  /** Until then nothing new is sent by itself: the receiver is overloaded. */
  readonly backOffUntil?: Instant | undefined;
};

export type Health = Pick<WebhookEndpoint, 'failingSince' | 'failures' | 'status'>;

type EndpointOf = { readonly programId: string; readonly endpointId: string };

export type WebhookEndpoints = {
  create(endpoint: WebhookEndpoint): Promise<'created' | 'exists'>;
  find(of: EndpointOf): Promise<WebhookEndpoint | undefined>;
  /** Those of a programme, oldest first, also removed ones while they are kept. */
  list(programId: string): Promise<readonly WebhookEndpoint[]>;
  /**
   * Writes what people decide about an endpoint, its status and its secrets; its health stays, unless it is to be forgotten.
   * False when another change came first.
   */
  change(endpoint: WebhookEndpoint, seenVersion: number, forgetsFailures?: boolean): Promise<boolean>;
  /** One more failed attempt; answers what is known then. */
  noteFailure(of: EndpointOf, at: Instant, backOffUntil: Instant | undefined): Promise<Health>;
  noteSuccess(of: EndpointOf): Promise<void>;
  /** From enabled to paused, if it has failed since then; tells the stream once. */
  pause(
    of: EndpointOf,
    pause: { readonly at: Instant; readonly failingSince: Instant; readonly host: string },
  ): Promise<boolean>;
  /** From enabled to disabled, as the receiver is gone; tells the stream once. */
  disableGone(of: EndpointOf, gone: { readonly at: Instant; readonly host: string }): Promise<boolean>;
};

/** One attempt, as the log shows it. */
export type WebhookAttempt = {
  readonly at: Instant;
  readonly durationMs: number;
  readonly statusCode?: number | undefined;
  /** Why there is no status, or the address was not asked. */
  readonly error?: string | undefined;
  /** The beginning of an answer that was no success. */
  readonly responseStart?: string | undefined;
};

/** `failed`: the last attempt failed, or the receiver is gone. `skipped`: the endpoint was not enabled. Both can be sent again. */
export type DeliveryState = 'pending' | 'delivered' | 'failed' | 'skipped';

export type WebhookDelivery = {
  readonly programId: string;
  readonly endpointId: string;
  /** By the time of its event. */
  readonly deliveryId: string;
  /** The same at every endpoint and in every attempt: receivers know by it what they have. */
  readonly webhookId: string;
  readonly type: SentType;
  readonly occurredAt: Instant;
  readonly createdAt: Instant;
  /** To the byte as it is signed and sent. */
  readonly body: string;
  readonly state: DeliveryState;
  /** How often somebody had it sent again. */
  readonly round: number;
  readonly roundAttempts: number;
  readonly attempts: readonly WebhookAttempt[];
  readonly nextAttemptAt?: Instant | undefined;
};

export type DeliveryOf = EndpointOf & { readonly deliveryId: string };
/** Which attempt of which round. */
export type AttemptOf = DeliveryOf & { readonly round: number; readonly roundAttempts: number };

export type WebhookDeliveries = {
  /** False when it is there already. */
  open(delivery: WebhookDelivery): Promise<boolean>;
  find(of: DeliveryOf): Promise<WebhookDelivery | undefined>;
  /** Takes the next attempt until `until`: true for one caller alone. */
  claim(of: AttemptOf, now: Instant, until: Instant): Promise<boolean>;
  /** Writes down a claimed attempt and what follows from it; false when it was written before. */
  record(
    of: AttemptOf,
    made: {
      readonly attempt: WebhookAttempt;
      readonly state: DeliveryState;
      readonly nextAttemptAt?: Instant | undefined;
    },
  ): Promise<boolean>;
  /** A delivery that waits is not sent: its endpoint is not enabled. */
  skip(of: AttemptOf): Promise<void>;
  /** A new round; `undefined` when another was begun first. */
  restart(of: DeliveryOf, round: number): Promise<WebhookDelivery | undefined>;
  /** By the time of their events, newest first; a page may hold fewer than `limit`. */
  list(
    of: EndpointOf,
    page: { readonly cursor?: string | undefined; readonly limit: number; readonly state?: DeliveryState | undefined },
  ): Promise<Page<WebhookDelivery>>;
};

/** Seals signing secrets and opens them again. */
export type WebhookSecrets = {
  /** A new secret, sealed and in the clear. @throws Failure temporarily_unavailable */
  make(of: EndpointOf, createdAt: Instant): Promise<{ readonly secret: string; readonly sealed: SealedSecret }>;
  /** `undefined` when the root key is gone. @throws Failure temporarily_unavailable */
  open(of: EndpointOf, sealed: SealedSecret): Promise<string | undefined>;
  /** The same secret under the newest root key; `undefined` when it lies under that one. */
  reseal(of: EndpointOf, sealed: SealedSecret, secret: string): Promise<SealedSecret | undefined>;
};

export type SentMessage = {
  readonly url: string;
  readonly webhookId: string;
  readonly body: string;
  readonly secrets: readonly string[];
};
export type SendOutcome = {
  readonly statusCode?: number | undefined;
  readonly error?: string | undefined;
  readonly isTimeOut?: boolean | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly responseStart?: string | undefined;
};
/** Signs and posts a message once. Never rejects: what happened is in the outcome. */
export type SendWebhook = (message: SentMessage) => Promise<SendOutcome>;

/** The form of an address that may be called, or why it may not. */
export type JudgeTarget = (url: string) => { readonly url: string } | { readonly refusal: string };

/** Goes on with a delivery after `waitSeconds`, once by its name. */
export type ContinueDelivery = (of: AttemptOf & { readonly waitSeconds: number }) => Promise<void>;
