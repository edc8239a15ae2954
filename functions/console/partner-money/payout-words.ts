import type * as z from 'zod';
import type { Tone } from '#console/ui/parts';
import type { payoutSchema } from '#shared/contracts/payouts/paying/list-payouts';
import type { PayoutRail } from '#shared/domain/ledger/payout';

export type Payout = z.output<typeof payoutSchema>;

/** What a payout's status means to who waits for the money. */
export function payoutForPartner({ status, blockedReason, waitsFor }: Payout): readonly [Tone, string] {
  switch (status) {
    case 'created':
      if (blockedReason !== undefined) return ['attention', 'Waits for something'];
      return waitsFor ? ['info', 'Goes with the next payment'] : ['info', 'Approved, about to be sent'];
    case 'submitting':
      return ['info', 'Being sent'];
    case 'submitted':
      return ['info', 'On its way'];
    case 'unknown':
      return ['attention', 'Being looked into'];
    case 'settled':
      return ['good', 'Paid'];
    case 'failed':
      return ['bad', 'Could not be paid'];
    case 'returned':
      return ['bad', 'Came back'];
  }
}

const RAILS: Readonly<Record<PayoutRail, string>> = {
  bank_file: 'Bank account (IBAN)',
  nacha: 'US bank account',
  stripe: 'Stripe account',
  paypal: 'PayPal',
  sandbox: 'Trial rail (no money moves)',
};

export const railName = (rail: PayoutRail): string => RAILS[rail];
