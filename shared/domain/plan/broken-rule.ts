import { BASIS_POINTS } from '../money/money.ts';

/** One broken rule: where (JSON pointer, RFC 6901) and what has to hold there. */
export type BrokenRule = { readonly pointer: string; readonly rule: string };

export function checkRate(rateBps: number, pointer: string): readonly BrokenRule[] {
  if (Number.isInteger(rateBps) && rateBps >= 0 && rateBps <= Number(BASIS_POINTS)) return [];
  return [{ pointer, rule: `must be a whole number of basis points from 0 to ${BASIS_POINTS}` }];
}
