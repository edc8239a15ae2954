import type { EpochMs } from '../time/instant.ts';
import type { WeighedTouch } from '../tracking/attribution.ts';

/** What may be wrong with a sale or its partner. Codes are stable: people and programs refer to them. */
export const SIGNAL_CODES = [
  'self_referral',
  'same_payee_on_two_partners',
  'velocity',
  'conversion_without_plausible_click',
  'paid_search_click',
  'refund_rate',
] as const;
export type SignalCode = (typeof SIGNAL_CODES)[number];

/** `hold`: the sale earns nothing until somebody decides. `flag`: it is shown and earns. `off`: it is not looked for. */
export const SIGNAL_ACTIONS = ['hold', 'flag', 'off'] as const;
export type SignalAction = (typeof SIGNAL_ACTIONS)[number];

export type FraudSignal = {
  readonly code: SignalCode;
  readonly action: Exclude<SignalAction, 'off'>;
  /** In words, with the figures, for whoever decides. Never for the partner: it would teach what to avoid. */
  readonly evidence: string;
};

/** What a programme looks for (`Program.fraud`), and from where on. */
export type FraudRules = {
  readonly holdDeadlineDays: number;
  readonly selfReferral: SignalAction;
  readonly samePayee: SignalAction;
  readonly velocity: SignalAction;
  readonly velocitySpanSeconds: number;
  /** Sales of one partner, customer or device in the span, this one included; more is a signal. */
  readonly velocityPerPartner: number;
  readonly velocityPerCustomer: number;
  readonly velocityPerDevice: number;
  readonly implausibleClick: SignalAction;
  readonly minSecondsAfterClick: number;
  /** Partners that have links alone: a sale of theirs without a click is a signal. */
  readonly linkOnlyPartners: readonly string[];
  /** Only where the programme forbids paid search. */
  readonly paidSearchClick: SignalAction;
  readonly refundRate: SignalAction;
  readonly refundRatePeriods: number;
  readonly refundRateMinSales: number;
  readonly refundRateMaxBps: number;
};

/** Whether the buyer was recognised as the partner, and by what, beside the address that never earns. */
export type BuyerIsPartner = { readonly byPayee: boolean; readonly byDevice: boolean };

/** Sales in the span that ends with this one, this one included. `isLeast`: there may be more than were looked at. */
export type SalesInSpan = {
  readonly ofPartner: number;
  readonly ofCustomer: number;
  readonly ofDevice: number;
  readonly isLeast: boolean;
};

export type SaleToCheck = {
  readonly partnerId: string;
  readonly soldAt: EpochMs;
  readonly touches: readonly WeighedTouch[];
  readonly forbidsPaidSearch: boolean;
  readonly buyer: BuyerIsPartner;
  /** Other partners that are paid into the same account. */
  readonly samePayeeAs: readonly string[];
  /** `undefined`: not counted, because no action asks for it. */
  readonly inSpan: SalesInSpan | undefined;
};

/** What is wrong with a sale by the programme's rules, in the order of {@link SIGNAL_CODES}. */
export function signalsOfSale(sale: SaleToCheck, rules: FraudRules): readonly FraudSignal[] {
  const found: readonly (readonly [SignalCode, SignalAction, readonly string[]])[] = [
    ['self_referral', rules.selfReferral, selfReferral(sale)],
    ['same_payee_on_two_partners', rules.samePayee, samePayeeEvidence(sale.samePayeeAs)],
    ['velocity', rules.velocity, velocity(sale, rules)],
    ['conversion_without_plausible_click', rules.implausibleClick, implausibleClick(sale, rules)],
    ['paid_search_click', rules.paidSearchClick, paidSearch(sale)],
  ];
  return found.flatMap(([code, action, words]) =>
    action === 'off' || words.length === 0 ? [] : [{ code, action, evidence: words.join(' ') }],
  );
}

export function isHeld(signals: readonly FraudSignal[]): boolean {
  return signals.some(({ action }) => action === 'hold');
}

function selfReferral({ buyer }: SaleToCheck): readonly string[] {
  return [
    ...(buyer.byPayee ? ['The buyer paid from the account that the partner is paid into.'] : []),
    ...(buyer.byDevice ? ['The buyer used a device from which the partner had bought before.'] : []),
  ];
}

/** No more are named: a list of accounts is for the partners' own pages. */
const MAX_NAMED = 5;

export function samePayeeEvidence(others: readonly string[]): readonly string[] {
  if (others.length === 0) return [];
  const named = others.slice(0, MAX_NAMED).join(', ');
  return [`The partner is paid into the same account as ${others.length} other: ${named}.`];
}

function velocity({ inSpan }: SaleToCheck, rules: FraudRules): readonly string[] {
  if (!inSpan) return [];
  const looked: readonly (readonly [string, number, number])[] = [
    ['partner', inSpan.ofPartner, rules.velocityPerPartner],
    ['customer', inSpan.ofCustomer, rules.velocityPerCustomer],
    ['device', inSpan.ofDevice, rules.velocityPerDevice],
  ];
  const atLeast = inSpan.isLeast ? 'at least ' : '';
  return looked
    .filter(([, count, limit]) => count > limit)
    .map(
      ([whose, count, limit]) =>
        `${atLeast}${count} sales of one ${whose} within ${rules.velocitySpanSeconds} seconds; the limit is ${limit}.`,
    );
}

const MS = 1_000;

function implausibleClick(
  { touches, partnerId, soldAt }: SaleToCheck,
  { minSecondsAfterClick, linkOnlyPartners }: FraudRules,
): readonly string[] {
  const winner = touches.find(({ outcome }) => outcome === 'won');
  if (winner?.kind !== 'link') return withoutClick(touches, partnerId, linkOnlyPartners);
  const { flags, at } = winner;
  const afterMs = at === undefined ? undefined : soldAt - at;
  const words: string[] = [];
  if (flags?.includes('bot')) words.push('The click came from a program, not from a browser.');
  if (flags?.includes('prefetch'))
    words.push('The link was fetched ahead by a browser; nobody is known to have looked at it.');
  if (afterMs !== undefined && afterMs < 0) words.push(`The click came ${seconds(-afterMs)} after the sale.`);
  else if (afterMs !== undefined && afterMs < minSecondsAfterClick * MS) {
    words.push(`The sale came ${seconds(afterMs)} after the click; a person takes at least ${minSecondsAfterClick} s.`);
  }
  return words;
}

/** A click of the partner that could not win, as it lay outside the window, is a click all the same. */
function withoutClick(
  touches: readonly WeighedTouch[],
  partnerId: string,
  linkOnlyPartners: readonly string[],
): readonly string[] {
  if (!linkOnlyPartners.includes(partnerId)) return [];
  const hasClick = touches.some((touch) => touch.kind === 'link' && touch.partnerId === partnerId);
  return hasClick ? [] : ['The partner has links alone, and the sale came without a click on one of them.'];
}

/** To the nearest tenth. */
function seconds(ms: number): string {
  const tenths = Math.trunc((ms * TENTHS + MS / 2) / MS);
  return `${Math.trunc(tenths / TENTHS)}.${tenths % TENTHS} s`;
}
const TENTHS = 10;

function paidSearch({ touches, forbidsPaidSearch }: SaleToCheck): readonly string[] {
  const winner = touches.find(({ outcome }) => outcome === 'won');
  if (!forbidsPaidSearch || winner?.kind !== 'link' || !winner.flags?.includes('paid_search')) return [];
  return ['The click came from an advertisement (gclid, msclkid or fbclid), which the programme forbids.'];
}

const WHOLE_BPS = 10_000;
const BPS_A_PERCENT = 100;

/**
 * Whether too many of a partner's sales were given back. By orders, not by money: one large return is no pattern. Too few
 * sales say nothing.
 */
export function refundRateSignal(
  { sales, givenBack }: { readonly sales: number; readonly givenBack: number },
  rules: FraudRules,
): FraudSignal | undefined {
  const { refundRate: action, refundRateMinSales, refundRateMaxBps, refundRatePeriods } = rules;
  if (action === 'off' || sales < refundRateMinSales) return undefined;
  const rateBps = Math.floor((givenBack * WHOLE_BPS) / sales);
  if (rateBps <= refundRateMaxBps) return undefined;
  const evidence =
    `${givenBack} of ${sales} sales of the last ${refundRatePeriods} months were given back or charged back, ` +
    `${rateBps / BPS_A_PERCENT} %; the limit is ${refundRateMaxBps / BPS_A_PERCENT} %.`;
  return { code: 'refund_rate', action, evidence };
}

/** Refunded orders below this cannot be too many, so that the sales need not be counted. */
export function fewestRefundsThatMatter({ refundRateMinSales, refundRateMaxBps }: FraudRules): number {
  return Math.floor((refundRateMinSales * refundRateMaxBps) / WHOLE_BPS) + 1;
}

/** How the rules are looked for at the table: no further back, and no more sales than the largest limit and one. */
export function velocityLook(rules: FraudRules): { readonly spanMs: number; readonly most: number } {
  const { velocityPerPartner, velocityPerCustomer, velocityPerDevice, velocitySpanSeconds } = rules;
  const most = Math.max(velocityPerPartner, velocityPerCustomer, velocityPerDevice);
  return { spanMs: velocitySpanSeconds * MS, most };
}
