import type * as z from 'zod';
import type { Tone } from '#console/ui/parts';
import type { disputeSchema } from '#shared/contracts/partners/dispute';
import type { holdSchema } from '#shared/contracts/referrals/hold';
import type { SignalCode } from '#shared/domain/fraud/fraud-signal';

export type Hold = z.output<typeof holdSchema>;
export type Dispute = z.output<typeof disputeSchema>;

export const BASE = '/console/programs/{programId}';
export const STAFF = ['partner_manager', 'finance', 'approver', 'admin'] as const;
export const CARE = ['partner_manager', 'admin'] as const;

/** What a signal is called, and what it means for whoever decides. */
export const SIGNALS: Readonly<Record<SignalCode, readonly [name: string, meaning: string]>> = {
  self_referral: ['Bought by the partner itself', 'The buyer looks like the partner: by its account or its device.'],
  same_payee_on_two_partners: [
    'Two partners, one account',
    'Another partner is, or was, paid into the same account: they may be one person.',
  ],
  velocity: ['Many sales in a short time', 'More sales than usual of this partner, customer or device.'],
  conversion_without_plausible_click: [
    'No plausible click',
    'The sale has no click before it, or came sooner after one than a person can buy.',
  ],
  paid_search_click: ['Came from a paid search', 'The click came from an advertisement, which your programme forbids.'],
  refund_rate: ['Many refunds', "An unusual share of the partner's sales was given back."],
};

export const HOLD_STATES: Readonly<Record<Hold['status'], readonly [Tone, string]>> = {
  open: ['attention', 'To decide'],
  escalated: ['bad', 'Overdue'],
  released: ['good', 'Released'],
  voided: ['plain', 'Voided'],
};

export const KINDS: Readonly<Record<Dispute['kind'], string>> = {
  missing: 'Commission is missing',
  incorrect: 'Commission is wrong',
  declined: 'Sale was declined wrongly',
};

/** What a dispute's state is called: to staff, who act on it. */
export const DISPUTE_STATES: Readonly<Record<Dispute['status'], readonly [Tone, string]>> = {
  open: ['attention', 'To answer'],
  escalated: ['bad', 'Overdue'],
  decided: ['info', 'Accepted, being carried out'],
  carried_out: ['good', 'Made good'],
  failed: ['bad', 'Could not be carried out: decide again'],
  declined: ['plain', 'Declined'],
  withdrawn: ['plain', 'Taken back'],
};

export const OUTCOMES = { accepted: 'Accepted', partly_accepted: 'Partly accepted', declined: 'Declined' } as const;
