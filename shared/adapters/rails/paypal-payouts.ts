import type { PayeeToPay, Rail, RailAnswer, RailFinding } from '#shared/application/payouts/paying/rail';
import type { RailRequest, RailRequests } from '#shared/application/payouts/paying/rail-requests';
import type { Clock, Digest, Log } from '#shared/application/ports';
import type { Payout } from '#shared/domain/ledger/payout';
import { type Instant, toInstant } from '#shared/domain/time/instant';
import { paypalAmount } from './paypal-amount.ts';
import type { PayPalClient } from './paypal-client.ts';
import { findBatch, NEEDS_KEY } from './paypal-findings.ts';
import { batchSchema, type PayPalError, readPayPalError } from './paypal-shapes.ts';
import { answerOf, OTHER_ACCOUNT, REPLACED_PAYEE, railKeyOf } from './rail-request.ts';

/** PayPal publishes no rate, only that it refuses what looks abusive: one call a shard and second. */
export const PAYPAL_MAX_PER_SECOND = 11;

/** PayPal knows a batch id for 30 days; a day less, whatever the clocks say. */
const KEY_KNOWN_MS = 29 * 24 * 3_600_000;
/** `sender_item_id` takes 63 characters, a payout id may be longer. */
const ITEM_ID_DIGITS = 40;

const REFUSED: ReadonlySet<number> = new Set([400, 422]);
const CREATED: ReadonlySet<number> = new Set([200, 201, 202]);
const TOO_MANY_REQUESTS = 429;
const FORBIDDEN = 403;

/** A programme's account at PayPal, known by its app. */
export type PayPalAccount = { readonly account: string; readonly client: PayPalClient };

export type PayPalDeps = {
  /** `undefined`: the programme has not set it up. */
  readonly accountOf: (programId: string) => Promise<PayPalAccount | undefined>;
  readonly requests: RailRequests;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly log: Log;
};

/**
 * PayPal Payouts, a batch a payout: PayPal refuses a batch id it has seen, and only that; nothing holds back an item that is sent
 * in another batch. It forgets batch ids after 30 days, so what is in doubt by then is never sent again: a person looks. Accepted is not
 * settled: the item's status is asked for.
 */
export function makePayPalPayoutsRail(deps: PayPalDeps): Rail {
  return {
    maxPerSecond: PAYPAL_MAX_PER_SECOND,
    submit: (payout, payee) => submit(deps, payout, payee),
    find: async (payout) => {
      const request = await deps.requests.find(payout.programId, payout.payoutId);
      if (!request) return { state: 'never_seen' };
      return findSent(deps, payout, request, await deps.accountOf(payout.programId));
    },
  };
}

async function submit(deps: PayPalDeps, payout: Payout, payee: PayeeToPay): Promise<RailAnswer> {
  const { programId, payoutId } = payout;
  const found = await deps.accountOf(programId);
  if (!found) return { outcome: 'unknown', reason: 'The programme has no PayPal account set up any more.' };
  const value = paypalAmount(payout.amountMinor, payout.currency);
  if (value === undefined) {
    return { outcome: 'rejected', reason: `PayPal cannot pay this amount of ${payout.currency} exactly.` };
  }
  const { account } = found;
  const at = toInstant(deps.clock());
  const { request, isNew } = await deps.requests.open({
    programId,
    payoutId,
    rail: 'paypal',
    account,
    payeeId: payee.payeeId,
    at,
  });
  const wasInDoubt = !isNew && request.inDoubt;
  if (!isNew) {
    const finding = await findSent(deps, payout, request, found);
    // In doubt and without a reference, PayPal cannot be asked what it has: sending the same batch id again asks that.
    const canAskBySending = request.account === account && request.reference === undefined && wasInDoubt;
    if (finding.state !== 'never_seen' && !canAskBySending) return answerOf(finding);
    if (request.payeeId !== payee.payeeId) return wasInDoubt ? inDoubt(REPLACED_IN_DOUBT) : REPLACED_PAYEE;
    if (wasInDoubt && deps.clock() - Date.parse(request.firstSentAt) >= KEY_KNOWN_MS) return inDoubt(TOO_OLD);
    await deps.requests.note(request, { inDoubt: true, sentAt: at });
  }
  if (payee.rail !== 'paypal') return REPLACED_PAYEE;
  return send(deps, found, payout, { value, receiver: payee.paypalEmail, sentAt: at }, wasInDoubt);
}

const TOO_OLD = 'PayPal has forgotten the key by now: it is not sent again. Look in PayPal whether it was paid.';
const REPLACED_IN_DOUBT =
  'An earlier request had no answer and the payee was replaced. Look in PayPal whether it was paid.';
const REFUSED_IN_DOUBT =
  'PayPal refuses it now, but an earlier request had no answer. Look in PayPal whether it was paid.';

function inDoubt(reason: string): RailAnswer {
  return { outcome: 'unknown', reason };
}

async function send(
  deps: PayPalDeps,
  { client }: PayPalAccount,
  payout: Payout,
  item: { readonly value: string; readonly receiver: string; readonly sentAt: Instant },
  wasInDoubt: boolean,
): Promise<RailAnswer> {
  const answer = await client.post('/v1/payments/payouts', {
    sender_batch_header: { sender_batch_id: railKeyOf(payout) },
    items: [
      {
        recipient_type: 'EMAIL',
        amount: { value: item.value, currency: payout.currency },
        receiver: item.receiver,
        sender_item_id: deps.digest(railKeyOf(payout)).slice(0, ITEM_ID_DIGITS),
      },
    ],
  });
  /** False when another attempt has begun meanwhile: this one's answer says nothing of that. */
  const isCertain = (): Promise<boolean> => deps.requests.note(payout, { inDoubt: false }, item.sentAt);
  const nothingMoved = async (reason: string): Promise<RailAnswer> => {
    if (!wasInDoubt) await isCertain();
    return { outcome: 'unknown', reason };
  };
  const has = async (reference: string): Promise<RailAnswer> => {
    await deps.requests.note(payout, { inDoubt: false, reference });
    return { outcome: 'accepted', reference };
  };
  if (answer.kind === 'refused_key') {
    const { programId, payoutId } = payout;
    deps.log.error('PayPal needs a person', { programId, payoutId, reason: NEEDS_KEY });
    return nothingMoved(NEEDS_KEY);
  }
  if (answer.kind === 'lost') return answer.wasSent ? inDoubt(answer.reason) : nothingMoved(answer.reason);
  const { status, body } = answer;
  if (CREATED.has(status)) {
    const batch = batchSchema.safeParse(body);
    return batch.success
      ? has(batch.data.batch_header.payout_batch_id)
      : inDoubt('PayPal answered what cannot be read.');
  }
  if (status === TOO_MANY_REQUESTS) return nothingMoved('PayPal asks for patience (429).');
  const error = readPayPalError(body);
  if (error?.isDuplicate) {
    return error.duplicateOf === undefined
      ? inDoubt('PayPal has this key already and does not say as which batch. Look in PayPal.')
      : has(error.duplicateOf);
  }
  if (status === FORBIDDEN && error) return refusedApp(deps, payout, nothingMoved);
  if (!REFUSED.has(status) || !error) return inDoubt(`PayPal answered ${status}.`);
  if (wasInDoubt || !(await isCertain())) return inDoubt(REFUSED_IN_DOUBT);
  return { outcome: 'rejected', reason: refusalOf(error) };
}

function refusedApp(
  deps: PayPalDeps,
  { programId, payoutId }: Payout,
  nothingMoved: (reason: string) => Promise<RailAnswer>,
): Promise<RailAnswer> {
  const reason = 'PayPal does not allow the app to make payouts. Have Payouts enabled for the account.';
  deps.log.error('PayPal needs a person', { programId, payoutId, reason });
  return nothingMoved(reason);
}

async function findSent(
  deps: PayPalDeps,
  payout: Payout,
  request: RailRequest,
  found: PayPalAccount | undefined,
): Promise<RailFinding> {
  if (found?.account !== request.account) return { state: 'unknown', reason: OTHER_ACCOUNT };
  const reference = request.reference ?? payout.railReference;
  if (reference === undefined) {
    return request.inDoubt
      ? { state: 'unknown', reason: 'PayPal gave no answer, and has no way to ask for a batch by its key.' }
      : { state: 'never_seen' };
  }
  return findBatch(deps, found, payout, reference);
}

/** Source: developer.paypal.com/api/payments.payouts-batch/v1, errors. PayPal's own words may name the receiver: only codes are told. */
const REFUSALS: Readonly<Record<string, string>> = {
  INSUFFICIENT_FUNDS: 'The PayPal balance does not cover it. Add funds there; the next run pays it.',
  CURRENCY_NOT_SUPPORTED: 'The PayPal account does not pay out this currency.',
};

function refusalOf({ name, fields }: PayPalError): string {
  const code = /^[A-Z_]{1,60}$/.test(name) ? name : 'an error';
  const told = fields.length === 0 ? code : `${code} (${[...new Set(fields)].join(', ')})`;
  return REFUSALS[name] ?? `PayPal refused it: ${told}.`;
}
