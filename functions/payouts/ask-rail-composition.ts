import { advance, bookRailReport, payouts } from '#functions/payouts/ledger-composition';
import { clock, moneyTable } from '#functions/payouts/task-composition';
import { makeSandboxRail } from '#shared/adapters/rails/sandbox';
import { makeAskRail } from '#shared/application/payouts/paying/ask-rail';

/** Asking rails what became of payouts. It needs what the rails need, and has its own file. */
export const askRailOf = makeAskRail({
  payouts,
  rails: { sandbox: makeSandboxRail({ ...moneyTable, clock }) },
  advance,
  settle: bookRailReport,
});
