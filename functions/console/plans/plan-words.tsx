import type { JSX } from 'preact';
import type { Visit } from '#functions/console/web/page';
import type { Kind } from './editor-plan.ts';
import { wordsOfDraft } from './read-plans.ts';

/** What a kind of component is called, and when to use it. */
export const KIND_WORDS: Readonly<Record<Kind, readonly [name: string, use: string]>> = {
  revenue_share: ['Share of sales', 'A percentage of each sale, by tier or by what the month reaches.'],
  referral_fee: ['Fee for a new customer', 'A fixed amount on a customer’s first purchase.'],
  fixed_fee: ['Monthly fee', 'A fixed amount each month, whatever is sold.'],
  minimum_commitment: ['Guaranteed minimum', 'Tops a month up to an amount.'],
};

/** Components in sentences, in the order of the plan. */
export function PlanWords({
  visit,
  components,
}: {
  readonly visit: Pick<Visit, 'programme' | 'format'>;
  readonly components: readonly Readonly<Record<string, unknown>>[];
}): JSX.Element {
  const words = wordsOfDraft([...components], visit);
  if (words.length === 0) return <p class="text-secondary mb-0">It pays nothing yet.</p>;
  return (
    <ol class="plan-words">
      {words.map((sentence, at) => (
        <li key={at}>{sentence ?? <span class="text-secondary">This component is not complete yet.</span>}</li>
      ))}
    </ol>
  );
}
