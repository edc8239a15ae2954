import type { FirstPurchaseCandidate } from '#shared/domain/facts/facts';
import type { Instant, Period } from '#shared/domain/time/instant';

/**
 * Every key of the Referrals table is joined here and nowhere else.
 * Private keys begin with the programme; slugs and codes are installation-wide. No id contains `#`.
 */
export type Key = { readonly pk: string; readonly sk: string };

/** The index that payouts and partners read: facts by partner and period. */
export const FACTS_INDEX = 'facts';
const NO_PARTNER = '-';

export const conversionKey = (programId: string, orderId: string): Key => ({
  pk: orderPartition(programId, orderId),
  sk: CONVERSION_SK,
});
export const orderPartition = (programId: string, orderId: string): string => `${programId}#ORDER#${orderId}`;
export const CONVERSION_SK = 'CONVERSION';
export const REFUND_SK_PREFIX = 'REFUND#';
export const REATTRIBUTION_SK_PREFIX = 'REATTRIBUTION#';
const SEQUENCE_DIGITS = 6;
const inOrder = (sequence: number): string => String(sequence).padStart(SEQUENCE_DIGITS, '0');
/** One re-attribution of an order, in their order. */
export const reattributionKey = (programId: string, orderId: string, sequence: number): Key => ({
  pk: orderPartition(programId, orderId),
  sk: `${REATTRIBUTION_SK_PREFIX}${inOrder(sequence)}`,
});
/** What a closed month has read of an order before a re-attribution: a copy that only the facts index leads to. */
export const formerKey = (key: Key, sequence: number): Key => ({
  pk: key.pk,
  sk: `${FORMER_SK_PREFIX}${inOrder(sequence)}#${key.sk}`,
});
export const FORMER_SK_PREFIX = 'FORMER#';
export const refundKey = (programId: string, orderId: string, refundId: string): Key => ({
  pk: orderPartition(programId, orderId),
  sk: `${REFUND_SK_PREFIX}${refundId}`,
});
/** One partner's part of a split sale and of its refunds, beside the sale: the facts that the partner is paid by. */
export const salePartKey = (programId: string, orderId: string, partnerId: string): Key => ({
  pk: orderPartition(programId, orderId),
  sk: `${SALE_PART_SK_PREFIX}${partnerId}`,
});
export const SALE_PART_SK_PREFIX = 'PART#';
export const refundPartKey = (programId: string, orderId: string, refundId: string, partnerId: string): Key => ({
  pk: orderPartition(programId, orderId),
  sk: `${REFUND_PART_SK_PREFIX}${refundId}#${partnerId}`,
});
export const REFUND_PART_SK_PREFIX = 'REFUND_PART#';
/** That a sale is, or was, held for review. */
export const holdKey = (programId: string, orderId: string): Key => ({
  pk: orderPartition(programId, orderId),
  sk: HOLD_SK,
});
export const HOLD_SK = 'HOLD';
/** A device from which a partner bought, by the hash that the programme knows it by. */
export const partnerDeviceKey = (programId: string, partnerId: string, deviceHash: string): Key => ({
  pk: `${programId}#PARTNER_DEVICE#${partnerId}`,
  sk: deviceHash,
});
/** What reviews found of partners. */
export const partnerSignalsPk = (programId: string): string => `${programId}#PARTNER_SIGNALS`;
export const partnerSignalKey = (programId: string, partnerId: string, code: string): Key => ({
  pk: partnerSignalsPk(programId),
  sk: `${partnerId}#${code}`,
});
/** When the partners of a programme were last reviewed. */
export const reviewKey = (programId: string): Key => ({ pk: `${programId}#FRAUD_REVIEW`, sk: 'REVIEW' });
/** Makes a refund's number unique in its programme and finds its order. */
export const refundNumberKey = (programId: string, refundId: string): Key => ({
  pk: `${programId}#REFUND#${refundId}`,
  sk: 'REFUND',
});
export const customerKey = (programId: string, customerId: string): Key => ({
  pk: `${programId}#CUSTOMER#${customerId}`,
  sk: CUSTOMER_SK,
});
/** What a sale asks of a customer lies between these two: one query reads it. */
export const CUSTOMER_SK = 'CUSTOMER';
export const TOUCHES_SK = 'TOUCHES';
/** Clicks and codes before a sale; lapses. */
export const touchesKey = (programId: string, customerId: string): Key => ({
  ...customerKey(programId, customerId),
  sk: TOUCHES_SK,
});
/** A change of the customer's partner by a person, in their order. */
export const bindingChangeKey = (programId: string, customerId: string, number: number): Key => ({
  ...customerKey(programId, customerId),
  sk: `${BINDING_CHANGE_SK_PREFIX}${inOrder(number)}`,
});
export const BINDING_CHANGE_SK_PREFIX = 'BINDING#';

export const CONVERSION_FACTS = 'C#';
export const REFUND_FACTS = 'R#';
export const factsPartition = (programId: string, partnerId: string | undefined, period: Period | '*'): string =>
  `${programId}#${partnerId ?? NO_PARTNER}#${period}`;
export const factsOrder = (
  kind: typeof CONVERSION_FACTS | typeof REFUND_FACTS,
  occurredAt: Instant,
  id: string,
): string => `${kind}${occurredAt}#${id}`;

/** The sales of a partition behind one of them, or all of them: no id begins with a space or goes beyond `~`. */
export const conversionsAfter = (position = CONVERSION_FACTS): { readonly from: string; readonly to: string } => ({
  from: position === CONVERSION_FACTS ? position : `${position} `,
  to: `${CONVERSION_FACTS}~`,
});
/** Whether a text is where a page of sales may have ended. */
export const isConversionPosition = (position: string): boolean =>
  /^C#\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[!"$-~]{1,128}$/.test(position);

/** Who re-attributed sales that count in a period: a partition of its own, with a part more than a partner's has. */
export const reattributedPartition = (programId: string, period: Period | '*'): string =>
  `${programId}#REATTRIBUTED#IN#${period}`;
export const reattributedOrder = (at: Instant, orderId: string, sequence: number): string =>
  `${at}#${orderId}#${inOrder(sequence)}`;

/** Holds of one status by when they are due: a partition of its own, with a part more than a partner's has. */
export const holdsPartition = (programId: string, status: string): string => `${programId}#HOLDS#BY#${status}`;
export const holdsOrder = (deadline: Instant, orderId: string): string => `${deadline}#${orderId}`;
/** Whether a text is where a page of holds may have ended. */
export const isHoldPosition = (position: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[!"$-~]{1,128}$/.test(position);

/** Sales of a partition that occurred within a span, both ends included. */
export const conversionsBetween = (from: Instant, to: Instant): { readonly from: string; readonly to: string } => ({
  from: factsOrder(CONVERSION_FACTS, from, ''),
  to: factsOrder(CONVERSION_FACTS, to, '~'),
});

/** Sales of a partition that occurred at an instant or later. */
export const conversionsSince = (from: Instant): { readonly from: string; readonly to: string } => ({
  from: factsOrder(CONVERSION_FACTS, from, ''),
  to: conversionsAfter().to,
});

/** Orders first purchases as text: period, then time, then id, each of fixed width but the last. */
export const firstPurchaseRank = (first: FirstPurchaseCandidate): string =>
  `${first.period}#${first.occurredAt}#${first.conversionId}`;

export const linkKey = (slug: string): Key => ({ pk: `SLUG#${slug}`, sk: 'LINK' });
/** Which partner has the slugs that read like this, in the whole installation. */
export const slugSkeletonKey = (skeleton: string): Key => ({ pk: `SLUGSHAPE#${skeleton}`, sk: 'OWNER' });
/** How many links a partner has made itself. */
export const ownLinksKey = (programId: string, partnerId: string): Key => ({
  pk: `${programId}#OWNLINKS#${partnerId}`,
  sk: 'COUNTER',
});
/** The changes of a link, in their order. */
export const linkChangesPartition = (programId: string, slug: string): string => `${programId}#LINKCHANGES#${slug}`;
export const linkChangeKey = (programId: string, slug: string, sequence: number): Key => ({
  pk: linkChangesPartition(programId, slug),
  sk: inOrder(sequence),
});
export const codeKey = (canonical: string): Key => ({ pk: `CODE#${canonical}`, sk: 'CODE' });
/** The changes of a code, in their order. */
export const codeChangesPartition = (programId: string, canonical: string): string =>
  `${programId}#CODECHANGES#${canonical}`;
export const codeChangeKey = (programId: string, canonical: string, sequence: number): Key => ({
  pk: codeChangesPartition(programId, canonical),
  sk: inOrder(sequence),
});
/** How often a code was redeemed, counted behind the redemptions. */
export const codeCountKey = (programId: string, canonical: string): Key => ({
  pk: `${programId}#CODECOUNT#${canonical}`,
  sk: 'COUNT',
});
/** The programme's list of links or codes, by partner. */
export const linkListing = (programId: string, partnerId = '', slug = ''): Key => ({
  pk: `${programId}#LINKS`,
  sk: listingOrder(partnerId, slug),
});
export const codeListing = (programId: string, partnerId = '', canonical = ''): Key => ({
  pk: `${programId}#CODES`,
  sk: listingOrder(partnerId, canonical),
});
/** Whether a text is a sort key of a link or code in a listing, of the partner that `prefix` names if it is not empty. */
export const isListedUnder =
  (prefix: string) =>
  (sk: string): boolean =>
    sk.startsWith(prefix) && /^[^#]+#[^#]+$/.test(sk);
/** How many of a partner's codes were redeemed, by the programme's days, counted behind the redemptions. */
export const redeemedDaysPartition = (programId: string, partnerId: string): string =>
  `${programId}#REDEEMED#${partnerId}`;
export const redeemedDayKey = (programId: string, partnerId: string, day: string): Key => ({
  pk: redeemedDaysPartition(programId, partnerId),
  sk: clickDayOrder(day),
});
/** What a repeated request created the first time. */
export const createdByKey = (programId: string, requestId: string): Key => ({
  pk: `${programId}#REQUEST#${requestId}`,
  sk: 'CREATED',
});

export const redemptionKey = (programId: string, redemptionId: string): Key => ({
  pk: `${programId}#REDEMPTION#${redemptionId}`,
  sk: 'REDEMPTION',
});
/** Seats of a limited code: its counters, the first of which was once the only one. */
export const seatsKey = (programId: string, canonical: string, shard = 0): Key => ({
  pk: `${programId}#SEATS#${canonical}`,
  sk: shard === 0 ? SEAT_COUNTER : `${SEAT_COUNTER}#${shard}`,
});
export const SEAT_COUNTER = 'COUNTER';
/** The shard that the sort key of a counter names. */
export const shardOf = (sk: string): number => Number(sk.slice(SEAT_COUNTER.length + 1));
/** Open reservations of a limited code by the time they lapse, in the facts index: a partition with a part more than a partner's has. */
export const openReservations = (programId: string, canonical: string): string =>
  `${programId}#REDEMPTIONS#OPEN#${canonical}`;
export const openReservation = (reservedUntil: Instant, redemptionId = ''): string =>
  `${reservedUntil}#${redemptionId}`;
/** An open reservation as it was kept before the index had it. */
export const seatKey = (programId: string, canonical: string, reservedUntil: Instant, redemptionId = ''): Key => ({
  pk: `${programId}#SEATS#${canonical}`,
  sk: `${SEAT}${reservedUntil}#${redemptionId}`,
});
export const SEAT = 'SEAT#';

export const clickKey = (programId: string, clickId: string): Key => ({
  pk: `${programId}#CLICK#${clickId}`,
  sk: 'CLICK',
});
/** Whom a visitor of a link and day (UTC) was counted for: a partition each, because one link may have millions. */
export const visitorKey = (programId: string, slug: string, day: string, visitor: string): Key => ({
  pk: `${programId}#VISITOR#${slug}#${day}#${visitor}`,
  sk: 'VISITOR',
});
/** How a counting of clicks ended: `token` is written on what it has claimed. */
export const countingKey = (programId: string, token: string): Key => ({
  pk: `${programId}#COUNTING#${token}`,
  sk: 'COUNTING',
});
/** Of a link since it was made. Without a shard: as it was counted before there were shards. */
export const clickTotalKey = (programId: string, slug: string, shard?: number): Key => ({
  pk: shard === undefined ? clicksPartition(programId, slug) : clickShardPartition(programId, slug, shard),
  sk: 'TOTAL',
});
/** In the place of a slug, which never begins so: a partner, whose links' clicks are counted together by day. */
export const partnerInPlaceOfSlug = (partnerId: string): string => `@${partnerId}`;
/** Over how many shards the counters of a link are spread. */
export const clickSpreadKey = (programId: string, slug: string): Key => ({
  pk: clicksPartition(programId, slug),
  sk: 'SPREAD',
});
/** Hours of a link by the days of its programme. */
export const clickShardPartition = (programId: string, slug: string, shard: number): string =>
  `${clicksPartition(programId, slug)}#${shard}`;
/** The same by one sub-id or by country, each by itself: whoever looks at one does not read the others. */
export const clickValuesShardPartition = (programId: string, slug: string, shard: number, letter: string): string =>
  `${clicksPartition(programId, slug)}#${shard}#${letter}`;
export const clickDayOrder = (day: string): string => `DAY#${day}`;
/** Of a day; `hour` is day and hour in UTC, `3123`. */
export const clickHourOrder = (day: string, hour = ''): string => `HOUR#${day}#${hour}`;
/** The sub-ids and countries of a link that are counted by name on a day. */
export const clickValuesKey = (programId: string, slug: string, day: string): Key => ({
  pk: `${clicksPartition(programId, slug)}#VALUES`,
  sk: clickDayOrder(day),
});

function clicksPartition(programId: string, slug: string): string {
  return `${programId}#CLICKS#${slug}`;
}

function listingOrder(partnerId: string, id: string): string {
  return partnerId === '' ? '' : `${partnerId}#${id}`;
}

const STRIPE = 'STRIPE';
/** An event of Stripe, and its place in the programme's list by status: in the facts index, where no partner's facts have four parts. */
export const stripeEventKey = (programId: string, eventId: string): Key => ({
  pk: `${programId}#${STRIPE}#EVENT#${eventId}`,
  sk: 'EVENT',
});
export const stripeEventListing = (programId: string, status: string, at = '', eventId = ''): Key => ({
  pk: `${programId}#${STRIPE}#EVENTS#${status}`,
  sk: at === '' ? '' : `${at}#${eventId}`,
});
/** Whether a text is where a page of events may have ended. */
export const isStripeEventPosition = (position: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#\w{1,128}$/.test(position);
/** Events that wait for something of Stripe by its id. */
export const stripeWaitKey = (programId: string, reference: string, eventId = ''): Key => ({
  pk: `${programId}#${STRIPE}#WAIT#${reference}`,
  sk: eventId,
});
/** What was paid and went back of an order. */
export const stripeOrderKey = (programId: string, orderId: string): Key => ({
  pk: `${programId}#${STRIPE}#ORDER#${orderId}`,
  sk: 'ORDER',
});
/** The order that a payment intent or charge paid. */
export const stripePaymentKey = (programId: string, reference: string): Key => ({
  pk: `${programId}#${STRIPE}#PAYMENT#${reference}`,
  sk: 'PAYMENT',
});
/** The first paid order of a subscription. */
export const stripeSubscriptionKey = (programId: string, subscriptionId: string): Key => ({
  pk: `${programId}#${STRIPE}#SUBSCRIPTION#${subscriptionId}`,
  sk: 'SUBSCRIPTION',
});
/** Who brought a customer, subscription or invoice. */
export const stripeTouchKey = (programId: string, reference: string): Key => ({
  pk: `${programId}#${STRIPE}#TOUCH#${reference}`,
  sk: 'TOUCH',
});
/** How a programme takes events, and the list of all that do. */
export const stripeSourceKey = (programId: string): Key => ({ pk: `${programId}#${STRIPE}#SOURCE`, sk: 'SOURCE' });
export const stripeSourceListing = (programId = ''): Key => ({ pk: 'SOURCES#STRIPE#BY#PROGRAM', sk: programId });
