import type * as z from 'zod';
import type { Format } from '#functions/console/web/format';
import type { funnelSchema } from '#shared/contracts/payouts/figures/get-funnel';
import type { monthSoFarSchema } from '#shared/contracts/payouts/figures/get-month-so-far';

type Statement = z.output<typeof monthSoFarSchema>['statements'][number];
type Way = Statement['ways'][number];
export type Funnel = z.output<typeof funnelSchema>;

const KINDS: Readonly<Record<Way['kind'], string>> = {
  revenue_share: 'Share of sales',
  referral_fee: 'Fee for new customers',
  fixed_fee: 'Fixed amount',
  minimum_commitment: 'Guarantee',
};

export const wayName = ({ kind }: Pick<Way, 'kind'>): string => KINDS[kind];

/** `3 sales: by "share" ...`; of one reason with its count. */
export function nothingWords({ count, sentence }: Statement['nothing'][number], format: Format): string {
  return `${format.count(count)} ${count === 1 ? 'sale' : 'sales'}. ${sentence}`;
}

/** How a number compares with the one before: `12 more than before`, for who cannot see an arrow. */
export function comparedWith(now: number, before: number, format: Format): string {
  if (now === before) return before === 0 ? 'none before either' : 'as many as before';
  const difference = format.count(Math.abs(now - before));
  return now > before ? `${difference} more than before` : `${difference} fewer than before`;
}

/** What a tier is called: `programme_partner` reads as two words. */
export function tierName(tier: string): string {
  const words = tier.replaceAll(/[_-]+/g, ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** How much of a condition is there, in basis points of what is wanted. */
export function doneBps(found: number, wanted: number): number {
  if (wanted <= 0) return 10_000;
  return Math.max(0, Math.min(10_000, Math.floor((found * 10_000) / wanted)));
}
