import type * as z from 'zod';
import type { Tone } from '#console/ui/parts';
import type { listConversionsRoute } from '#shared/contracts/referrals/list-conversions';

export type Sale = z.output<typeof listConversionsRoute.response>['items'][number];

const NOTHING: Readonly<Record<string, string>> = {
  fraud_hold: 'Under review',
  fraud_void: 'Not accepted after review',
  self_referral: 'Own purchase',
  existing_customer: 'Customer was not new',
};

/** Where a sale stands, in a word; the reasons are those of design.md, Attribution. */
export function saleState({
  outcome,
  earnsNothing,
  refundedMinor,
  amount,
  reattributed,
}: Sale): readonly [Tone, string] {
  if (reattributed === 'given_away') return ['plain', 'Given to another partner'];
  if (reattributed === 'decided_later') return ['info', 'Counts in a later month'];
  if (earnsNothing === 'fraud_hold') return ['attention', NOTHING.fraud_hold ?? ''];
  if (outcome === 'earns_nothing') return ['plain', NOTHING[earnsNothing ?? ''] ?? 'Earns nothing'];
  if (outcome === 'unattributed') return ['plain', 'No partner'];
  if (refundedMinor >= amount.minor && amount.minor > 0) return ['bad', 'Refunded'];
  if (refundedMinor > 0) return ['attention', 'Partly refunded'];
  return ['good', 'Counts'];
}

/** The month before or after, for stepping through a list. @param period `YYYY-MM` */
export function monthBeside(period: string, step: 1 | -1): string {
  const [year = 0, month = 1] = period.split('-').map(Number);
  const months = year * 12 + (month - 1) + step;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

/** What a browser without a month field sends may be anything. */
export function readPeriod(text: string | null): string | undefined {
  return text !== null && /^(19|20)\d{2}-(0[1-9]|1[0-2])$/.test(text) ? text : undefined;
}
