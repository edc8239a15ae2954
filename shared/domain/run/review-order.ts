import { compareText } from '../time/instant.ts';
import { dueMinor, payoutsOf, type ReviewRow } from './review.ts';

/** By partner id as the review keeps them; by what is due; by how far earned is from the month before. */
export const REVIEW_ORDERS = ['partner', 'due', 'change'] as const;
export type ReviewOrder = (typeof REVIEW_ORDERS)[number];

type Earned = Pick<ReviewRow, 'statement' | 'before'>;

/** Earned against the month before; `undefined` in a programme's first month. */
export function earnedChangeMinor({ statement, before }: Earned): bigint | undefined {
  return before && (statement?.earnedMinor ?? 0n) - before.earnedMinor;
}

/** The largest first; equals by partner and currency, so that the order is the same for ever. */
export function compareRows(order: Exclude<ReviewOrder, 'partner'>): (a: ReviewRow, b: ReviewRow) => number {
  const weight = (row: ReviewRow): bigint => (order === 'due' ? dueMinor(row) : distance(row));
  return (a, b) => {
    const [left, right] = [weight(a), weight(b)];
    if (left !== right) return left > right ? -1 : 1;
    return compareText(a.partnerId, b.partnerId) || compareText(a.currency, b.currency);
  };
}

function distance(row: Earned): bigint {
  const change = earnedChangeMinor(row) ?? 0n;
  return change < 0n ? -change : change;
}

export type HeldBack = { readonly heldPartners: number; readonly heldPayouts: number; readonly heldMinor: bigint };

/** By currency, what a decision keeps back that holds these rows' partners: only what would have been paid counts. */
export function tallyHolds(rows: Iterable<ReviewRow>, holds: ReadonlySet<string>): ReadonlyMap<string, HeldBack> {
  const tally = new Map<string, HeldBack>();
  for (const row of rows) {
    if (row.outcome !== 'pay' || !holds.has(row.partnerId)) continue;
    const before = tally.get(row.currency) ?? { heldPartners: 0, heldPayouts: 0, heldMinor: 0n };
    tally.set(row.currency, {
      heldPartners: before.heldPartners + 1,
      heldPayouts: before.heldPayouts + payoutsOf(row),
      heldMinor: before.heldMinor + dueMinor(row),
    });
  }
  return tally;
}
