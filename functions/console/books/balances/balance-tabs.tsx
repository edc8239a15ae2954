import type { JSX } from 'preact';
import { Tabs } from '#console/ui/parts';

type Current = 'accounts' | 'partners' | 'owing';

/** The three ways to look at balances. */
export function BalanceTabs({ base, current }: { readonly base: string; readonly current: Current }): JSX.Element {
  return (
    <Tabs
      label="Balances"
      tabs={[
        ['Accounts', `${base}/balances`, current === 'accounts'],
        ['By partner', `${base}/balances/partners`, current === 'partners'],
        ['Partners who owe', `${base}/balances/owing`, current === 'owing'],
      ]}
    />
  );
}
