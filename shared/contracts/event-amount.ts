/** An amount as events carry it: JSON integers. Exact, because what no answer can state exactly is not stored. */
export function eventAmount(
  amountMinor: bigint,
  currency: string,
): { readonly minor: number; readonly currency: string } {
  return { minor: Number(amountMinor), currency };
}
