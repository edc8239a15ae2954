import type { Currency } from '../money/money.ts';
import { compareText, type Instant } from '../time/instant.ts';
import type { RunAnomaly } from './payout-run.ts';

/** No more than a person reads; the list of holds has the rest. */
const MAX_HELD = 50;

type Held = {
  readonly partnerIds: readonly string[];
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly reasons: readonly string[];
};

/**
 * By partner and currency, what waits for a decision on its hold and so earns nothing in this run: how many sales, their sum,
 * and the codes of the signals. Of a split sale each partner shows the whole. Those with most sales first.
 */
export function heldAnomalies(held: readonly Held[]): readonly RunAnomaly[] {
  const sums = new Map<
    string,
    { partnerId: string; currency: Currency; count: number; amountMinor: bigint; codes: Set<string> }
  >();
  for (const { partnerIds, currency, amountMinor, reasons } of held) {
    for (const partnerId of partnerIds) {
      const key = `${currency} ${partnerId}`;
      const sum = sums.get(key) ?? { partnerId, currency, count: 0, amountMinor: 0n, codes: new Set<string>() };
      sums.set(key, sum);
      sum.count += 1;
      sum.amountMinor += amountMinor;
      for (const code of reasons) sum.codes.add(code);
    }
  }
  return [...sums.values()]
    .sort((a, b) => b.count - a.count || compareText(a.partnerId, b.partnerId) || compareText(a.currency, b.currency))
    .slice(0, MAX_HELD)
    .map(({ codes, ...sum }) => ({ kind: 'sales_held' as const, ...sum, reasons: [...codes].sort(compareText) }));
}

/**
 * By partner, the codes of what the daily review found of it since `since`, when the run before was opened: the approvers
 * decide whether its payout is held back.
 */
export function flaggedAnomalies(
  found: readonly { readonly partnerId: string; readonly code: string; readonly foundAt: Instant }[],
  currency: Currency,
  since: Instant,
): readonly RunAnomaly[] {
  const codes = new Map<string, string[]>();
  for (const { partnerId, code, foundAt } of found) {
    if (foundAt >= since) codes.set(partnerId, [...(codes.get(partnerId) ?? []), code]);
  }
  return [...codes]
    .sort(([a], [b]) => compareText(a, b))
    .slice(0, MAX_HELD)
    .map(([partnerId, reasons]) => ({ kind: 'partner_flagged' as const, currency, partnerId, reasons }));
}
