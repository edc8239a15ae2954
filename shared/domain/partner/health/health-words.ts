/** Why a partner's health is what it is. */
export const HEALTH_REASONS = [
  'agreement_ended',
  'agreement_not_accepted',
  'agreement_scheduled',
  'no_agreement',
  'agreement_expiring',
  'certification_expiring',
  'certification_expired',
  'tier_warning',
  'payout_waits',
  'payee_missing',
  'payout_returned',
  'payout_unknown',
  'dispute_open',
  'sales_held',
  'mail_stopped',
  'no_link',
  'no_click',
  'no_sale',
  'quiet',
  'silent',
  'revenue_fell',
  'many_refunds',
] as const;
export type HealthReasonCode = (typeof HEALTH_REASONS)[number];

/** `notice` is told and worries nobody. */
export const REASON_SEVERITIES = ['at_risk', 'watch', 'notice'] as const;
export type ReasonSeverity = (typeof REASON_SEVERITIES)[number];

export type HealthReason = {
  readonly code: HealthReasonCode;
  readonly severity: ReasonSeverity;
  /** One sentence that names what is known. */
  readonly text: string;
};

type Named = {
  /** Of the programme's calendar, YYYY-MM-DD. */
  readonly day?: string | undefined;
  readonly name?: string | undefined;
  readonly count?: number | undefined;
  readonly bps?: number | undefined;
  readonly usualBps?: number | undefined;
};

const WORDS: Readonly<Record<HealthReasonCode, (named: Named) => string>> = {
  agreement_ended: ({ day }) => `The agreement ended${on(day)} and none follows.`,
  agreement_not_accepted: () => 'The agreement waits for the partner to accept it.',
  agreement_scheduled: ({ day }) => `The agreement starts${on(day)}.`,
  no_agreement: () => 'There is no agreement: sales earn nothing.',
  agreement_expiring: ({ day }) => `The agreement ends${on(day)} unless it is renewed.`,
  certification_expiring: ({ day, name }) => `The certification ${name} expires${on(day)}.`,
  certification_expired: ({ day, name }) => `The certification ${name} expired${on(day)}.`,
  tier_warning: ({ day, name }) => `The tier falls to ${name}${on(day)} unless its conditions are met by then.`,
  payout_waits: ({ name }) => WAITS[name ?? ''] ?? 'An approved payout waits.',
  payee_missing: () => 'Nobody has said where to pay, and there are sales.',
  payout_returned: ({ count = 1 }) => (count === 1 ? 'A payout came back.' : `${count} payouts came back.`),
  payout_unknown: ({ count = 1 }) =>
    count === 1 ? 'Nobody knows yet whether a payout arrived.' : `Nobody knows yet whether ${count} payouts arrived.`,
  dispute_open: ({ count = 1 }) =>
    count === 1 ? 'A dispute waits for its end.' : `${count} disputes wait for their end.`,
  sales_held: ({ count = 1 }) => (count === 1 ? 'A sale is held for review.' : `${count} sales are held for review.`),
  mail_stopped: () => 'E-mail does not reach the partner.',
  no_link: () => 'There is neither a link nor a code to share yet.',
  no_click: () => 'Nobody has followed a link yet.',
  no_sale: () => 'There is no sale yet.',
  quiet: ({ count }) => `No sale for ${count} days.`,
  silent: ({ count }) => `No sale for ${count} days.`,
  revenue_fell: ({ bps = 0 }) => `Revenue is ${percent(bps)} below the same days of last month.`,
  many_refunds: ({ bps = 0, usualBps = 0 }) =>
    `${percent(bps)} of the last two months' sales were refunded; in the programme ${percent(usualBps)}.`,
};

const WAITS: Readonly<Record<string, string>> = {
  payee_incomplete: 'An approved payout waits: nobody has said where to pay.',
  payee_changed: 'An approved payout waits: the bank details were changed after the approval.',
  payee_cooling_down: 'An approved payout waits until changed bank details have rested.',
  currency_unsupported: 'An approved payout waits: the way of being paid does not take its currency.',
};

/** A reason in words. */
export function tellReason(code: HealthReasonCode, severity: ReasonSeverity, named: Named): HealthReason {
  return { code, severity, text: WORDS[code](named) };
}

function on(day: string | undefined): string {
  return day === undefined ? '' : ` on ${day}`;
}

const BPS_A_PERCENT = 100;

function percent(bps: number): string {
  return `${Math.trunc((bps + BPS_A_PERCENT / 2) / BPS_A_PERCENT)} %`;
}
