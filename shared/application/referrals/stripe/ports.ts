import type { Page } from '#shared/application/ports';
import type { Currency } from '#shared/domain/money/money';
import type { CreditShare } from '#shared/domain/money/split-credit';
import type { Instant } from '#shared/domain/time/instant';

export type StripeMode = 'live' | 'test';

/** What points from something in Stripe to a partner. */
export type StripeTouch = {
  readonly clickToken?: string | undefined;
  readonly code?: string | undefined;
};

/**
 * What an event says, as far as this service must know: ids of Stripe, amounts, times. No name, address or e-mail.
 * `paidMinor` and `takenMinor` are in the units that Stripe counts in and only ever compared with one another;
 * `baseMinor` is in minor units of ISO 4217.
 */
export type StripeFact =
  | {
      readonly kind: 'sale';
      readonly orderId: string;
      readonly customerId: string;
      /** Payment intents and charges that paid it: refunds and disputes name these. */
      readonly references: readonly string[];
      readonly paidMinor: bigint;
      readonly baseMinor: bigint;
      readonly currency: Currency;
      readonly occurredAt: Instant;
      readonly touch: StripeTouch;
      readonly subscriptionId?: string | undefined;
      /** For the signals of fraud: the hash by which persons are known outside the Partners table. */
      readonly customerEmailHash?: string | undefined;
      /** A checkout that has not been heard of yet may bring the touch. */
      readonly mayWait: boolean;
    }
  /** A checkout whose money another event brings. */
  | {
      readonly kind: 'touch';
      /** The subscription or invoice that it speaks for. */
      readonly references: readonly string[];
      readonly customerId?: string | undefined;
      readonly touch: StripeTouch;
      readonly occurredAt: Instant;
    }
  /** Which payments paid an invoice. */
  | { readonly kind: 'payment'; readonly orderId: string; readonly references: readonly string[] }
  /** Money that went back: all of it so far for a charge, or a lost dispute. */
  | {
      readonly kind: 'taking';
      readonly takenAs: 'refund' | 'chargeback';
      readonly sourceId: string;
      readonly orderId?: string | undefined;
      readonly references: readonly string[];
      readonly takenMinor: bigint;
      readonly currency: Currency;
      readonly occurredAt: Instant;
    }
  /** Money of a dispute that came back: where its loss was taken before, a person gives it to the partner. */
  | { readonly kind: 'reinstated'; readonly sourceId: string; readonly references: readonly string[] }
  /** Nothing to act on, and why; or something that a person must look at. */
  | { readonly kind: 'nothing'; readonly status: 'ignored' | 'failed'; readonly reason: string };

export type StripeEventStatus = 'recorded' | 'waiting' | 'done' | 'ignored' | 'failed';

/** What is done about an event: decided once, together with what it changes, then carried out until it is done. */
export type StripePlan =
  | {
      readonly kind: 'record_conversion';
      readonly orderId: string;
      readonly customerId: string;
      readonly occurredAt: Instant;
      readonly amountMinor: bigint;
      readonly currency: Currency;
      readonly clickToken?: string | undefined;
      readonly code?: string | undefined;
      readonly partnerId?: string | undefined;
      readonly credits?: readonly CreditShare[] | undefined;
      /** Whose first sale of the subscription was found to be fraud. */
      readonly withoutPartnerIds?: readonly string[] | undefined;
      readonly customerEmailHash?: string | undefined;
    }
  | {
      readonly kind: 'record_refund';
      readonly refundId: string;
      readonly orderId: string;
      readonly occurredAt: Instant;
      readonly amountMinor: bigint;
      readonly refundKind: 'refund' | 'chargeback';
    }
  | { readonly kind: 'nothing'; readonly reason: string };

export type StripeEventRecord = {
  readonly programId: string;
  readonly eventId: string;
  readonly type: string;
  readonly createdAt: Instant;
  readonly receivedAt: Instant;
  /** The object that it is about, such as `in_...`. */
  readonly objectId?: string | undefined;
  readonly fact: StripeFact;
  readonly status: StripeEventStatus;
  /** Why it is not done, or what was done. */
  readonly reason?: string | undefined;
  /** What to do about it. */
  readonly detail?: string | undefined;
  readonly plan?: StripePlan | undefined;
  /** When the sweep looks at it again, while it is recorded or waiting. */
  readonly dueAt?: Instant | undefined;
};

/** A sale that Stripe was paid for, and what went back of it. */
export type StripeOrder = {
  readonly orderId: string;
  readonly currency: Currency;
  readonly paidMinor: bigint;
  readonly baseMinor: bigint;
  /** By charge all that was refunded of it, by dispute what was lost; in the units of `paidMinor`. */
  readonly taken: Readonly<Record<string, bigint>>;
  /** Taken back of the base so far. */
  readonly reversedMinor: bigint;
  readonly revision: number;
};

/** What changes together with a plan. */
export type StripeChange = {
  readonly order?: StripeOrder | undefined;
  /** Payments that lead to `order` from now on. */
  readonly references?: readonly string[] | undefined;
  /** A subscription whose first paid sale this is. */
  readonly subscriptionId?: string | undefined;
};

export type RememberedTouch = StripeTouch & { readonly at: Instant };

export type StripeEventStore = {
  /** Records an event before anything is done about it. One that could not be read, or was of the other mode, is recorded anew. */
  add(record: StripeEventRecord): Promise<'recorded' | 'exists'>;
  find(programId: string, eventId: string): Promise<StripeEventRecord | undefined>;
  /** Newest first; of those `recorded` and `waiting` by when they are due. @throws Failure invalid_request for a strange cursor */
  list(
    programId: string,
    status: StripeEventStatus,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Page<StripeEventRecord>>;
  /** Those recorded or waiting that are due by now, the longest due first. */
  due(programId: string, now: Instant, limit: number): Promise<readonly StripeEventRecord[]>;
  /** Keeps the plan with what it changes in one transaction. `contended`: read again and decide again. */
  plan(record: StripeEventRecord, plan: StripePlan, change: StripeChange): Promise<'planned' | 'contended'>;
  /** Ends an event, or opens it again; what is done stays done. */
  settle(
    record: StripeEventRecord,
    to: {
      readonly status: StripeEventStatus;
      readonly reason?: string | undefined;
      readonly detail?: string | undefined;
      readonly dueAt?: Instant | undefined;
    },
  ): Promise<void>;
  /** Marks that an event waits for any of these references. */
  wait(
    record: StripeEventRecord,
    on: { readonly references: readonly string[]; readonly reason: string; readonly dueAt: Instant },
  ): Promise<void>;
  /** Ids of events that wait for a reference, consistently. */
  waitingFor(programId: string, reference: string): Promise<readonly string[]>;
  order(programId: string, orderId: string): Promise<StripeOrder | undefined>;
  orderOf(programId: string, reference: string): Promise<string | undefined>;
  /** Says which payments paid an order. */
  link(programId: string, orderId: string, references: readonly string[]): Promise<void>;
  firstOrderOf(programId: string, subscriptionId: string): Promise<string | undefined>;
  touchOf(programId: string, reference: string): Promise<RememberedTouch | undefined>;
  /** What was said of a subscription or invoice; the latest stays, and none without a click or code replaces one with. */
  rememberTouch(programId: string, reference: string, touch: RememberedTouch): Promise<void>;
};

/** A secret that Stripe signs with, and the mode whose events it stands for. */
export type StripeSecret = {
  readonly secret: string;
  readonly mode: StripeMode;
  /** Absent: until it is replaced. */
  readonly validUntil?: Instant | undefined;
};

export type StripeSecretStore = {
  /** Empty for a programme without any. @throws Failure temporarily_unavailable while they cannot be read */
  read(programId: string): Promise<readonly StripeSecret[]>;
  write(programId: string, secrets: readonly StripeSecret[]): Promise<void>;
};

/** How a programme takes events, without any secret. */
export type StripeSource = {
  readonly programId: string;
  readonly enabled: boolean;
  readonly mode: StripeMode;
  /** The last four characters of the signing secret. */
  readonly secretEnd: string;
  readonly previousValidUntil?: Instant | undefined;
  /** Our code for a promotion code of Stripe, by the latter's id. */
  readonly promotionCodes: Readonly<Record<string, string>>;
  readonly changedAt: Instant;
  readonly changedBy: string;
  readonly onBehalfOf?: string | undefined;
};

export type StripeSourceStore = {
  find(programId: string): Promise<StripeSource | undefined>;
  save(source: StripeSource): Promise<void>;
  /** Programmes that ever took events. */
  programs(): AsyncIterable<string>;
};

/** An event whose signature held. */
export type SignedStripeEvent = { readonly event: unknown; readonly mode: StripeMode };

/** `undefined`: signed by none of the secrets, or too long ago. */
export type VerifyStripeEvent = (
  payload: Uint8Array,
  signature: string,
  secrets: readonly StripeSecret[],
  nowMs: number,
) => SignedStripeEvent | undefined;

/** What is known of an event before anything is recorded. */
export type ReadStripeEvent = (
  event: unknown,
  promotionCodes: Readonly<Record<string, string>>,
) => Pick<StripeEventRecord, 'eventId' | 'type' | 'createdAt' | 'objectId' | 'fact'> & { readonly isLive: boolean };
