import type { Currency } from '../money/money.ts';
import type { Credit, CreditShare } from '../money/split-credit.ts';
import { shareBpsOf } from '../money/split-credit.ts';
import { money } from './explain-words.ts';

const BPS_A_PERCENT = 100;

const percent = (shareBps: number): string => `${shareBps / BPS_A_PERCENT} %`;

/** Who has what of a split sale, for staff. */
export function splitSentence(credits: readonly CreditShare[]): string {
  const shares = credits.map(({ partnerId, shareBps }) => `${partnerId} ${percent(shareBps)}`);
  return `The merchant split this sale between ${credits.length} partners: ${shares.join(', ')}.`;
}

/** What one partner has of it, without the others. */
export function partSentence(
  partnerId: string,
  credit: Credit,
  part: { readonly amountMinor: bigint; readonly currency: Currency },
): string {
  const share = percent(shareBpsOf(credit));
  const amount = money(part.amountMinor, part.currency);
  return `The merchant split this sale between ${credit.sharesBps.length} partners: partner ${partnerId} has ${share} of it, ${amount}, and as much of each refund.`;
}
