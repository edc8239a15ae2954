import type * as z from 'zod';
import type { Tone } from '#console/ui/parts';
import type { shownPayoutSchema } from '#shared/contracts/payouts/paying/get-payout';
import type { payoutSchema } from '#shared/contracts/payouts/paying/list-payouts';
import type { payoutResolutionSchema } from '#shared/contracts/payouts/paying/payout-resolution';
import type { BlockedReason } from '#shared/domain/ledger/payout';
import type { ResolvedOutcome } from '#shared/domain/ledger/payout-resolution';

export type Payout = z.output<typeof payoutSchema>;
export type ShownPayout = z.output<typeof shownPayoutSchema>;
export type Change = ShownPayout['history'][number];
export type Resolution = z.output<typeof payoutResolutionSchema>;
type Status = Payout['status'];

const STATUSES: Readonly<Record<Status, readonly [Tone, string]>> = {
  created: ['attention', 'Waiting'],
  submitting: ['info', 'Being handed over'],
  submitted: ['info', 'On its way'],
  unknown: ['bad', 'No answer yet'],
  settled: ['good', 'Paid'],
  failed: ['bad', 'Refused'],
  returned: ['bad', 'Sent back'],
};

const BLOCKED: Readonly<Record<BlockedReason, string>> = {
  payee_incomplete: 'Waiting for bank details',
  payee_changed: 'Waiting: bank details changed',
  payee_cooling_down: 'Waiting: new bank details rest',
  currency_unsupported: 'Waiting: currency not possible',
  rail_not_set_up: 'Waiting: way of paying not set up',
  held: 'Held back',
  amount_above_rail_limit: 'Waiting: above the provider’s limit',
};

/** A payout's state as people say it. */
export function payoutStatus({
  status,
  blockedReason,
}: Pick<Payout, 'status' | 'blockedReason'>): readonly [Tone, string] {
  if (status === 'created' && blockedReason) return ['attention', BLOCKED[blockedReason]];
  return STATUSES[status];
}

export const statusWord = (status: Status): string => STATUSES[status][1];

/** What each state means and what is done about it. */
const MEANINGS: Readonly<Record<Status, string>> = {
  created: 'It was approved and not handed over yet. The next approved run takes it along.',
  submitting: 'It is being handed over; this takes moments.',
  submitted: 'It was handed over. The bank’s report or the provider says when it has arrived.',
  unknown:
    'It was sent and no answer came back, so nobody knows yet whether the provider has it. Ask the provider; it is never sent under another key.',
  settled: 'The money has arrived.',
  failed: 'It was refused, and no money moved. The amount is owed again, and the next approved run pays it.',
  returned: 'The money came back. The amount is owed again, and the next approved run pays it.',
};
export const statusMeaning = (status: Status): string => MEANINGS[status];

/** The lists by state, in the order in which they need somebody. */
export const PAYOUT_TABS = [
  [undefined, 'All', 'Payouts appear here when a run is approved.'],
  ['unknown', 'No answer', 'Every payout that was sent has an answer.'],
  ['returned', 'Sent back', 'No money came back.'],
  ['failed', 'Refused', 'No payout was refused.'],
  ['created', 'Waiting', 'No payout waits for bank details, a hold or the next run.'],
  ['submitted', 'On its way', 'No payout is between us and a bank.'],
  ['settled', 'Paid', 'No payout is known to have arrived yet.'],
] as const satisfies readonly (readonly [Status | undefined, string, string])[];

const STEPS: Readonly<Record<string, string>> = {
  claim: 'Taken by the run to be handed over',
  keep_back: 'Kept back',
  accepted: 'Accepted by the bank or provider',
  rejected: 'Refused',
  ask_again: 'Offered again with the same key',
  no_answer: 'Sent; no answer came back',
  settled: 'Arrived',
  failed: 'Failed after it was accepted',
  returned: 'Sent back',
};
export const stepWord = (step: string): string => STEPS[step] ?? step.replaceAll('_', ' ');

const RESOLVED: Readonly<Record<ResolvedOutcome, readonly [string, string]>> = {
  settled: ['It arrived', 'The partner has the money.'],
  submitted: ['It was accepted', 'The bank or provider has it, and it is on its way.'],
  returned: ['It came back', 'The money is with us again; the amount is owed, and the next approved run pays it.'],
  failed: ['It never left', 'No money moved; the amount is owed, and the next approved run pays it.'],
};
export const resolvedWord = (outcome: ResolvedOutcome): string => RESOLVED[outcome][0];
export const resolvedMeaning = (outcome: ResolvedOutcome): string => RESOLVED[outcome][1];
export const RESOLVED_OPTIONS = Object.entries(RESOLVED).map(
  ([value, [word, meaning]]) => [value, word, meaning] as const,
);

const ANSWERS: Readonly<Record<string, string>> = {
  never_seen: 'The provider has never seen it. The next approved run offers it again with the same key.',
  accepted: 'The provider has it; it is on its way.',
  settled: 'The provider says that it arrived.',
  failed: 'The provider says that it failed. The amount is owed again.',
  returned: 'The provider says that it came back. The amount is owed again.',
  unknown: 'The provider gave no clear answer. Ask again later.',
};
export const answerWord = (answer: string): string => ANSWERS[answer] ?? answer;

/** Whether its rail can be asked at all: a bank file answers by the bank's reports alone. */
export function canAskRail({ rail, status }: Pick<Payout, 'rail' | 'status'>): boolean {
  return (
    rail !== undefined &&
    rail !== 'bank_file' &&
    rail !== 'nacha' &&
    ['submitting', 'unknown', 'submitted'].includes(status)
  );
}

/** Whether evidence of people may move it now, as far as its state says; the API decides. */
export function canResolve({ status }: Pick<Payout, 'status'>): boolean {
  return status === 'submitted' || status === 'unknown' || status === 'settled' || status === 'submitting';
}
