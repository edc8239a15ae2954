import { moneyTable, runs } from '#functions/payouts/task-composition';
import { makePrograms } from '#shared/adapters/dynamodb/money/programs';
import { makePayoutRulesOf, makeRailsSetUp } from '#shared/application/payouts/paying/rails-set-up';

export const rulesOf = makePayoutRulesOf({ programs: makePrograms(moneyTable), runs });

/** Rails by which a programme can pay, for the review of a run and for paying by it. */
export const railsSetUp = makeRailsSetUp({ rulesOf });
