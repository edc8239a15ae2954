import type { JSX } from 'preact';
import { Table } from '#console/ui/parts';
import type { Visit } from '#functions/console/web/page';
import type { Component } from './component-words.ts';

type Row = { readonly what: string; readonly pays: string };

/** Every rate and amount of a component, a row each. */
export function RateTable({
  visit,
  component,
}: {
  readonly visit: Pick<Visit, 'programme' | 'format'>;
  readonly component: Component;
}): JSX.Element {
  return (
    <Table
      caption={`Rates and amounts of ${component.id}`}
      rows={rowsOf(component, visit)}
      keyOf={({ what }) => what}
      columns={[
        { label: 'What', cell: ({ what }) => what },
        { label: 'Pays', isNumber: true, cell: ({ pays }) => pays },
      ]}
    />
  );
}

function rowsOf(component: Component, { programme, format }: Pick<Visit, 'programme' | 'format'>): readonly Row[] {
  const currency = component.currency ?? programme.currency;
  const amount = (minor: number): string => format.amount(minor, currency);
  const row = (what: string, pays: string): Row => ({ what, pays });
  const limit = (what: string, minor: number | undefined): readonly Row[] =>
    minor === undefined ? [] : [row(what, amount(minor))];
  if (component.kind === 'fixed_fee') return [row('Each month', amount(component.amountMinor))];
  if (component.kind === 'minimum_commitment') return [row('Each month at the least', amount(component.amountMinor))];
  const caps = [
    ...limit('At most for a customer in a month', component.capPerCustomerMinor),
    ...limit('At most in a month', component.capPerPeriodMinor),
  ];
  if (component.kind === 'referral_fee') return [row('Each new customer', amount(component.amountMinor)), ...caps];
  const { ratesByTier, brackets = [], rates = [], metric, windowMonths } = component;
  const bound = (upTo: number): string => (metric === 'conversions' ? format.count(upTo) : amount(upTo));
  const unit = metric === 'conversions' ? ' sales' : '';
  return [
    ...Object.entries(ratesByTier ?? {}).map(([tier, bps]) => row(`Sales as ${tier}`, format.percent(bps))),
    ...brackets.map(({ upTo, rateBps }, at) => {
      const below = brackets[at - 1]?.upTo;
      const from = typeof below === 'number' ? `above ${bound(below)}${unit}` : 'from the first';
      return row(
        upTo === null ? `${from}, without end` : `${from} up to ${bound(upTo)}${unit}`,
        format.percent(rateBps),
      );
    }),
    ...rates.map(({ category, country, tier, rateBps }) => {
      const named = [category && `category ${category}`, country && `country ${country}`, tier && `as ${tier}`];
      return row(named.filter(Boolean).join(', '), format.percent(rateBps));
    }),
    ...(windowMonths === undefined
      ? []
      : [row('For so many months from a customer’s first purchase', format.count(windowMonths))]),
    ...caps,
  ];
}
