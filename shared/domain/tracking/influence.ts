import { compareText } from '../time/instant.ts';
import type { WeighedTouch } from './attribution.ts';

/** A partner's share of a sale in the linear view. Never paid. */
export type Influence = { readonly partnerId: string; readonly amountMinor: bigint };

/**
 * The linear view of a sale: equal shares of `amountMinor` among the distinct partners whose touches counted, whoever won.
 * A binding is no touch: nobody came through a partner by it. Without a touch that counts there is no share.
 * Minor units; the n-th partner (by id) has floor(amount x n / count) less what those before it have, so that shares
 * differ by one unit at most and add up to the sale. Source: design.md, Tracking.
 */
export function influenceOf(touches: readonly WeighedTouch[], amountMinor: bigint): readonly Influence[] {
  const counted = touches.filter(({ kind, outcome }) => kind !== 'binding' && outcome !== 'rejected');
  const partnerIds = [...new Set(counted.flatMap(({ partnerId }) => partnerId ?? []))].sort(compareText);
  const count = BigInt(partnerIds.length);
  const upTo = (position: number): bigint => (amountMinor * BigInt(position)) / count;
  return partnerIds.map((partnerId, index) => ({ partnerId, amountMinor: upTo(index + 1) - upTo(index) }));
}
