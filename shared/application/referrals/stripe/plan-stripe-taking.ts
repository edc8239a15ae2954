import type { Decision } from '#shared/application/referrals/stripe/plan-stripe-sale';
import type {
  StripeEventRecord,
  StripeEventStore,
  StripeFact,
  StripeOrder,
} from '#shared/application/referrals/stripe/ports';
import { takenBack } from '#shared/domain/money/paid-share';
import { toEpochMs } from '#shared/domain/time/instant';

type Taking = Extract<StripeFact, { kind: 'taking' }>;
type Reinstated = Extract<StripeFact, { kind: 'reinstated' }>;

export const SALE_NOT_KNOWN = 'sale_not_known';
/** As long as Stripe itself goes on sending an event that was not answered. */
const SALE_WAIT_MS = 3 * 86_400_000;

/**
 * Decides what a refund or lost dispute takes back of its sale. Stripe states all that went back so far, so that events may
 * come twice, out of order, or not at all: what counts is the difference to what was taken before. The base goes back in
 * the proportion in which the payment did, and exactly whole when all of it did; refunds and disputes together never take
 * more than was paid. Waits three days for a sale that is not known; given up by then, it is taken up when the sale comes.
 */
export async function planTaking(
  deps: { readonly events: Pick<StripeEventStore, 'order' | 'orderOf'> },
  record: StripeEventRecord,
  taking: Taking,
): Promise<Decision | { readonly failed: string; readonly detail: string }> {
  const { programId } = record;
  const order = await orderOf(deps.events, programId, taking);
  if ('waitFor' in order) {
    const untilMs = toEpochMs(record.receivedAt) + SALE_WAIT_MS;
    const detail = `The sale that ${taking.references.join(', ')} paid is not known. If it comes later, this is taken up by itself; if it was recorded by hand, record its refund by hand.`;
    return { ...order, reason: SALE_NOT_KNOWN, untilMs, detail };
  }
  if (order.currency !== taking.currency) {
    const detail = `${order.orderId} was paid in ${order.currency}, this is in ${taking.currency}. Record the refund by hand.`;
    return { failed: 'currency_differs', detail };
  }
  return decide(order, taking);
}

function decide(order: StripeOrder, taking: Taking): Decision {
  const { sourceId, takenAs, takenMinor, occurredAt } = taking;
  const { orderId, taken, baseMinor, paidMinor, reversedMinor, revision } = order;
  const before = taken[sourceId] ?? 0n;
  if (takenMinor <= before) return { plan: { kind: 'nothing', reason: 'already_counted' }, change: {} };
  const takenNow = { ...taken, [sourceId]: takenMinor };
  const all = Object.values(takenNow).reduce((sum, minor) => sum + minor, 0n);
  const reversedNow = takenBack(baseMinor, all, paidMinor);
  const change = { order: { ...order, taken: takenNow, reversedMinor: reversedNow, revision: revision + 1 } };
  const amountMinor = reversedNow - reversedMinor;
  if (amountMinor === 0n) {
    const reason = reversedNow === baseMinor ? 'taken_back_already' : 'rounds_to_nothing';
    return { plan: { kind: 'nothing', reason }, change };
  }
  // A charge is refunded more than once, a dispute lost once.
  const refundId = takenAs === 'refund' ? `${sourceId}:${takenMinor}` : sourceId;
  return { plan: { kind: 'record_refund', refundId, orderId, occurredAt, amountMinor, refundKind: takenAs }, change };
}

/**
 * Decides about money of a dispute that came back. A dispute takes nothing before it is lost, so that nothing is to be given
 * back, except where the loss was overturned: then a person records an adjustment, as for any decision after a close.
 */
export async function planReinstated(
  deps: { readonly events: Pick<StripeEventStore, 'order' | 'orderOf'> },
  { programId }: StripeEventRecord,
  reinstated: Reinstated,
): Promise<Decision | { readonly failed: string; readonly detail: string }> {
  const order = await orderOf(deps.events, programId, reinstated);
  if ('waitFor' in order || order.taken[reinstated.sourceId] === undefined) {
    return { plan: { kind: 'nothing', reason: 'dispute_not_lost' }, change: {} };
  }
  const detail =
    `The loss of ${reinstated.sourceId} was taken back of ${order.orderId} before. Record an adjustment for the partner, of ` +
    `what the chargeback took.`;
  return { failed: 'reinstated_after_loss', detail };
}

async function orderOf(
  events: Pick<StripeEventStore, 'order' | 'orderOf'>,
  programId: string,
  { orderId, references }: { readonly orderId?: string | undefined; readonly references: readonly string[] },
): Promise<StripeOrder | { readonly waitFor: readonly string[] }> {
  const candidates = orderId === undefined ? [] : [orderId];
  for (const reference of references) {
    candidates.push(reference);
    const linked = await events.orderOf(programId, reference);
    if (linked !== undefined) candidates.push(linked);
  }
  for (const candidate of candidates) {
    const order = await events.order(programId, candidate);
    if (order) return order;
  }
  return { waitFor: [...new Set(candidates)] };
}
