import type { Instant } from '../time/instant.ts';
import type { BlockedReason } from './payout.ts';

/** What the sentence may name; what is not known is left out. */
export type BlockedFacts = { readonly usableFrom?: Instant | undefined; readonly currency?: string | undefined };

const NEXT = 'What is owed waits, and the next run that is approved pays it.';

const WORDS: Readonly<Record<BlockedReason, (facts: BlockedFacts) => string>> = {
  payee_incomplete: () => `Nobody has said where to pay. Sign in and enter bank details. ${NEXT}`,
  payee_changed: () =>
    `The bank details were changed after the payout was approved. ${NEXT} If the change was not yours, tell the programme at once.`,
  payee_cooling_down: ({ usableFrom }) =>
    `The bank details were changed a short time ago and rest until ${usableFrom ?? 'their cool-down is over'}; the first run that is approved after that pays. If the change was not yours, tell the programme before then.`,
  currency_unsupported: ({ currency }) =>
    `This way of being paid does not take ${currency ?? 'the currency'}. Choose another one, such as a bank account. ${NEXT}`,
  rail_not_set_up: () =>
    `The programme does not pay in this way yet. Choose another one, or ask the programme. ${NEXT}`,
  amount_above_rail_limit: () =>
    `The amount is more than this way of being paid takes at once. Choose another one, such as a bank account. ${NEXT}`,
  held: () => 'The programme keeps these payouts back. Ask it for the reason; nothing of what is owed is lost.',
};

/** Why a partner is not paid and what can be done about it, in words that the partner itself may read. */
export function whatToDo(reason: BlockedReason, facts: BlockedFacts = {}): string {
  return WORDS[reason](facts);
}
