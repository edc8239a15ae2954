import type { NothingEarned } from '../statement/statement.ts';
import { reasonWords } from './explain-words.ts';

/** Reasons that the explanation of a sale words with its facts, worded without them. */
const WITHOUT_FACTS: Readonly<Record<string, string>> = {
  tier_not_named: 'it names no rate for the tier that the partner had',
  outside_window: "the sale came after the months from the customer's first purchase that it pays for",
  not_the_first_purchase: "the customer's first purchase was another one",
  other_currency: 'it pays in another currency than that of the sale',
  cap_reached: 'earlier sales of the month had reached its cap',
  after_agreement_ended: 'the agreement had ended, and since then only shares with a window go on',
};

/** Why a sale, or one component on it, earned nothing, for a list of many: the sale's explanation has the particulars. */
export function nothingSentence({ componentId, reason }: NothingEarned): string {
  const because = WITHOUT_FACTS[reason] ?? reasonWords(reason, { currency: '', programCurrency: '' });
  return componentId === undefined
    ? `It earned nothing because ${because}.`
    : `By the component "${componentId}" it earned nothing because ${because}.`;
}
