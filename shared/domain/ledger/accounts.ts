import type { Currency } from '../money/money.ts';
import { compareText } from '../time/instant.ts';
import { type JournalEntry, partnerOfAccount } from './journal.ts';

/** The accounts of all partners as one. */
export const ALL_PAYABLES = 'partner:*:payable';

type Sums = { readonly account: string; readonly currency: Currency; debitMinor: bigint; creditMinor: bigint };
type Line = Readonly<Sums> & { readonly balanceMinor: bigint; readonly partners?: number | undefined };

/**
 * What each account comes to, by currency, debits positive: in each currency all accounts together come to zero, because every
 * entry does (journal.ts). Memory grows with the partners, not with the entries.
 */
export function makeAccountsFold(): {
  readonly add: (entry: JournalEntry) => void;
  readonly entries: () => number;
  /** By currency, then account. */
  readonly balances: () => readonly Line[];
} {
  const sums = new Map<string, Sums>();
  const partners = new Map<Currency, Set<string>>();
  let entries = 0;
  return {
    add: ({ currency, postings }) => {
      entries += 1;
      for (const { account: posted, amountMinor } of postings) {
        const partnerId = partnerOfAccount(posted);
        const account = partnerId === undefined ? posted : ALL_PAYABLES;
        if (partnerId !== undefined) partners.set(currency, (partners.get(currency) ?? new Set()).add(partnerId));
        const key = `${currency} ${account}`;
        const sum = sums.get(key) ?? { account, currency, debitMinor: 0n, creditMinor: 0n };
        if (amountMinor > 0n) sum.debitMinor += amountMinor;
        else sum.creditMinor -= amountMinor;
        sums.set(key, sum);
      }
    },
    entries: () => entries,
    balances: () =>
      [...sums.values()]
        .sort((a, b) => compareText(a.currency, b.currency) || compareText(a.account, b.account))
        .map((sum) => ({
          ...sum,
          balanceMinor: sum.debitMinor - sum.creditMinor,
          ...(sum.account === ALL_PAYABLES ? { partners: partners.get(sum.currency)?.size ?? 0 } : {}),
        })),
  };
}
