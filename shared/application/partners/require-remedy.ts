import { Failure } from '#shared/application/failure';
import type { Dispute, DisputeStore } from '#shared/application/partners/dispute-ports';
import type { PartnerStore } from '#shared/application/partners/ports';
import type { Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { ReferralFacts } from '#shared/application/referral-facts';
import { isSelfReferral } from '#shared/application/referrals/sales/self-referral';
import { MAX_REFUNDS_MOVED, type ReattributionRefusal, reattributionRefusal } from '#shared/domain/facts/reattribution';
import { isHeldReason, isVoidedFor } from '#shared/domain/fraud/hold';
import { isEnd, paysByAdjustment, type Remedy } from '#shared/domain/partner/dispute';

/** An order is disputed once at a time by a partner: more ended ones than this say nothing new. */
const MAX_OTHER_DISPUTES = 100;

export type RemedyDeps = {
  readonly orders: Pick<ReferralFacts, 'order'>;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly partners: Pick<PartnerStore, 'profile'>;
  readonly disputes: Pick<DisputeStore, 'ofOrder'>;
  readonly digest: Digest;
};

type Order = NonNullable<Awaited<ReturnType<ReferralFacts['order']>>>;

/**
 * Whether a remedy can be carried out as things are now, by the rules of who carries it out: the partner is told of it before
 * that happens. What changes in between still fails there.
 * @throws Failure invalid_request at the field of the remedy
 */
export async function requirePossible(deps: RemedyDeps, dispute: Dispute, remedy: Remedy): Promise<void> {
  const order = await deps.orders.order(dispute.programId, dispute.orderId);
  if (remedy.kind === 'reattribution') return requireMovable(deps, dispute, order, remedy.despiteAdjustment ?? false);
  const { amountMinor, currency } = remedy;
  // An adjustment now and a release later would pay the same sale twice, and neither would know of the other.
  if (isHeldReason(order?.conversion.earnsNothing)) throw immovable('held', '/remedy/adjustment');
  if (amountMinor <= 0n) throw notPossible('/remedy/adjustment/amountMinor', 'must be more than 0', PAYS);
  const { currency: own } = await deps.programs.get(dispute.programId);
  const expected = order ? [order.conversion.currency] : [...new Set([dispute.expected?.currency ?? own, own])];
  if (expected.includes(currency)) return;
  const whose = order ? "the order's currency" : "the claim's currency or the programme's";
  throw notPossible(
    '/remedy/adjustment/currency',
    `must be ${expected.join(' or ')}, ${whose}`,
    'Send the amount in it.',
  );
}

const PAYS = 'An accepted claim is paid something; decline one that is not.';

type Immovable = ReattributionRefusal | 'voided' | 'not_recorded' | 'too_many_refunds' | 'dispute_adjusted';

const ADJUST = 'Send an adjustment as the remedy instead';
const RULES: Readonly<Record<Immovable, { readonly rule: string; readonly next: string }>> = {
  not_recorded: {
    rule: 'needs an order that is recorded',
    next: `The merchant has not recorded this order. Record it first. ${ADJUST} if it will not be.`,
  },
  split_sale: {
    rule: 'needs a sale that is not split between partners',
    next: `A split sale stays with its partners. ${ADJUST}, and take back from the others by adjustments of their own.`,
  },
  same_partner: {
    rule: "needs a sale that is not the partner's already",
    next: `The sale is this partner's. Read its explanation. ${ADJUST} for what is missing, or decline the claim.`,
  },
  self_referral: {
    rule: 'needs a buyer who is not the partner: a self-referral never earns',
    next: 'The partner is the customer of this sale. Decline the claim.',
  },
  month_closed: {
    rule: 'needs a sale that no partner was paid for: this one is of another partner in a closed month',
    next: `Closed months do not change. ${ADJUST}, and take back from the other partner by one of its own.`,
  },
  held: {
    rule: 'needs a sale that is not held for review',
    next: 'Whether it earns at all is being looked at. Decide its hold first.',
  },
  voided: {
    rule: 'needs a sale that was not voided for this partner',
    next: `That decision is final. ${ADJUST}, or decline the claim.`,
  },
  too_many_refunds: {
    rule: `needs a sale of at most ${MAX_REFUNDS_MOVED} refunds`,
    next: `It cannot be moved at once. ${ADJUST}.`,
  },
  dispute_adjusted: {
    rule: 'needs a sale that no dispute has paid for by an adjustment, or still may',
    next: 'It would be paid twice. Read sameOrder of the dispute; send despiteAdjustment: true if that is meant.',
  },
};

async function requireMovable(
  { programs, partners, disputes, digest }: RemedyDeps,
  { programId, partnerId, orderId, disputeId }: Dispute,
  order: Order | undefined,
  despiteAdjustment: boolean,
): Promise<void> {
  if (!order) throw immovable('not_recorded');
  const [{ closedThrough }, profile, all] = await Promise.all([
    programs.get(programId),
    partners.profile(programId, partnerId),
    disputes.ofOrder(programId, orderId, MAX_OTHER_DISPUTES),
  ]);
  const isBuyer = isSelfReferral(order.conversion, partnerId, profile?.emailHash, digest);
  const refusal = reattributionRefusal(order.conversion, { partnerId, isSelfReferral: isBuyer }, closedThrough);
  if (refusal) throw immovable(refusal);
  if (isVoidedFor(order.hold, partnerId)) throw immovable('voided');
  if (order.refunds.length > MAX_REFUNDS_MOVED) throw immovable('too_many_refunds');
  const others = all.filter((other) => other.disputeId !== disputeId);
  const isPaid = others.some(({ status, decisions }) =>
    paysByAdjustment({ endedAs: isEnd(status) ? status : undefined, decisions }),
  );
  if (isPaid && !despiteAdjustment) throw immovable('dispute_adjusted');
}

function immovable(reason: Immovable, pointer = '/remedy/reattribute'): Failure {
  const { rule, next } = RULES[reason];
  return notPossible(pointer, rule, next, { reason });
}

function notPossible(pointer: string, rule: string, next: string, extra: Record<string, unknown> = {}): Failure {
  return new Failure('invalid_request', `${pointer} ${rule}. ${next}`, { errors: [{ pointer, rule }], extra });
}
