import { Failure } from '#shared/application/failure';
import type { OrderDisputes } from '#shared/application/payouts/explain/explain-ports';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type {
  ConversionStore,
  OrderRecord,
  PartnerDirectory,
  ReattributionRecord,
  ReattributionStore,
} from '#shared/application/referrals/ports';
import { restampOrder } from '#shared/application/referrals/sales/restamp-order';
import { isSelfReferral } from '#shared/application/referrals/sales/self-referral';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import { MAX_REFUNDS_MOVED, type ReattributionRefusal, reattributionRefusal } from '#shared/domain/facts/reattribution';
import { isVoidedFor } from '#shared/domain/fraud/hold';
import { paysByAdjustment } from '#shared/domain/partner/dispute';
import { toInstant } from '#shared/domain/time/instant';

export type ReattributeConversionInput = {
  readonly programId: string;
  readonly orderId: string;
  readonly partnerId: string;
  readonly reason: string;
  /** The same for a repeat of the same request. */
  readonly reattributionId: string;
  readonly disputeId?: string | undefined;
  /** Also if a dispute has paid for the sale by an adjustment. */
  readonly despiteAdjustment?: boolean | undefined;
  readonly by: string;
  /** The person who made the API key that calls. */
  readonly onBehalfOf?: string | undefined;
  /** Partners that the caller acts for: their claims are for others to judge. */
  readonly ownPartners?: readonly string[] | undefined;
};

/** `repeated`: it was done before under the same id; the order is as it is now. */
export type ReattributeConversionOutput = {
  readonly order: OrderRecord;
  readonly reattribution: ReattributionRecord;
  readonly repeated: boolean;
};

export type ReattributeConversion = (input: ReattributeConversionInput) => Promise<ReattributeConversionOutput>;

/**
 * Gives a recorded sale to another partner, from its own month on while that is open, else from the first open one.
 * 1. The partner is enrolled and not the buyer, and no dispute has paid for the sale by an adjustment or still may: it would be
 *    paid twice. Who knows that and means it says `despiteAdjustment`.
 * 2. Read the order, then the programme's current `closedThrough`; refuse when a closed month may have paid another partner.
 * 3. Stamp the sale and its refunds anew; what a closed month has read stays for it as a copy.
 * 4. Store all of it with an append-only record, if nothing changed meanwhile; else start at 2 again.
 * @throws Failure unknown_program, unknown_partner, not_found (the order), reattribution_refused, temporarily_unavailable
 */
export function makeReattributeConversion(
  deps: {
    readonly conversions: Pick<ConversionStore, 'findOrder'>;
    readonly reattributions: ReattributionStore;
    readonly programs: ProgramReader;
    readonly partners: PartnerDirectory;
    readonly disputes: OrderDisputes;
    readonly clock: Clock;
    readonly digest: Digest;
  } & RetryDeps,
): ReattributeConversion {
  return async (input) => {
    await deps.programs.get(input.programId);
    const partner = await deps.partners.find(input.programId, input.partnerId);
    if (!partner) throw unknownPartner();
    if (input.ownPartners?.includes(input.partnerId)) throw refused('own_partner');
    return retryContended(deps, async () => {
      const order = await deps.conversions.findOrder(input.programId, input.orderId);
      if (!order) throw unknownOrder();
      const done = order.reattributions.find(({ reattributionId }) => reattributionId === input.reattributionId);
      if (done) return { order, reattribution: done, repeated: true };
      if (!input.despiteAdjustment) await requireUnpaid(deps.disputes, input);
      const { closedThrough } = await deps.programs.get(input.programId);
      const isSelf = isSelfReferral(order.conversion, input.partnerId, partner.emailHash, deps.digest);
      const to = { partnerId: input.partnerId, isSelfReferral: isSelf };
      const refusal = reattributionRefusal(order.conversion, to, closedThrough);
      if (refusal) throw refused(refusal);
      if (isVoidedFor(order.hold, input.partnerId)) throw refused('voided');
      if (order.refunds.length > MAX_REFUNDS_MOVED) throw refused('too_many_refunds');
      const { partnerId, reason, reattributionId, disputeId, by, onBehalfOf } = input;
      const said = { reattributionId, at: toInstant(deps.clock()), by, onBehalfOf, reason, disputeId };
      const change = restampOrder(order, { partnerId }, said, closedThrough);
      if ((await deps.reattributions.save(order, change)) === 'contended') return 'contended';
      const { conversion, refunds, record } = change;
      const reattributions = [...order.reattributions, record];
      return { order: { conversion, refunds, reattributions }, reattribution: record, repeated: false };
    });
  };
}

/** A warning in the answer would come when the sale has moved already, and to programs that read none. */
async function requireUnpaid(
  disputes: OrderDisputes,
  { programId, orderId }: Pick<ReattributeConversionInput, 'programId' | 'orderId'>,
): Promise<void> {
  const paying = (await disputes.ofOrder(programId, orderId)).filter(paysByAdjustment);
  if (paying.length === 0) return;
  const ids = paying.map(({ disputeId }) => disputeId);
  throw new Failure(
    'reattribution_refused',
    'The sale would be paid twice. Read the dispute; send despiteAdjustment: true if that is meant.',
    {
      errors: [
        {
          pointer: 'path:orderId',
          rule: `was made good by an adjustment in dispute ${ids.join(', ')}, or may still be`,
        },
      ],
      extra: { reason: 'dispute_adjusted', disputeIds: ids },
    },
  );
}

type Refusal = ReattributionRefusal | 'own_partner' | 'voided' | 'too_many_refunds';

const REFUSALS: Readonly<Record<Refusal, { readonly pointer: string; readonly rule: string; readonly next: string }>> =
  {
    split_sale: {
      pointer: 'path:orderId',
      rule: 'must not be split between partners',
      next: 'A split sale stays with its partners. Post adjustments instead: one that pays this partner, one that takes back from each of the others.',
    },
    same_partner: {
      pointer: '/partnerId',
      rule: 'must be another partner than the one that has the sale',
      next: 'The sale belongs to this partner already. Read its explanation; correct an amount by an adjustment.',
    },
    self_referral: {
      pointer: '/partnerId',
      rule: 'must not be the buyer: a self-referral never earns',
      next: 'The partner is the customer of this sale. Decline the claim.',
    },
    month_closed: {
      pointer: 'path:orderId',
      rule: 'belongs to another partner in a month that is closed',
      next: 'Closed months do not change. Post two adjustments instead: one that pays this partner, one that takes back from the other.',
    },
    held: {
      pointer: 'path:orderId',
      rule: 'is held for review',
      next: 'Whether it earns at all is being looked at. Decide its hold first.',
    },
    voided: {
      pointer: '/partnerId',
      rule: 'must not be a partner for whom the sale was voided',
      next: 'That decision is final. Correct an amount by an adjustment.',
    },
    own_partner: {
      pointer: '/partnerId',
      rule: 'must not be a partner that you act for',
      next: 'You act for this partner. Let somebody else give it the sale.',
    },
    too_many_refunds: {
      pointer: 'path:orderId',
      rule: `has more than ${MAX_REFUNDS_MOVED} refunds`,
      next: 'It has too many refunds to be moved at once. Post an adjustment instead.',
    },
  };

function refused(reason: Refusal): Failure {
  const { pointer, rule, next } = REFUSALS[reason];
  return new Failure('reattribution_refused', next, { errors: [{ pointer, rule }], extra: { reason } });
}

function unknownPartner(): Failure {
  return new Failure('unknown_partner', 'Enrol the partner first, or send the id of one that is enrolled.', {
    errors: [{ pointer: '/partnerId', rule: 'is not a partner of this programme' }],
  });
}

function unknownOrder(): Failure {
  return new Failure('not_found', 'No such order was recorded in this programme. Record the sale first, or adjust.', {
    errors: [{ pointer: 'path:orderId', rule: 'is not a recorded order' }],
  });
}
