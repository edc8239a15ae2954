import type * as z from 'zod';
import type { journalEntrySchema } from '#shared/contracts/payouts/ledger/journal-entry';
import {
  CASH,
  ENTRY_KINDS,
  EXPENSE_COMMISSION,
  EXPENSE_WRITE_OFF,
  PAYOUTS_IN_TRANSIT,
  partnerOfAccount,
} from '#shared/domain/ledger/journal';

export type Entry = z.output<typeof journalEntrySchema>;
type Kind = Entry['kind'];

const KINDS: Readonly<Record<Kind, readonly [string, string]>> = {
  statement: ['Statement posted', 'What a month’s statement added to or took from what is owed to the partner.'],
  submission: ['Payout submitted', 'The amount left what is owed and is on its way to the partner.'],
  settlement: ['Payout settled', 'The money left the account: the payout arrived.'],
  failure: ['Payout failed', 'The payout was taken back before it arrived; the amount is owed again.'],
  return: ['Payout returned', 'The money came back after it had arrived; the amount is owed again.'],
};

export const kindWord = (kind: Kind): string => KINDS[kind][0];
export const kindMeaning = (kind: Kind): string => KINDS[kind][1];
export const KIND_OPTIONS = [
  ['', 'Everything'],
  ...ENTRY_KINDS.map((kind) => [kind, KINDS[kind][0]] as const),
] as const;

const ACCOUNTS: Readonly<Record<string, readonly [string, string]>> = {
  [CASH]: ['Cash', 'Money that left for partners and arrived.'],
  [PAYOUTS_IN_TRANSIT]: ['Payouts in transit', 'Handed to a bank or provider, arrival not confirmed yet.'],
  [EXPENSE_COMMISSION]: ['Commission', 'What partners earned, less what was taken back.'],
  [EXPENSE_WRITE_OFF]: ['Written off', 'What partners owed and was given up.'],
};

export const HOUSE_ACCOUNTS = [PAYOUTS_IN_TRANSIT, CASH, EXPENSE_COMMISSION, EXPENSE_WRITE_OFF];
export const accountMeaning = (account: string): string => ACCOUNTS[account]?.[1] ?? 'What is owed to the partner.';

/** What an account is called; of a partner's the partner. */
export function accountWord(account: string, partnerName: (partnerId: string) => string): string {
  const partnerId = partnerOfAccount(account);
  return partnerId === undefined ? (ACCOUNTS[account]?.[0] ?? account) : `Owed to ${partnerName(partnerId)}`;
}

export const ACCOUNT_OPTIONS = [
  ['', 'All accounts'],
  ...HOUSE_ACCOUNTS.map((account) => [account, ACCOUNTS[account]?.[0] ?? account] as const),
] as const;
