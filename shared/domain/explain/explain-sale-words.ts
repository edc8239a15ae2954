import { toDecimal } from '../money/minor-units.ts';
import type { Currency } from '../money/money.ts';
import type { Instant } from '../time/instant.ts';

/** Sentences about a sale's refunds, its customer's first purchase and the terms in force. */

export function nettedRefundSentence(
  refund: {
    readonly refundId: string;
    readonly kind: 'refund' | 'chargeback';
    readonly occurredAt: Instant;
    readonly period: string;
    readonly amountMinor: bigint;
  },
  leftMinor: bigint,
  currency: Currency,
): string {
  const { refundId, kind, occurredAt, period, amountMinor } = refund;
  const amount = (minor: bigint): string => `${toDecimal(minor, currency)} ${currency}`;
  return `The ${kind} ${refundId} of ${amount(amountMinor)} at ${occurredAt} belongs to ${period} and leaves ${amount(leftMinor)}.`;
}

type First = { readonly at: Instant; readonly orderId?: string | undefined };

export function firstPurchaseSentence(first?: First & { readonly isThisSale: boolean }): string {
  if (!first) return 'The customer has bought nothing above zero so far, so there is no first purchase.';
  const rule = 'of all purchases above zero, those of the earliest month, and of these the earliest';
  if (first.isThisSale) return `It is the customer's first purchase: ${rule}.`;
  if (first.orderId !== undefined) return `The customer's first purchase was another one, at ${first.at}: ${rule}.`;
  return `The customer first bought at ${first.at}, before this programme, as the merchant told: no sale is the first purchase.`;
}

export function suppliedSentence(
  { at, counts }: { readonly at: Instant; readonly counts: boolean },
  first: First | undefined,
): string {
  const said = `With this sale the merchant told that the customer first bought at ${at}`;
  if (counts) return `${said}: that counts.`;
  if (first && first.at <= at) return `${said}: that does not count, because it is not earlier than what is known.`;
  return `${said}: that does not count, because it came after the month of the first purchase was closed.`;
}

export function agreementSentence(agreement: {
  readonly agreementId?: string | undefined;
  readonly planVersion: number;
  readonly from: Instant;
  readonly until?: Instant | undefined;
  readonly endsAt?: Instant | undefined;
  /** It had ended and is honoured after its end. */
  readonly afterEnd: boolean;
  readonly ownTerms: boolean;
}): string {
  const { agreementId, planVersion, from, until, endsAt, afterEnd, ownTerms } = agreement;
  const terms = ownTerms
    ? `the custom terms of agreement ${agreementId ?? planVersion}`
    : `plan version ${planVersion}`;
  if (afterEnd) {
    return (
      `The agreement from ${from} ended at ${endsAt}, before it happened, but honours customers who first bought before: ` +
      `shares with a window of ${terms} still pay inside it.`
    );
  }
  const end = until === undefined ? '' : ` until ${until}`;
  return `The agreement in force when it happened, from ${from}${end}, pays by ${terms}.`;
}

export function adjustmentSentence(adjustment: {
  readonly adjustmentId: string;
  readonly partnerId: string;
  readonly period: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly reason: string;
  readonly status: 'proposed' | 'recorded' | 'declined';
  readonly disputeId?: string | undefined;
}): string {
  const { adjustmentId, partnerId, period, amountMinor, currency, reason, status, disputeId } = adjustment;
  const states = {
    recorded: `counts in ${period}`,
    proposed: `waits for a second person and would count in ${period}`,
    declined: 'was declined by a second person and counts nowhere',
  };
  const dispute = disputeId === undefined ? '' : ` for dispute ${disputeId}`;
  return `The adjustment ${adjustmentId} of ${toDecimal(amountMinor, currency)} ${currency} for partner ${partnerId}${dispute} names it, "${reason}", and ${states[status]}.`;
}
