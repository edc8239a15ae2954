import { decimalsOf } from '#shared/domain/money/minor-units';
import type { DraftComponents } from './editor-plan.ts';

export type Template = {
  readonly id: string;
  readonly name: string;
  /** What it is for, to choose by. */
  readonly use: string;
  /** `undefined`: by the rates that the programme's tiers suggest, which the API knows. */
  readonly components?: DraftComponents;
};

/** Plans to start from: their figures are an example to be changed. @param tiers of the programme, the lowest first */
export function templatesOf(currency: string, tiers: readonly string[]): readonly Template[] {
  const main = (units: number): number => units * 10 ** decimalsOf(currency);
  const [first = 'referral'] = tiers;
  return [
    {
      id: 'tiers',
      name: 'A share by tier',
      use: 'Each sale pays the rate of the partner’s tier at that time, starting with the rates that your tiers suggest. The usual choice: partners see what the next tier is worth.',
    },
    {
      id: 'brackets',
      name: 'A share that grows with the month',
      use: 'The first part of a month’s sales pays one rate, what is above pays more, like income tax. Rewards partners who sell much, whatever their tier.',
      components: [
        {
          kind: 'revenue_share',
          id: 'share',
          mode: 'graduated',
          metric: 'revenue',
          brackets: [
            { upTo: main(1_000), rateBps: 500 },
            { upTo: main(10_000), rateBps: 1_000 },
            { upTo: null, rateBps: 1_500 },
          ],
        },
      ],
    },
    {
      id: 'referral',
      name: 'A fee for each new customer',
      use: 'A fixed amount on a customer’s first purchase and nothing after. Easy to explain and to budget; for partners who bring people once.',
      components: [{ kind: 'referral_fee', id: 'welcome', amountMinor: main(25) }],
    },
    {
      id: 'retainer',
      name: 'A monthly fee and a guaranteed minimum',
      use: 'A fixed fee each month, a share of sales on top, and a month that comes to less is topped up. For partners who work for you before they sell.',
      components: [
        { kind: 'fixed_fee', id: 'retainer', amountMinor: main(200) },
        { kind: 'revenue_share', id: 'share', ratesByTier: { [first]: 500 } },
        { kind: 'minimum_commitment', id: 'minimum', amountMinor: main(300) },
      ],
    },
    { id: 'empty', name: 'An empty draft', use: 'You put it together from components.', components: [] },
  ];
}
