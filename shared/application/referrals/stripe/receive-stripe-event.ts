import { Failure } from '#shared/application/failure';
import type { Clock } from '#shared/application/ports';
import type {
  ReadStripeEvent,
  SignedStripeEvent,
  StripeEventRecord,
  StripeEventStatus,
  StripeEventStore,
  StripeSecret,
  StripeSourceStore,
  VerifyStripeEvent,
} from '#shared/application/referrals/stripe/ports';
import type { ProcessStripeEvent } from '#shared/application/referrals/stripe/process-stripe-event';
import { toInstant } from '#shared/domain/time/instant';

/** The sweep leaves a new event to the delivery that brought it for as long as a function may take. */
const FIRST_DUE_MS = 120_000;

export type ReceiveStripeEventInput = {
  readonly programId: string;
  /** The body as it was sent, byte for byte. */
  readonly payload: Uint8Array;
  readonly signature: string;
};

/** `repeated`: the event was recorded before. */
export type ReceiveStripeEventOutput = {
  readonly eventId: string;
  readonly status: StripeEventStatus;
  readonly repeated: boolean;
};

/** A programme's secrets; `isNewerWanted` reads them again unless that was done a moment ago. */
export type StripeSecretsOf = (programId: string, isNewerWanted: boolean) => Promise<readonly StripeSecret[]>;

/**
 * Takes one event from Stripe.
 * 1. Its signature must be by one of the programme's secrets and recent.
 * 2. It is recorded before anything is done about it; what it says of persons is not.
 * 3. It is processed now; if that fails for the moment, Stripe is told to send it again, and the sweep looks too.
 * @throws Failure stripe_signature_invalid, without saying why: also for a programme that takes no events;
 * temporarily_unavailable, and faults of the store: Stripe sends it again
 */
export function makeReceiveStripeEvent(deps: {
  readonly secretsOf: StripeSecretsOf;
  readonly verify: VerifyStripeEvent;
  readonly read: ReadStripeEvent;
  readonly sources: Pick<StripeSourceStore, 'find'>;
  readonly events: Pick<StripeEventStore, 'add' | 'find'>;
  readonly process: ProcessStripeEvent;
  readonly clock: Clock;
}): (input: ReceiveStripeEventInput) => Promise<ReceiveStripeEventOutput> {
  return async (input) => {
    // First, so that a made-up programme never asks the store of secrets.
    const source = await deps.sources.find(input.programId);
    if (!source?.enabled) throw notSigned();
    const isOfItsMode = ({ event, mode }: SignedStripeEvent): boolean =>
      deps.read(event, source.promotionCodes).isLive === (mode === 'live');
    const signed = await verified(deps, input, isOfItsMode);
    const { isLive: _, ...said } = deps.read(signed.event, source.promotionCodes);
    const record = newRecord(input.programId, said, isOfItsMode(signed), deps.clock());
    const isNew = (await deps.events.add(record)) === 'recorded';
    const known = isNew ? record : ((await deps.events.find(input.programId, record.eventId)) ?? record);
    if (known.status !== 'recorded' && known.status !== 'waiting') {
      return { eventId: record.eventId, status: known.status, repeated: !isNew };
    }
    const { status } = await deps.process(input.programId, record.eventId);
    return { eventId: record.eventId, status, repeated: !isNew };
  };
}

async function verified(
  deps: { readonly secretsOf: StripeSecretsOf; readonly verify: VerifyStripeEvent; readonly clock: Clock },
  { programId, payload, signature }: ReceiveStripeEventInput,
  isOfItsMode: (signed: SignedStripeEvent) => boolean,
): Promise<SignedStripeEvent> {
  let last: SignedStripeEvent | undefined;
  for (const isNewerWanted of [false, true]) {
    const now = deps.clock();
    const valid = (await deps.secretsOf(programId, isNewerWanted)).filter(
      ({ validUntil }) => validUntil === undefined || toInstant(now) < validUntil,
    );
    const signed = deps.verify(payload, signature, valid, now);
    if (signed && isOfItsMode(signed)) return signed;
    // The mode may have been corrected since the secrets were read: Stripe sends an event that was taken only once.
    last = signed ?? last;
  }
  if (last) return last;
  throw notSigned();
}

function notSigned(): Failure {
  return new Failure('stripe_signature_invalid', 'Nothing was recorded. Only Stripe sends events here.');
}

/** What to do about an event that cannot be acted on. */
const DETAILS: Readonly<Record<string, string>> = {
  shape_not_known:
    'Its object is not as Stripe documents it. Compare the API version of the endpoint, and send it again from Stripe once it fits.',
  currency_not_supported: 'How Stripe counts this currency is not certain. Record the sale or refund through the API.',
  refund_came_back:
    'A refund did not reach the customer. Unless it was made again, record an adjustment for the partner of what it took.',
};

function newRecord(
  programId: string,
  said: Pick<StripeEventRecord, 'eventId' | 'type' | 'createdAt' | 'objectId' | 'fact'>,
  isOfThisMode: boolean,
  now: number,
): StripeEventRecord {
  const record = { ...said, programId, receivedAt: toInstant(now) };
  const { fact } = said;
  if (!isOfThisMode) return { ...record, status: 'ignored', reason: 'other_mode' };
  if (fact.kind === 'nothing') {
    return { ...record, status: fact.status, reason: fact.reason, detail: DETAILS[fact.reason] };
  }
  return { ...record, status: 'recorded', dueAt: toInstant(now + FIRST_DUE_MS) };
}
