import type * as z from 'zod';
import type { Tone } from '#console/ui/parts';
import type { Format } from '#functions/console/web/format';
import type { getPayoutRunRoute } from '#shared/contracts/payouts/runs/get-payout-run';
import type { payoutRunSchema } from '#shared/contracts/payouts/runs/payout-run';
import type { reviewedPartnerSchema, runReviewSchema } from '#shared/contracts/payouts/runs/run-review';
import type { PayoutRail } from '#shared/domain/ledger/payout';
import type { ReviewFlag, ReviewOutcome } from '#shared/domain/run/review';

export type Run = z.output<typeof payoutRunSchema>;
export type OwnRun = z.output<(typeof getPayoutRunRoute)['response']>;
export type Review = z.output<typeof runReviewSchema>;
export type ReviewCurrency = Review['currencies'][number];
export type ReviewedPartner = z.output<typeof reviewedPartnerSchema>;

type StatusWord = readonly [Tone, string];

const STATUSES: Readonly<Record<Run['status'], StatusWord>> = {
  open: ['info', 'Closing the month'],
  draining: ['info', 'Waiting for the last sales'],
  computing: ['info', 'Computing statements'],
  summarising: ['info', 'Adding up'],
  awaiting_decision: ['attention', 'Waiting for approval'],
  posting: ['info', 'Booking the statements'],
  submitting: ['info', 'Handing payouts over'],
  completed: ['good', 'Completed'],
  completed_with_failures: ['attention', 'Completed, some payouts need a look'],
  rejected: ['plain', 'Rejected'],
  expired: ['plain', 'Expired without a decision'],
  failed: ['bad', 'Stopped by a fault'],
};

/** A run's state as people say it. */
export function runStatus(run: Pick<Run, 'status' | 'approvals'>): StatusWord {
  if (run.status !== 'awaiting_decision') return STATUSES[run.status];
  if (isDecided(run)) {
    return isRejected(run) ? ['info', 'Rejected, being undone'] : ['info', 'Approved, about to be paid'];
  }
  return countingApprovals(run) > 0 ? ['attention', 'Waiting for a second approver'] : STATUSES.awaiting_decision;
}

const isRejected = ({ approvals }: Pick<Run, 'approvals'>): boolean =>
  approvals.given.some(({ decision }) => decision === 'reject');

/** The last decision is given and the run has not gone on yet: it takes a moment. */
export function isDecided(run: Pick<Run, 'status' | 'approvals'>): boolean {
  if (run.status !== 'awaiting_decision') return false;
  return isRejected(run) || countingApprovals(run) >= run.approvals.required;
}

/** Approvals that still count. */
export function countingApprovals({ approvals }: Pick<Run, 'approvals'>): number {
  return approvals.given.filter(({ decision, voidedBy }) => decision === 'approve' && voidedBy === undefined).length;
}

const COMPUTING = ['open', 'draining', 'computing', 'summarising'] as const;
const PAYING = ['posting', 'submitting'] as const;

export const isComputing = ({ status }: Pick<Run, 'status'>): boolean => COMPUTING.some((one) => one === status);
export const isPaying = ({ status }: Pick<Run, 'status'>): boolean => PAYING.some((one) => one === status);
export const isMoving = (run: Pick<Run, 'status' | 'approvals'>): boolean =>
  isComputing(run) || isPaying(run) || isDecided(run);

export type Step = { readonly name: string; readonly says: string; readonly state: 'done' | 'now' | 'next' };

const COMPUTING_STEPS = [
  ['open', 'Close the month', 'Whatever is recorded from now on counts for a later month.'],
  [
    'draining',
    'Wait for the last sales',
    'Sales that were on their way when the month closed are let in. This takes a minute or two.',
  ],
  [
    'computing',
    'Compute a statement for every partner',
    'Each sale, refund and correction of the month, by the terms in force at the time.',
  ],
  [
    'summarising',
    'Add up and compare',
    'Totals, what changed since last month, and what approvers should look at first.',
  ],
] as const;
const PAYING_STEPS = [
  ['posting', 'Book the statements', 'Every approved statement goes into the journal and the partner’s balance.'],
  ['submitting', 'Hand the payouts over', 'Bank files are written, other payouts go to their provider one by one.'],
] as const;

/** What a run has done, does now and will do. */
export function stepsOf({ status }: Pick<Run, 'status'>): readonly Step[] {
  const steps = COMPUTING.some((one) => one === status) ? COMPUTING_STEPS : PAYING_STEPS;
  const at = steps.findIndex(([one]) => one === status);
  return steps.map(([, name, says], index) => ({
    name,
    says,
    state: index < at ? 'done' : index === at ? 'now' : 'next',
  }));
}

const OUTCOMES: Readonly<Record<ReviewOutcome, readonly [Tone, string, string]>> = {
  pay: ['good', 'Paid', 'Handed over when the run is approved.'],
  held: ['attention', 'Held back', 'Somebody holds this partner’s payouts. The amount stays owed.'],
  payee_incomplete: ['attention', 'No bank details', 'The partner has not said where to pay. The amount stays owed.'],
  payee_cooling_down: [
    'attention',
    'New bank details resting',
    'Changed bank details rest before they are used. The amount stays owed.',
  ],
  currency_unsupported: [
    'attention',
    'Currency not possible',
    'The way this partner is paid does not take the currency.',
  ],
  amount_above_rail_limit: [
    'attention',
    'Above the provider’s limit',
    'The way this partner is paid takes no amount this large.',
  ],
  rail_not_set_up: ['attention', 'Way of paying not set up', 'The programme has not set up this way of paying yet.'],
  negative_balance: ['info', 'Partner owes', 'More was taken back than earned. The next months make up for it.'],
  below_minimum: ['plain', 'Below the minimum', 'Carried forward until it reaches the minimum payout.'],
  nothing_due: ['plain', 'Nothing due', 'Nothing was earned and nothing is owed.'],
};

export const outcomeWord = (outcome: ReviewOutcome): readonly [Tone, string] => [
  OUTCOMES[outcome][0],
  OUTCOMES[outcome][1],
];
export const outcomeMeaning = (outcome: ReviewOutcome): string => OUTCOMES[outcome][2];
export const OUTCOME_OPTIONS = Object.entries(OUTCOMES).map(([value, [, word]]) => [value, word] as const);

const FLAGS: Readonly<Record<ReviewFlag, readonly [string, string]>> = {
  new_payee: ['First payment to these details', 'Never paid to these bank details before.'],
  payee_changed: ['Bank details changed', 'Paid to other bank details before.'],
  amount_changed: ['Amount changed a lot', 'Earned much more or less than last month.'],
  negative_balance: ['Partner owes', 'The balance is below zero.'],
  standing_hold: ['Held by somebody', 'A hold on this partner’s payouts was in force.'],
  open_dispute: ['Open dispute', 'The partner disputes something that is not decided yet.'],
  sales_held: ['Sales on hold', 'Sales wait for a fraud review and earn nothing in this run.'],
  waiting_payouts: ['Older payouts waiting', 'Payouts of earlier runs are paid with this one.'],
  changed_since_attempt: [
    'Changed since the last attempt',
    'Other amounts, outcome or bank details than in the attempt before.',
  ],
};

export const flagWord = (flag: ReviewFlag): string => FLAGS[flag][0];
export const flagMeaning = (flag: ReviewFlag): string => FLAGS[flag][1];
export const FLAG_OPTIONS = Object.entries(FLAGS).map(([value, [word]]) => [value, word] as const);

const RAILS: Readonly<Record<PayoutRail, string>> = {
  bank_file: 'Bank transfer (file)',
  nacha: 'US bank transfer (Nacha file)',
  stripe: 'Stripe',
  paypal: 'PayPal',
  sandbox: 'Trial (moves no money)',
};

export const railWord = (rail: PayoutRail): string => RAILS[rail];

export const partnersWord = (count: number, format: Format): string =>
  `${format.count(count)} ${count === 1 ? 'partner' : 'partners'}`;

/**
 * What an approval does, in one sentence: the one above the button, or as somebody reads it who does not decide.
 * `currencies` are the review's, with what holds leave.
 */
export function approvalSentence(
  currencies: readonly ReviewCurrency[],
  period: string,
  format: Format,
  by: 'you' | 'anybody' = 'you',
): string {
  const paid = currencies.filter((one) => paidIn(one).payouts > 0);
  const month = format.period(period);
  if (paid.length === 0) {
    return `${by === 'you' ? 'You approve' : 'An approval makes final'} the statements of ${month}; nothing is paid out.`;
  }
  const isOne = paid.length === 1;
  const amounts = paid.map((one) => {
    const { payMinor, partners } = paidIn(one);
    const words = `${format.amount(payMinor, one.currency)} to ${partnersWord(partners, format)}`;
    return isOne || !heldIn(one) ? words : `${words} (${format.count(heldIn(one))} held back)`;
  });
  const held = isOne && paid[0] ? heldIn(paid[0]) : 0;
  const heldWords = held === 0 ? '' : `; ${format.count(held)} ${held === 1 ? 'is' : 'are'} held back`;
  return `${by === 'you' ? 'You approve paying' : 'An approval pays'} ${format.list(amounts)} for ${month}${heldWords}.`;
}

const heldIn = ({ withHolds }: ReviewCurrency): number => withHolds?.heldPartners ?? 0;

/** What an approval pays in a currency, with what holds leave. */
export function paidIn({ withHolds, payMinor, payouts, outcomes }: ReviewCurrency): {
  readonly payMinor: number;
  readonly payouts: number;
  readonly partners: number;
} {
  return withHolds ?? { payMinor, payouts, partners: outcomes.find(({ outcome }) => outcome === 'pay')?.count ?? 0 };
}

/** The hash in groups of eight, as people compare digits. */
export const hashGroups = (hash: string): string => hash.match(/.{1,8}/g)?.join(' ') ?? hash;

/** What the amount of a review is by now: to be decided, approved, or what would have been paid. */
export function payLabel(run: Pick<Run, 'status' | 'approvals'>): string {
  if (run.status === 'awaiting_decision' && !isDecided(run)) return 'To pay';
  return isRejected(run) || countingApprovals(run) < run.approvals.required ? 'Would have paid' : 'Approved to pay';
}

export type NamedPayout = {
  readonly payoutId: string;
  readonly partnerId: string;
  readonly status: 'failed' | 'returned' | 'unknown';
};

/** The payouts that a run's fault names (`2 payouts: po~2026-01.1~p2~GBP returned, ... and 3 more`), and how many it does not name. */
export function namedPayouts(reason: string): { readonly payouts: readonly NamedPayout[]; readonly more: number } {
  const payouts = [...reason.matchAll(/(po~[^~\s]+~([^\s]+)~[A-Z]{3}) (failed|returned|unknown)/g)].map(
    ([, payoutId = '', partnerId = '', status]) => ({ payoutId, partnerId, status: status as NamedPayout['status'] }),
  );
  return { payouts, more: Number(/ and (\d+) more$/.exec(reason)?.[1] ?? 0) };
}
