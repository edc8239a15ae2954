import type { RailFinding } from '#shared/application/payouts/paying/rail';
import type { Log } from '#shared/application/ports';
import type { Payout } from '#shared/domain/ledger/payout';
import { paypalAmount } from './paypal-amount.ts';
import type { PayPalClient } from './paypal-client.ts';
import { batchSchema, type PayPalBatch } from './paypal-shapes.ts';
import { railKeyOf } from './rail-request.ts';

export const NEEDS_KEY = "PayPal refuses the programme's app or its secret. Set them anew.";

/** An item's status. What is unclaimed goes back after 30 days by itself. Source: developer.paypal.com/api/payments.payouts-batch/v1. */
const OVER: Readonly<Record<string, { readonly state: 'settled' | 'failed' | 'returned'; readonly reason?: string }>> =
  {
    SUCCESS: { state: 'settled' },
    FAILED: { state: 'failed', reason: 'PayPal could not pay the receiver.' },
    BLOCKED: { state: 'failed', reason: 'PayPal blocked the payout.' },
    RETURNED: { state: 'returned', reason: 'The receiver did not claim it, or sent it back.' },
    REFUNDED: { state: 'returned', reason: 'The receiver refunded it.' },
    REVERSED: { state: 'returned', reason: 'PayPal reversed it.' },
  };
const WAITING: ReadonlySet<string> = new Set(['PENDING', 'UNCLAIMED', 'ONHOLD']);
const BATCH_OVER: ReadonlySet<string> = new Set(['DENIED', 'CANCELED']);

/** What became of the one item of a payout's batch, by PayPal's id of it. Moves nothing. */
export async function findBatch(
  deps: { readonly log: Log },
  { client }: { readonly client: PayPalClient },
  payout: Payout,
  reference: string,
): Promise<RailFinding> {
  const answer = await client.get(`/v1/payments/payouts/${encodeURIComponent(reference)}`);
  if (answer.kind === 'refused_key') return { state: 'unknown', reason: NEEDS_KEY };
  if (answer.kind === 'lost') return { state: 'unknown', reason: answer.reason };
  if (answer.status !== 200) return { state: 'unknown', reason: `PayPal answered ${answer.status}.` };
  const batch = batchSchema.safeParse(answer.body);
  if (!batch.success) return { state: 'unknown', reason: 'PayPal answered what cannot be read.' };
  if (!isFor(batch.data, payout)) {
    const { programId, payoutId } = payout;
    deps.log.error('PayPal has another batch under a reference than was asked for', { programId, payoutId });
    return { state: 'unknown', reason: 'PayPal has another batch under this reference. Look at it there.' };
  }
  return findingOf(batch.data, reference);
}

function isFor({ batch_header, items }: PayPalBatch, payout: Payout): boolean {
  const key = batch_header.sender_batch_header?.sender_batch_id;
  const value = paypalAmount(payout.amountMinor, payout.currency);
  return (
    (key === undefined || key === railKeyOf(payout)) &&
    items.length <= 1 &&
    items.every(
      ({ payout_item: { amount } }) => amount.currency === payout.currency && isEqualAmount(amount.value, value),
    )
  );
}

/** `10`, `10.0` and `10.00` are one amount. */
function isEqualAmount(a: string, b: string | undefined): boolean {
  const plain = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  return b !== undefined && plain(a) === plain(b);
}

function findingOf({ batch_header, items }: PayPalBatch, reference: string): RailFinding {
  const [item] = items;
  const status = item?.transaction_status;
  const over = status === undefined ? undefined : OVER[status];
  if (over) return { ...over, reference, ...withCode(over.reason, item?.errors?.name) };
  if (BATCH_OVER.has(batch_header.batch_status)) {
    return { state: 'failed', reference, reason: 'PayPal denied the batch. Read it in PayPal; the next run pays it.' };
  }
  if (status !== undefined && !WAITING.has(status)) {
    return { state: 'unknown', reason: 'PayPal answered a status that is not documented.' };
  }
  return { state: 'accepted', reference };
}

function withCode(reason: string | undefined, code: string | undefined): { readonly reason?: string } {
  if (reason === undefined || code === undefined || !/^[A-Z_]{1,60}$/.test(code)) return {};
  return { reason: `${reason.slice(0, -1)}: ${code}.` };
}
