import type { ConversionStore } from '#shared/application/referrals/ports';
import type {
  RememberedTouch,
  StripeChange,
  StripeEventRecord,
  StripeEventStore,
  StripeFact,
  StripePlan,
  StripeTouch,
} from '#shared/application/referrals/stripe/ports';
import { HELD, VOIDED } from '#shared/domain/fraud/hold';
import type { CreditShare } from '#shared/domain/money/split-credit';
import { type Instant, toEpochMs } from '#shared/domain/time/instant';

export type Sale = Extract<StripeFact, { kind: 'sale' }>;

/** What comes of looking at an event: a plan, or that something is missing yet. */
export type Decision =
  | { readonly plan: StripePlan; readonly change: StripeChange }
  | { readonly waitFor: readonly string[]; readonly reason: string; readonly untilMs: number; readonly detail: string };

/** Who a customer's sale would have gone to at an instant, with what came with it. */
export type PartnerAt = (
  of: { readonly programId: string; readonly customerId: string; readonly at: Instant } & StripeTouch,
) => Promise<string | undefined>;

/** Stripe sends a checkout's event within seconds of its first invoice's, in any order; an hour outlasts a slow retry. */
const TOUCH_WAIT_MS = 3_600_000;
/** A first invoice is paid with its checkout; later only after a trial, whose days are not the customer's hesitation. */
const TRIAL_MS = 86_400_000;

/**
 * Decides how a sale is recorded.
 * - One that is recorded already is left as it is.
 * - A later sale of a subscription goes to whoever has its first one: the click that brought the subscriber is not weighed
 *   anew each month. While that one is held for review, what follows waits with it.
 * - Otherwise the touch is its own, or what a checkout said of its subscription or invoice; after a trial, whoever the
 *   checkout itself would have gone to. When nothing was said yet, it waits for a checkout until an hour after its event.
 *   Then it is recorded as it is: what is remembered of its customer is weighed there anyway.
 */
export async function planSale(
  deps: {
    readonly events: Pick<StripeEventStore, 'order' | 'firstOrderOf' | 'touchOf'>;
    readonly conversions: Pick<ConversionStore, 'find'>;
    readonly partnerAt: PartnerAt;
  },
  record: StripeEventRecord,
  sale: Sale,
  nowMs: number,
): Promise<Decision> {
  const { programId } = record;
  const { orderId, customerId, occurredAt, currency, baseMinor, paidMinor, references, subscriptionId } = sale;
  const known = (await deps.events.order(programId, orderId)) ?? (await deps.conversions.find(programId, orderId));
  if (known) return { plan: { kind: 'nothing', reason: 'already_recorded' }, change: {} };
  const whose = await whoseSale(deps, record, sale, nowMs);
  if ('waitFor' in whose) return whose;
  const order = { orderId, currency, paidMinor, baseMinor, taken: {}, reversedMinor: 0n, revision: 1 };
  const { isFirst, ...touch } = whose;
  const said = { orderId, customerId, customerEmailHash: sale.customerEmailHash, occurredAt, currency };
  return {
    plan: { kind: 'record_conversion', ...said, amountMinor: baseMinor, ...touch },
    change: { order, references, ...(isFirst && subscriptionId !== undefined ? { subscriptionId } : {}) },
  };
}

type Whose = StripeTouch & {
  readonly partnerId?: string | undefined;
  readonly credits?: readonly CreditShare[] | undefined;
  readonly withoutPartnerIds?: readonly string[] | undefined;
  readonly isFirst: boolean;
};

async function whoseSale(
  deps: Parameters<typeof planSale>[0],
  record: StripeEventRecord,
  sale: Sale,
  nowMs: number,
): Promise<Whose | Extract<Decision, { waitFor: unknown }>> {
  const { programId } = record;
  const { subscriptionId, touch } = sale;
  const first = subscriptionId === undefined ? undefined : await deps.events.firstOrderOf(programId, subscriptionId);
  if (first !== undefined) {
    const firstSale = await deps.conversions.find(programId, first);
    if (firstSale?.earnsNothing === HELD) {
      return {
        waitFor: [first],
        reason: 'first_sale_held',
        untilMs: Number.POSITIVE_INFINITY,
        detail: `The first sale of the subscription, ${first}, is held. Decide its hold.`,
      };
    }
    // Found to be fraud: nobody is named for what follows, and the click behind it does not come back by another way.
    if (firstSale?.earnsNothing === VOIDED) {
      const { partnerId = [], credits = [] } = firstSale;
      return { withoutPartnerIds: [partnerId, credits.map((credit) => credit.partnerId)].flat(2), isFirst: false };
    }
    if (firstSale?.credits) {
      return { credits: firstSale.credits.map(({ partnerId, shareBps }) => ({ partnerId, shareBps })), isFirst: false };
    }
    if (firstSale) return { partnerId: firstSale.partnerId, isFirst: false };
    return {
      waitFor: [first],
      reason: 'first_sale_not_recorded',
      untilMs: Number.POSITIVE_INFINITY,
      detail: `The first sale of the subscription, ${first}, is not recorded yet. Look at its event.`,
    };
  }
  if (hasTouch(touch)) return { ...touch, isFirst: true };
  const own = [subscriptionId, sale.orderId, ...sale.references].filter((reference) => reference !== undefined);
  for (const reference of own) {
    const said = await deps.events.touchOf(programId, reference);
    if (said) return { ...(await asSaid(deps.partnerAt, record, sale, said)), isFirst: true };
  }
  const untilMs = toEpochMs(record.createdAt) + TOUCH_WAIT_MS;
  if (sale.mayWait && nowMs < untilMs) {
    const detail = 'No checkout has said yet who brought the customer. It is recorded without after an hour.';
    return { waitFor: own, reason: 'touch_not_known', untilMs, detail };
  }
  return { isFirst: true };
}

async function asSaid(
  partnerAt: PartnerAt,
  { programId }: StripeEventRecord,
  { customerId, occurredAt }: Sale,
  { at, clickToken, code }: RememberedTouch,
): Promise<Omit<Whose, 'isFirst'>> {
  if (toEpochMs(occurredAt) - toEpochMs(at) < TRIAL_MS) return { clickToken, code };
  return { partnerId: await partnerAt({ programId, customerId, at, clickToken, code }) };
}

function hasTouch({ clickToken, code }: StripeTouch): boolean {
  return clickToken !== undefined || code !== undefined;
}
