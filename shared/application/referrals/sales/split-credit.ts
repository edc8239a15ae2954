import { Failure } from '#shared/application/failure';
import type { Digest } from '#shared/application/ports';
import type { CreditPart } from '#shared/application/referral-facts';
import type {
  ConversionRecord,
  PartnerDirectory,
  RefundRecord,
  SplitRefund,
} from '#shared/application/referrals/ports';
import { isSelfReferral } from '#shared/application/referrals/sales/self-referral';
import { type CreditShare, inCreditOrder, splitAmount } from '#shared/domain/money/split-credit';
import type { Touch, WeighedTouch } from '#shared/domain/tracking/attribution';

/** What is sent of a sale that several partners brought together. */
type Sent = {
  readonly programId: string;
  readonly customerId: string;
  readonly customerEmailHash?: string | undefined;
  readonly partnerId?: string | undefined;
  readonly credits?: readonly CreditShare[] | undefined;
};

/** @throws Failure invalid_request when one partner is named beside several */
export function assertOneNaming({ partnerId, credits }: Sent): void {
  if (partnerId === undefined || credits === undefined) return;
  throw new Failure('invalid_request', 'Name one partner, or several with their shares in credits, not both.', {
    errors: [{ pointer: '/partnerId', rule: 'must be left out where credits is sent' }],
  });
}

/**
 * The credits of a split sale as they are kept: by partner id, and why a part earns nothing. The part of a partner who is the
 * buyer stays its part: it goes to nobody else. `nothingFor`: why a partner earns nothing for another reason.
 * @throws Failure unknown_partner, naming the place of each as it was sent
 */
export async function decideCredits(
  deps: { readonly partners: PartnerDirectory; readonly digest: Digest },
  sale: Sent,
  sent: readonly CreditShare[],
  nothingFor: (partnerId: string) => string | undefined = () => undefined,
): Promise<readonly CreditPart[]> {
  const partners = await Promise.all(sent.map(({ partnerId }) => deps.partners.find(sale.programId, partnerId)));
  const unknown = partners.flatMap((partner, index) => (partner ? [] : [index]));
  if (unknown.length > 0) {
    throw new Failure('unknown_partner', 'Enrol the partner first, or send the id of one that is enrolled.', {
      errors: unknown.map((index) => ({
        pointer: `/credits/${index}/partnerId`,
        rule: 'is not a partner of this programme',
      })),
    });
  }
  const parts = sent.map(({ partnerId, shareBps }, index): CreditPart => {
    const isSelf = isSelfReferral(sale, partnerId, partners[index]?.emailHash, deps.digest);
    return { partnerId, shareBps, ...nothingOf(isSelf ? 'self_referral' : nothingFor(partnerId)) };
  });
  return inCreditOrder(parts);
}

/** Each partner that the merchant credits, as a touch. */
export function creditTouches(credits: readonly CreditShare[] = []): readonly Touch[] {
  return inCreditOrder(credits).map(({ partnerId }) => ({ kind: 'partner', reference: partnerId, partnerId }));
}

/** Of a split sale every credited partner won, and nobody else. */
export function allCreditedWon(touches: readonly WeighedTouch[]): readonly WeighedTouch[] {
  return touches.map((touch) => (touch.kind === 'partner' ? { ...touch, outcome: 'won' } : touch));
}

/**
 * The parts of a split sale that was just recorded, one a partner: they count as sales of that partner, in the sale's month.
 * None for a sale that is not split.
 */
export function partsOfSale(sale: ConversionRecord): readonly ConversionRecord[] {
  const { credits } = sale;
  if (credits === undefined) return [];
  const sharesBps = credits.map(({ shareBps }) => shareBps);
  const amounts = splitAmount(sale.amountMinor, sharesBps);
  return credits.map((credit, part) => ({
    ...countedOf(sale),
    partnerId: credit.partnerId,
    amountMinor: amounts[part] ?? 0n,
    ...nothingOf(credit.earnsNothing ?? sale.earnsNothing),
    credit: { sharesBps, part },
  }));
}

/** What a close reads of a sale, and lists of its partner show; how it was attributed and what it was made of is kept once, with the sale. */
function countedOf(sale: ConversionRecord): Omit<ConversionRecord, 'partnerId' | 'amountMinor' | 'earnsNothing'> {
  const { programId, orderId, customerId, occurredAt, period, currency, recordedAt } = sale;
  const { refundedMinor, nettedMinor, customerFirstPurchaseAt, category, country, deviceHash } = sale;
  const counted = {
    programId,
    orderId,
    customerId,
    occurredAt,
    period,
    currency,
    recordedAt,
    refundedMinor,
    nettedMinor,
  };
  const attribution = { touches: [], why: sale.attribution.why };
  return { ...counted, customerFirstPurchaseAt, category, country, deviceHash, attribution, contentHash: '' };
}

function nothingOf(earnsNothing: string | undefined): Pick<ConversionRecord, 'earnsNothing'> {
  return earnsNothing === undefined ? {} : { earnsNothing };
}

/**
 * What a refund takes from each part: the part of all that is refunded so far less the part of what was before, so that the
 * parts of all refunds add up to them, and a sale that is refunded whole is refunded whole in each part. A part that the refund
 * takes nothing from is left out. `undefined` for a sale that is not split.
 */
export function splitRefund(sale: ConversionRecord, refund: RefundRecord): SplitRefund | undefined {
  const { credits, refundedMinor } = sale;
  if (credits === undefined) return undefined;
  // The store refuses it, by what is there then.
  if (refundedMinor + refund.amountMinor > sale.amountMinor) return { refundedBeforeMinor: refundedMinor, parts: [] };
  const sharesBps = credits.map(({ shareBps }) => shareBps);
  const before = splitAmount(refundedMinor, sharesBps);
  const after = splitAmount(refundedMinor + refund.amountMinor, sharesBps);
  const parts = credits.flatMap(({ partnerId }, part): RefundRecord[] => {
    const amountMinor = (after[part] ?? 0n) - (before[part] ?? 0n);
    return amountMinor === 0n ? [] : [{ ...refund, partnerId, amountMinor }];
  });
  return { refundedBeforeMinor: refundedMinor, parts };
}
