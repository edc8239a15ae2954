import { compareText } from '../time/instant.ts';
import { BASIS_POINTS, divideHalfEven } from './money.ts';

/** How many partners may have part of one sale: all that is written of it commits in one transaction. */
export const MIN_CREDITS = 2;
export const MAX_CREDITS = 5;

/** What one partner has of a split sale, in basis points of it. */
export type CreditShare = { readonly partnerId: string; readonly shareBps: number };

/** One part of a split sale: the shares of all its parts, in order, and which of them this one is, from 0. */
export type Credit = { readonly sharesBps: readonly number[]; readonly part: number };

/** The shares in the one order that rounding follows, whatever order they were sent in: by partner id. */
export function inCreditOrder<S extends CreditShare>(credits: readonly S[]): readonly S[] {
  return [...credits].sort((a, b) => compareText(a.partnerId, b.partnerId));
}

/**
 * Splits an amount above or at zero by shares that come to 10000 basis points. What the first n partners have together is
 * rounded half to even out of what the first n + 1 have, from the whole downwards, so that the parts add up exactly. As the
 * amount grows no part ever shrinks: of what is refunded so far each part is at most what it was of the sale, and all of it
 * once the sale is refunded whole (shared/domain/README.md, rule 14).
 */
export function splitAmount(amountMinor: bigint, sharesBps: readonly number[]): readonly bigint[] {
  if (amountMinor < 0n) throw new RangeError(`${amountMinor} cannot be split: it is below zero`);
  let togetherBps = sharesBps.reduce((sum, share) => sum + BigInt(share), 0n);
  if (togetherBps !== BASIS_POINTS) throw new RangeError(`shares of ${togetherBps} basis points are not a whole`);
  let togetherMinor = amountMinor;
  const parts: bigint[] = [];
  for (const share of [...sharesBps].reverse()) {
    const othersBps = togetherBps - BigInt(share);
    const othersMinor = divideHalfEven(togetherMinor * othersBps, togetherBps);
    parts.unshift(togetherMinor - othersMinor);
    togetherBps = othersBps;
    togetherMinor = othersMinor;
  }
  return parts;
}

/** One part of an amount; the whole of it where nothing is split. Minor units, half to even. */
export function partOf(amountMinor: bigint, credit: Credit | undefined): bigint {
  if (credit === undefined) return amountMinor;
  const part = splitAmount(amountMinor, credit.sharesBps)[credit.part];
  if (part === undefined) throw new RangeError(`there is no part ${credit.part} of ${credit.sharesBps.length}`);
  return part;
}

/** The share of one part, in basis points. */
export function shareBpsOf({ sharesBps, part }: Credit): number {
  return sharesBps[part] ?? 0;
}
