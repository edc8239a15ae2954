import type Stripe from 'stripe';
import * as z from 'zod';
import { toStripeMinor } from '#shared/adapters/stripe/stripe-currency';
import type { PayeeToPay, Rail, RailAnswer, RailFinding } from '#shared/application/payouts/paying/rail';
import type { RailRequest, RailRequests } from '#shared/application/payouts/paying/rail-requests';
import type { Clock, Log } from '#shared/application/ports';
import type { Payout } from '#shared/domain/ledger/payout';
import { toInstant } from '#shared/domain/time/instant';
import { answerOf, hasGoneQuiet, OTHER_ACCOUNT, REPLACED_PAYEE, railKeyOf } from './rail-request.ts';
import { stripeTrouble } from './stripe-refusals.ts';
import { reversedTransfers } from './stripe-reversals.ts';

/** Per account and second, in both modes: the default of an endpoint, stricter than the account's 100. Source: docs.stripe.com/rate-limits. */
export const STRIPE_MAX_PER_SECOND = 25;

/** A programme's account at Stripe. */
export type StripeAccount = {
  /** `acct_…/live`: which account, and whether it is play money. */
  readonly account: string;
  readonly client: Pick<Stripe, 'transfers' | 'events'>;
};

type Deps = {
  /** `undefined`: the programme has not set it up. */
  readonly accountOf: (programId: string) => Promise<StripeAccount | undefined>;
  readonly requests: RailRequests;
  readonly clock: Clock;
  readonly log: Log;
};

const transferSchema = z.object({
  id: z.string().regex(/^tr_\w{1,250}$/),
  amount: z.int(),
  amount_reversed: z.int().default(0),
  reversed: z.boolean().default(false),
  currency: z.string(),
});
type Transfer = z.output<typeof transferSchema>;

/**
 * Transfers to connected accounts (docs.stripe.com/connect/separate-charges-and-transfers): accepted is settled, the money is then
 * in the partner's Stripe account. Stripe forgets idempotency keys after a day, so before anything is sent the transfers of its group
 * are listed; the group is the payout, for ever. Also before what seems to be the first time: a Money table that was restored to an
 * earlier moment has forgotten what was sent since.
 */
export function makeStripeConnectRail(deps: Deps): Rail {
  return {
    maxPerSecond: STRIPE_MAX_PER_SECOND,
    submit: (payout, payee) => submit(deps, payout, payee),
    find: async (payout) => {
      const request = await deps.requests.find(payout.programId, payout.payoutId);
      if (!request) return { state: 'never_seen' };
      const account = await deps.accountOf(payout.programId);
      return findTransfer(deps, payout, request, account);
    },
    reversedSince: async (programId, since) => {
      const account = await deps.accountOf(programId);
      return account && reversedTransfers(account.client, programId, since);
    },
  };
}

async function submit(deps: Deps, payout: Payout, payee: PayeeToPay): Promise<RailAnswer> {
  const { programId, payoutId } = payout;
  const found = await deps.accountOf(programId);
  if (!found) return { outcome: 'unknown', reason: 'The programme has no Stripe account set up any more.' };
  const amount = toStripeMinor(payout.amountMinor, payout.currency);
  if (amount === undefined) {
    return { outcome: 'rejected', reason: `Stripe cannot transfer this amount of ${payout.currency} exactly.` };
  }
  const { account } = found;
  const at = toInstant(deps.clock());
  const { request, isNew } = await deps.requests.open({
    programId,
    payoutId,
    rail: 'stripe',
    account,
    payeeId: payee.payeeId,
    at,
  });
  const finding = await findTransfer(deps, payout, request, found);
  if (finding.state !== 'never_seen') return answerOf(finding);
  if (!isNew) {
    if (request.payeeId !== payee.payeeId) {
      return hasGoneQuiet(request, deps.clock()) ? REPLACED_PAYEE : { outcome: 'unknown', reason: 'sent a moment ago' };
    }
    await deps.requests.note(request, { inDoubt: true, sentAt: at });
  }
  if (payee.rail !== 'stripe') return REPLACED_PAYEE;
  return send(deps, found, payout, { amount: Number(amount), destination: payee.stripeAccountId });
}

async function send(
  deps: Deps,
  { client }: StripeAccount,
  payout: Payout,
  { amount, destination }: { readonly amount: number; readonly destination: string },
): Promise<RailAnswer> {
  const { programId, payoutId } = payout;
  const key = railKeyOf(payout);
  const currency = payout.currency.toLowerCase();
  try {
    const made: unknown = await client.transfers.create(
      { amount, currency, destination, transfer_group: key, metadata: { payoutId, programId } },
      { idempotencyKey: key },
    );
    const transfer = transferSchema.safeParse(made);
    if (!transfer.success || !isFor(transfer.data, payout)) {
      deps.log.error('Stripe answered another transfer than was asked for', { programId, payoutId });
      return { outcome: 'unknown', reason: 'Stripe answered what cannot be read. Look at the transfer in Stripe.' };
    }
    await deps.requests.note(payout, { inDoubt: false, reference: transfer.data.id });
    return { outcome: 'accepted', reference: transfer.data.id, settled: true };
  } catch (error) {
    const { loud, ...answer } = stripeTrouble(error);
    if (loud)
      deps.log.error('Stripe needs a person', {
        programId,
        payoutId,
        reason: 'reason' in answer ? answer.reason : undefined,
      });
    return answer;
  }
}

/** What the account has under the payout's group. Moves nothing. */
async function findTransfer(
  deps: Deps,
  payout: Payout,
  request: RailRequest,
  found: StripeAccount | undefined,
): Promise<RailFinding> {
  const { programId, payoutId } = payout;
  if (found?.account !== request.account) return { state: 'unknown', reason: OTHER_ACCOUNT };
  let listed: unknown;
  try {
    // Two would be one too many: more need not be read.
    listed = await found.client.transfers.list({ transfer_group: railKeyOf(payout), limit: 2 });
  } catch (error) {
    const { loud, ...answer } = stripeTrouble(error);
    const reason = 'reason' in answer ? answer.reason : undefined;
    if (loud) deps.log.error('Stripe needs a person', { programId, payoutId, reason });
    return { state: 'unknown', reason };
  }
  const list = z.object({ data: z.array(transferSchema) }).safeParse(listed);
  if (!list.success) return { state: 'unknown', reason: 'Stripe answered what cannot be read.' };
  const [transfer, second] = list.data.data;
  if (!transfer) return { state: 'never_seen' };
  if (second || !isFor(transfer, payout)) {
    deps.log.error('Stripe has other transfers for a payout than were asked for', { programId, payoutId });
    return { state: 'unknown', reason: 'Stripe has other transfers for this payout than one of its amount.' };
  }
  return findingOf(deps, payout, transfer);
}

function findingOf(deps: Deps, { programId, payoutId }: Payout, transfer: Transfer): RailFinding {
  const { id: reference, amount_reversed: reversedMinor } = transfer;
  if (transfer.reversed) return { state: 'returned', reference, reason: 'The transfer was reversed in Stripe.' };
  if (reversedMinor > 0) {
    deps.log.warn('a part of a transfer was reversed in Stripe: correct it by an adjustment', { programId, payoutId });
  }
  return { state: 'settled', reference };
}

function isFor(transfer: Transfer, { amountMinor, currency }: Payout): boolean {
  return (
    transfer.currency.toUpperCase() === currency && BigInt(transfer.amount) === toStripeMinor(amountMinor, currency)
  );
}
