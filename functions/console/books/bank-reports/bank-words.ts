import type * as z from 'zod';
import type { Tone } from '#console/ui/parts';
import type { bankEntrySchema, bankReportSchema } from '#shared/contracts/payouts/bank-reports/bank-report';

export type BankEntry = z.output<typeof bankEntrySchema>;
export type BankReport = z.output<typeof bankReportSchema>;

const STATES: Readonly<Record<BankEntry['status'], readonly [Tone, string]>> = {
  booking: ['info', 'Being booked'],
  booked: ['good', 'Booked'],
  no_change: ['plain', 'Says nothing new'],
  awaiting_confirmation: ['attention', 'Waiting for a second person'],
  confirmed: ['info', 'Confirmed, being booked'],
  unmatched: ['attention', 'Matches no payout'],
  handled: ['plain', 'Handled'],
};
export const entryState = ({ status }: Pick<BankEntry, 'status'>): readonly [Tone, string] => STATES[status];

const SAYS: Readonly<Record<BankEntry['says'], string>> = {
  settled: 'Paid',
  rejected: 'Rejected',
  returned: 'Came back',
  in_progress: 'Still under way',
  notice: 'Paid, but something must be corrected',
  other: 'No answer to a payment',
};
export const bankSays = (says: BankEntry['says']): string => SAYS[says];

const RULES: Readonly<Record<NonNullable<BankEntry['rule']>, string>> = {
  no_reference: 'It names no payment.',
  unknown_reference: 'It names a payment that is not known here.',
  unknown_file: 'It names a file that is not known here.',
  not_a_payment_of_ours: 'It is no payment of this programme.',
  not_by_file: 'The payout it names was not sent by a bank file.',
  not_handed_over: 'The payout it names was not handed to the bank yet.',
  amount_unreadable: 'Its amount cannot be read.',
  amount_differs: 'Its amount is not the payout’s.',
  currency_differs: 'Its currency is not the payout’s.',
  batch_differs: 'Its sum is not the file’s.',
  contradicts_payout: 'It contradicts what is known of the payout.',
  booked_twice: 'The bank booked the payment twice.',
  notification_of_change: 'The bank asks for corrected bank details.',
  declined: 'Somebody declined to believe it.',
};
export const ruleWords = (rule: BankEntry['rule']): string | undefined => rule && RULES[rule];

const OUTCOMES = {
  settled: 'is settled',
  failed: 'fails, and is owed again',
  returned: 'came back, and is owed again',
};
export const outcomeWords = (outcome: NonNullable<BankEntry['outcome']>): string => OUTCOMES[outcome];
