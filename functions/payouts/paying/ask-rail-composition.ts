import { advance, bookRailReport, payouts } from '#functions/payouts/ledger/ledger-composition';
import { rails } from '#functions/payouts/rails/rails-composition';
import { makeAskRail } from '#shared/application/payouts/paying/ask-rail';

/** Asking rails what became of payouts. It needs what the rails need, and has its own file. */
export const askRailOf = makeAskRail({
  payouts,
  rails,
  advance,
  settle: bookRailReport,
});
