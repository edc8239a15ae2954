import { moneyTable, runs } from '#functions/payouts/task-composition';
import { makePrograms } from '#shared/adapters/dynamodb/money/programs/programs';
import { makeRailChanges } from '#shared/adapters/dynamodb/money/programs/rail-changes';
import { makePayoutRulesOf, makeRailsSetUp } from '#shared/application/payouts/paying/rails-set-up';
import { railsOnRecord } from '#shared/application/payouts/rails/rail-setup';

export const rulesOf = makePayoutRulesOf({ programs: makePrograms(moneyTable), runs });

const railChanges = makeRailChanges(moneyTable);

/** Rails by which a programme can pay as it is recorded, for the review of a run. Paying by it also looks for the keys. */
export const railsSetUp = makeRailsSetUp({
  rulesOf,
  accounts: async (programId) => railsOnRecord(await railChanges.all(programId)),
});
